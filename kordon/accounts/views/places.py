"""Agencies; posts with their lanes and booths."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts import commands, queries, words
from kordon.accounts.commands.posts import PostDescription
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.facts import LaneClass, LaneDirection, Mode, PostStatus
from kordon.accounts.forms import AgencyForm, BoothForm, LaneForm, PostForm, fill
from kordon.accounts.views.choosing import agencies as agencies_to_choose
from kordon.accounts.views.choosing import get_or_post
from kordon.journal.actor import Actor


@needs("accounts.list_agencies")
@require_GET
def agencies(request: SignedRequest) -> HttpResponse:
    """Agencies that take part, former ones too."""
    return _draw_agencies(request, AgencyForm())


@needs("accounts.register_agency")
@require_POST
def register_agency(request: SignedRequest) -> HttpResponse:
    """Let an agency take part, or change its name."""
    form = AgencyForm(request.POST)
    if fill(form, partial(commands.register_agency, by=request.actor)) is None:
        return _draw_agencies(request, form)
    return _recorded(request, "accounts:agencies")


@needs("accounts.close_agency")
@require_POST
def close_agency(request: SignedRequest) -> HttpResponse:
    """An agency takes part no longer."""
    commands.close_agency(by=request.actor, agency=request.POST.get("agency", ""))
    return _recorded(request, "accounts:agencies")


@needs("accounts.list_posts")
@require_GET
def posts(request: SignedRequest) -> HttpResponse:
    """All posts."""
    lines = [
        {
            "code": row.code,
            "name": row.name,
            "mode": words.MODES[row.mode],
            "status": row.status,
            "status_words": words.STATUSES[row.status],
            "neighbour": row.neighbour,
            "region": row.region,
            "closed": row.closed,
        }
        for row in queries.list_posts(by=request.actor, closed=True)
    ]
    context = {"lines": lines, "may_register": request.actor.may("accounts.register_post")}
    return render(request, "accounts/posts.html", context)


@needs("accounts.register_post")
@get_or_post
def register_post(request: SignedRequest, post: str = "") -> HttpResponse:
    """Register a post, or describe it anew."""
    by = request.actor
    initial = _described(queries.get_post(by=by, code=post)) if post else {}
    form = PostForm(
        request.POST or None, agencies=agencies_to_choose(by), initial=initial, fixed=bool(post)
    )
    if request.method == "POST" and (made := fill(form, partial(_register, by))):
        return _recorded(request, "accounts:post", post=made.code)
    context = {"form": form, "post": post}
    return render(
        request, "accounts/register_post.html", context, status=422 if form.errors else 200
    )


@needs("accounts.get_post")
@require_GET
def post(request: SignedRequest, post: str) -> HttpResponse:
    """One post: what it is, its lanes and booths."""
    return _draw_post(request, post)


@needs("accounts.close_post")
@require_POST
def close_post(request: SignedRequest, post: str) -> HttpResponse:
    """A post is used no longer."""
    commands.close_post(by=request.actor, post=post)
    return _recorded(request, "accounts:posts")


@needs("accounts.open_lane")
@require_POST
def open_lane(request: SignedRequest, post: str) -> HttpResponse:
    """Open a lane, or switch its class or direction."""
    form = LaneForm(request.POST)
    if fill(form, partial(_open_lane, request.actor, post)) is None:
        return _draw_post(request, post, lane_form=form)
    return _recorded(request, "accounts:post", post=post)


@needs("accounts.close_lane")
@require_POST
def close_lane(request: SignedRequest, post: str) -> HttpResponse:
    """Close a lane."""
    commands.close_lane(by=request.actor, post=post, lane=request.POST.get("lane", ""))
    return _recorded(request, "accounts:post", post=post)


@needs("accounts.set_up_booth")
@require_POST
def set_up_booth(request: SignedRequest, post: str) -> HttpResponse:
    """Set up a booth, or move it to another lane."""
    form = BoothForm(request.POST, lanes=_lanes(request.actor, post))
    if fill(form, partial(commands.set_up_booth, by=request.actor, post=post)) is None:
        return _draw_post(request, post, booth_form=form)
    return _recorded(request, "accounts:post", post=post)


@needs("accounts.remove_booth")
@require_POST
def remove_booth(request: SignedRequest, post: str) -> HttpResponse:
    """A booth is gone."""
    commands.remove_booth(by=request.actor, post=post, booth=request.POST.get("booth", ""))
    return _recorded(request, "accounts:post", post=post)


def _recorded(request: SignedRequest, name: str, **where: str) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect(reverse(name, kwargs=where))


def _register(by: Actor, *, post: str, **typed: Any) -> Any:
    described = typed | {"mode": Mode(typed["mode"]), "status": PostStatus(typed["status"])}
    return commands.register_post(by=by, post=post, description=PostDescription(**described))


def _open_lane(by: Actor, post: str, *, lane: str, lane_class: str, direction: str) -> Any:
    return commands.open_lane(
        by=by,
        post=post,
        lane=lane,
        lane_class=LaneClass(lane_class),
        direction=LaneDirection(direction),
    )


def _described(row: Any) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in PostDescription.__dataclass_fields__}
    return named | {"post": row.code, "agency": row.agency_id}


def _lanes(by: Actor, post: str) -> list[tuple[str, str]]:
    return [(row.code, row.code) for row in queries.list_lanes(by=by, post=post)]


def _draw_agencies(request: SignedRequest, form: AgencyForm) -> HttpResponse:
    by = request.actor
    context = {
        "rows": queries.list_agencies(by=by, closed=True),
        "form": form,
        "may_register": by.may("accounts.register_agency"),
        "may_close": by.may("accounts.close_agency"),
    }
    return render(request, "accounts/agencies.html", context, status=422 if form.errors else 200)


def _draw_post(
    request: SignedRequest,
    post: str,
    *,
    lane_form: LaneForm | None = None,
    booth_form: BoothForm | None = None,
) -> HttpResponse:
    by = request.actor
    row = queries.get_post(by=by, code=post)
    lanes = list(queries.list_lanes(by=by, post=post))
    context = {
        "post": row,
        "mode": words.MODES[row.mode],
        "status": words.STATUSES[row.status],
        "lanes": [
            {
                "code": lane.code,
                "lane_class": words.LANE_CLASSES[lane.lane_class],
                "direction": words.DIRECTIONS[lane.direction],
            }
            for lane in lanes
        ],
        "lane_form": lane_form or LaneForm(),
        "booth_form": booth_form or BoothForm(lanes=[(lane.code, lane.code) for lane in lanes]),
        "may": {
            name: by.may(f"accounts.{name}")
            for name in (
                "register_post",
                "close_post",
                "open_lane",
                "close_lane",
                "set_up_booth",
                "remove_booth",
            )
        },
    }
    if by.may("accounts.list_booths"):
        context["booths"] = queries.list_booths(by=by, post=post)
    wrong: Form | None = lane_form or booth_form
    return render(request, "accounts/post.html", context, status=422 if wrong else 200)
