"""The addresses of the frame alone."""

from django.urls import include, path

urlpatterns = [path("ui/", include("kordon.ui.urls"))]
handler404 = "kordon.ui.views.not_found"
handler500 = "kordon.ui.views.server_error"
