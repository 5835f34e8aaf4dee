"""Pages of the node itself."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from kordon import __version__
from kordon.accounts.doors import public


@public
def show_health(request: HttpRequest) -> JsonResponse:
    """For a watchdog: is the node answering, and does its database?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        well = True
    except DatabaseError:
        well = False
    words = {"ok": well, "version": __version__, "database": "answers" if well else "silent"}
    return JsonResponse(words, status=200 if well else 503)
