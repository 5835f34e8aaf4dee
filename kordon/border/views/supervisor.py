"""The shift commander's page: who sits where, who waits, the figures of the day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kordon.accounts import commands as accounts
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.facts import LaneClass, LaneDirection
from kordon.accounts.queries import list_lanes
from kordon.border import queries
from kordon.border.place import place_of
from kordon.border.queries import BoothState
from kordon.border.views.inspection_page import waiting_lines
from kordon.border.words.lanes import LANE_CLASSES, LANE_DIRECTIONS
from kordon.journal.refusal import NotPermitted, Refusal


class LaneForm(forms.Form):
    """For whom a lane is open."""

    lane_class = forms.TypedChoiceField(
        label=gettext_lazy("Class"),
        choices=list(LANE_CLASSES.items()),
        coerce=LaneClass,
        widget=forms.Select(attrs={"autofocus": True}),
    )
    direction = forms.TypedChoiceField(
        label=gettext_lazy("Direction"),
        choices=list(LANE_DIRECTIONS.items()),
        coerce=LaneDirection,
        widget=forms.RadioSelect,
    )


@never_cache
@require_GET
@needs("border.list_booth_states")
def supervisor(request: SignedRequest) -> HttpResponse:
    """Lanes as columns with their booths; asked by htmx it draws the live part alone."""
    actor = request.actor
    waiting = queries.list_waiting(by=actor) if actor.may("border.list_waiting") else []
    with timezone.override(place_of(actor).zone):
        seen = {
            "today": queries.count_today(by=actor),
            "lanes": _by_lane(queries.list_booth_states(by=actor)),
            "may_switch": actor.may("accounts.switch_lane"),
            "may_free": actor.may("accounts.free_booth"),
            "lines": waiting_lines(waiting, actor),
        }
        alone = request.headers.get("HX-Request") == "true"
        template = "border/_supervisor.html" if alone else "border/supervisor.html"
        return render(request, template, seen)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("accounts.switch_lane")
def switch_lane(request: SignedRequest, lane: str) -> HttpResponse:
    """Open a lane of one's own post for somebody else, or for the other direction."""
    lanes = list_lanes(by=request.actor, post=request.actor.post)
    row = next((one for one in lanes if one.code == lane), None)
    if row is None:
        raise Http404
    now = {"lane_class": row.lane_class, "direction": row.direction}
    form = LaneForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        accounts.switch_lane(by=request.actor, lane=row.code, **form.cleaned_data)
        messages.success(request, _("Lane %(lane)s: %(now)s.") % {"lane": lane, "now": _said(form)})
        return redirect("border:supervisor")
    status = 422 if form.errors else 200
    return render(request, "border/lane.html", {"form": form, "lane": lane}, status=status)


@never_cache
@require_POST
@needs("accounts.free_booth")
def free_booth(request: SignedRequest, booth: str) -> HttpResponse:
    """Free a booth; whoever sat there must choose one again."""
    try:
        accounts.free_booth(by=request.actor, booth=booth)
    except NotPermitted:
        raise
    except Refusal as no:
        messages.error(request, str(no))
        return redirect("border:supervisor")
    messages.success(request, _("Booth %(booth)s is free.") % {"booth": booth})
    return redirect("border:supervisor")


def _said(form: LaneForm) -> str:
    chosen = form.cleaned_data
    return f"{LANE_CLASSES[chosen['lane_class']]}, {LANE_DIRECTIONS[chosen['direction']]}"


def _by_lane(states: list[BoothState]) -> list[dict[str, Any]]:
    lanes: dict[str, dict[str, Any]] = {}
    for one in states:
        lane = lanes.setdefault(
            one.lane,
            {
                "code": one.lane,
                "class_word": LANE_CLASSES.get(one.lane_class, one.lane_class),
                "direction_word": LANE_DIRECTIONS.get(one.lane_direction, one.lane_direction),
                "booths": [],
            },
        )
        lane["booths"].append(one)
    return sorted(lanes.values(), key=lambda lane: (not lane["code"], lane["code"]))
