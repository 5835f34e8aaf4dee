from django.urls import path

from kordon.watchlist.views import alerts, calibration, editions

app_name = "watchlist"
urlpatterns = [
    path("", alerts.list_alerts, name="alerts"),
    path("filters/save", alerts.save_filter, name="save_filter"),
    path("filters/drop", alerts.drop_filter, name="drop_filter"),
    path("waiting/", alerts.list_waiting, name="waiting"),
    path("new/<str:kind>/", alerts.raise_alert, name="raise_alert"),
    path("<uuid:alert>/", alerts.get_alert, name="alert"),
    path("<uuid:alert>/change/", alerts.change_alert, name="change_alert"),
    path("<uuid:alert>/extend", alerts.extend_alert, name="extend_alert"),
    path("<uuid:alert>/withdraw", alerts.withdraw_alert, name="withdraw_alert"),
    path("<uuid:alert>/approve", alerts.approve_alert, name="approve_alert"),
    path("<uuid:alert>/return", alerts.return_alert, name="return_alert"),
    path("thresholds/", calibration.list_calibrations, name="calibrations"),
    path("thresholds/propose", calibration.propose_calibration, name="propose_calibration"),
    path(
        "thresholds/<uuid:calibration>/approve",
        calibration.approve_calibration,
        name="approve_calibration",
    ),
    path(
        "thresholds/<uuid:calibration>/return",
        calibration.return_calibration,
        name="return_calibration",
    ),
    path("<uuid:alert>/rulings/<uuid:exclusion>", alerts.revoke_exclusion, name="revoke_exclusion"),
    path("lists/", editions.list_editions, name="editions"),
    path("lists/import/", editions.upload_edition, name="upload_edition"),
    path("lists/import/<uuid:upload>/", editions.preview_edition, name="preview_edition"),
    path("lists/import/<uuid:upload>/confirm", editions.import_edition, name="import_edition"),
    path("lists/<uuid:edition>/", editions.get_edition, name="edition"),
    path("lists/<uuid:edition>/rehearsal", editions.rehearsal, name="rehearsal"),
    path("lists/<uuid:edition>/approve", editions.approve_edition, name="approve_edition"),
    path("lists/<uuid:edition>/return", editions.return_edition, name="return_edition"),
    path("lists/<uuid:edition>/roll-back", editions.roll_back_edition, name="roll_back_edition"),
]
