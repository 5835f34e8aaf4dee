"""Addresses of the frame itself: theme, language, and the gallery for engineers."""

from django.urls import path

from kordon.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("awake/", views.awake, name="awake"),
    path("gallery/", gallery.gallery, name="gallery"),
]
