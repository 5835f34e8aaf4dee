"""Where each room has its pages."""

from django.conf import settings
from django.urls import include, path

from kordon.accounts.doors import public
from kordon.network.views.metrics import metrics
from kordon.node import views
from kordon.node.api import api
from kordon.ui import gallery
from kordon.ui import views as look

# ui lies below accounts and cannot name its doors itself.
for view in (look.theme, look.language, look.awake, gallery.gallery):
    public(view)

urlpatterns = [
    path("accounts/", include("kordon.accounts.urls")),
    path("network/", include("kordon.network.urls")),
    path("watchlist/", include("kordon.watchlist.urls")),
    path("trust/", include("kordon.trust.urls")),
    path("ui/", include("kordon.ui.urls")),
    path("", include("kordon.border.urls")),
    path("api/v1/", api.urls),
    path("metrics", metrics, name="metrics"),
    path("health", views.show_health, name="health"),
]
if settings.KORDON_DEMO:
    urlpatterns.append(path("demo/", include("kordon.node.demo.urls")))
handler400 = "kordon.ui.views.bad_request"
handler403 = "kordon.ui.views.not_permitted"
handler404 = "kordon.ui.views.not_found"
handler500 = "kordon.ui.views.server_error"
