"""The frame alone, with somebody at work and a lock such as ``accounts`` has."""

from types import SimpleNamespace

from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django.utils.http import urlencode

LOCKED = """{% extends "ui/base.html" %}{% block nav %}{% endblock %}{% block content %}
<h1 data-tries="{{ tries }}">Locked</h1><form method="post" action="/locked/">{% csrf_token %}
<input type="hidden" name="next" value="{{ next }}"><label>Password <input name="password"></label>
<button>Go on</button></form>{% endblock %}"""


def somebody(get_response):
    """Ada is at work, with every right."""

    def middleware(request):
        request.actor = SimpleNamespace(name="Ada", post="", booth="", may=lambda right: True)
        return get_response(request)

    return middleware


def lock(request):
    return HttpResponseRedirect("/locked/?" + urlencode({"next": request.POST["next"]}))


def locked(request):
    if request.POST.get("password") == "right":
        return HttpResponseRedirect(request.POST["next"])
    context = {"next": request.POST.get("next") or request.GET["next"]}
    context["tries"] = len(request.POST.getlist("password"))
    page = engines["django"].from_string(LOCKED).render(context, request)
    return HttpResponse(page, status=422 if request.method == "POST" else 200)


urlpatterns = [
    path("ui/", include("kordon.ui.urls")),
    path("lock/", lock, name="lock"),
    path("locked/", locked, name="locked"),
]
handler404 = "kordon.ui.views.not_found"
handler500 = "kordon.ui.views.server_error"
