"""Addresses of the first line, the second line and the shift commander."""

from django.urls import path

from kordon.border.views import (
    chip,
    chip_protocol,
    first_line,
    home,
    inside,
    notice,
    second_line,
    supervisor,
)

app_name = "border"
CASE = "second-line/<uuid:crossing>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("first-line/", first_line.first_line, name="first_line"),
    path("first-line/check/", first_line.check, name="check"),
    path("first-line/type/", first_line.type_by_hand, name="type"),
    path("first-line/checks/<uuid:check>/page/", first_line.correct, name="page"),
    path("first-line/chip/", chip.hand_in, name="chip"),
    path("first-line/arrived/", chip.arrived, name="arrived"),
    path("first-line/readings/<uuid:reading>/", chip.take_up, name="take_up"),
    path("first-line/checks/<uuid:check>/portrait/<str:which>/", chip.portrait, name="portrait"),
    path("first-line/record/", first_line.record, name="record"),
    path("first-line/checks/<uuid:check>/", first_line.show, name="show_check"),
    path("first-line/checks/<uuid:check>/history/", first_line.history, name="history"),
    path("first-line/crossings/<uuid:crossing>/undo/", first_line.undo, name="undo"),
    path("second-line/", second_line.second_line, name="second_line"),
    path(CASE, second_line.inspection, name="inspection"),
    path(f"{CASE}earlier", second_line.earlier, name="earlier"),
    path(f"{CASE}begin", second_line.begin, name="begin"),
    path(f"{CASE}take-over", second_line.take_over, name="take_over"),
    path(f"{CASE}interview", second_line.note, name="note"),
    path(f"{CASE}photos", second_line.add_photo, name="add_photo"),
    path(f"{CASE}photos/<uuid:evidence>", second_line.photo, name="photo"),
    path(f"{CASE}matches/<uuid:match>", second_line.judge, name="judge"),
    path(f"{CASE}protection", second_line.protect, name="protect"),
    path(f"{CASE}propose", second_line.propose, name="propose"),
    path(f"{CASE}return", second_line.give_back, name="give_back"),
    path(f"{CASE}conclude", second_line.conclude, name="conclude"),
    path(f"{CASE}notice.pdf", notice.notice, name="notice"),
    path(f"{CASE}notice", notice.give_notice, name="give_notice"),
    path(f"{CASE}chip.json", chip_protocol.as_json, name="chip_json"),
    path(f"{CASE}chip.pdf", chip_protocol.as_pdf, name="chip_pdf"),
    path("inside/", inside.inside, name="inside"),
    path("supervisor/", supervisor.supervisor, name="supervisor"),
    path("supervisor/lanes/<str:lane>", supervisor.switch_lane, name="switch_lane"),
    path("supervisor/booths/<str:booth>/free", supervisor.free_booth, name="free_booth"),
]
