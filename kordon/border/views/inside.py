"""Who is inside, since when: for the shift commander of a post, and for analysts of all posts."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import queries
from kordon.border.forms import InsideFilter
from kordon.border.place import place_of, post_names

USUAL_DAYS = 90
SHOWN = 100


@never_cache
@require_GET
@needs("border.list_inside")
def inside(request: SignedRequest) -> HttpResponse:
    """Longest first. Citizens of the own state are left out unless they are asked for."""
    form = InsideFilter(request.GET or {"days": USUAL_DAYS})
    found = []
    if form.is_valid():
        wished = form.cleaned_data
        own = "" if wished["nationality"] else settings.KORDON_STATE
        found = queries.list_inside(by=request.actor, without=own, limit=SHOWN + 1, **wished)
    names = post_names(request.actor)
    context = {
        "form": form,
        "lines": [
            {
                "since": one.since,
                "days": one.days,
                "post": names.get(one.post, one.post),
                "document": one.document,
                "nationality": one.nationality,
                "name": f"{one.surname} {one.given_names}".strip(),
                "birth": one.birth,
            }
            for one in found[:SHOWN]
        ],
        "more": len(found) > SHOWN,
        "own_state": settings.KORDON_STATE,
    }
    with timezone.override(place_of(request.actor).zone):
        return render(request, "border/inside.html", context, status=422 if form.errors else 200)
