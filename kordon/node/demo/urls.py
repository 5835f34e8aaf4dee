"""Pages of the demonstration, under ``/demo/`` and nowhere but in a demonstration."""

from django.urls import path

from kordon.node.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.show_cards, name="cards"),
    path("tour", views.show_tour, name="tour"),
    path("chips/<str:key>/", views.read_chip, name="read_chip"),
    path("seals/<str:key>.png", views.show_seal, name="seal"),
    path("cables/", views.show_cables, name="cables"),
    path("cables/change", views.change_cable, name="change_cable"),
    path("switch", views.switch_person, name="switch"),
]
