"""The shift commander's page: who sits where, who waits, the figures of the day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.words import DIRECTIONS, LANE_CLASSES
from kordon.border import queries
from kordon.border.queries import BoothState
from kordon.border.views.inspection_page import waiting_lines


@never_cache
@require_GET
@needs("border.list_booth_states")
def supervisor(request: SignedRequest) -> HttpResponse:
    """Lanes as columns with their booths; asked by htmx it draws the live part alone."""
    actor = request.actor
    waiting = queries.list_waiting(by=actor) if actor.may("border.list_waiting") else []
    seen = {
        "today": queries.count_today(by=actor),
        "lanes": _by_lane(queries.list_booth_states(by=actor)),
        "lines": waiting_lines(waiting, actor),
    }
    alone = request.headers.get("HX-Request") == "true"
    template = "border/_supervisor.html" if alone else "border/supervisor.html"
    return render(request, template, seen)


def _by_lane(states: list[BoothState]) -> list[dict[str, Any]]:
    lanes: dict[str, dict[str, Any]] = {}
    for one in states:
        lane = lanes.setdefault(
            one.lane,
            {
                "code": one.lane,
                "class_word": LANE_CLASSES.get(one.lane_class, one.lane_class),
                "direction_word": DIRECTIONS.get(one.lane_direction, one.lane_direction),
                "booths": [],
            },
        )
        lane["booths"].append(one)
    return list(lanes.values())
