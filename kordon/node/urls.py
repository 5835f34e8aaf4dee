"""Where each room has its pages."""

from django.urls import path

from kordon.node import views

urlpatterns = [
    path("health", views.show_health, name="health"),
]
