"""Where each room has its pages."""

from django.urls import include, path

from kordon.node import views

urlpatterns = [
    path("health", views.show_health, name="health"),
    path("ui/", include("kordon.ui.urls")),
]
