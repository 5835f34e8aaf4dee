from django.urls import path

from kordon.border.views import first_line, home

app_name = "border"
urlpatterns = [
    path("", home.home, name="home"),
    path("first-line/", first_line.first_line, name="first_line"),
    path("first-line/check/", first_line.check, name="check"),
    path("first-line/record/", first_line.record, name="record"),
    path("first-line/checks/<uuid:check>/", first_line.show, name="show_check"),
    path("first-line/checks/<uuid:check>/history/", first_line.history, name="history"),
    path("first-line/crossings/<uuid:crossing>/undo/", first_line.undo, name="undo"),
]
