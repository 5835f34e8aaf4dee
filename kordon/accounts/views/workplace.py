"""Where an officer works today: the post, and the booth."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts import commands, middleware, queries, scratch
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.forms import sentences
from kordon.accounts.rules import BoothOccupied


@needs("accounts.list_own_posts")
@require_GET
def workplace(request: SignedRequest) -> HttpResponse:
    """Choose the post where one is posted, and a booth of it, by a digit."""
    return render(request, "accounts/workplace.html", _places(request))


@needs("accounts.list_own_posts")
@require_POST
def choose_post(request: SignedRequest) -> HttpResponse:
    """Work at this post from now on; a booth of another post is left."""
    code = request.POST.get("post", "")
    if queries.list_own_posts(by=request.actor).filter(code=code).exists():
        if request.actor.booth and request.actor.post != code:
            commands.leave_booth(by=request.actor)
        scratch.work_at(session_of(request), code)
    return redirect("accounts:workplace")


@needs("accounts.take_booth")
@require_POST
def take_booth(request: SignedRequest) -> HttpResponse:
    """Sit down at a booth; refused while another officer works there."""
    booth = request.POST.get("booth", "")
    try:
        commands.take_booth(by=request.actor, booth=booth, session=session_of(request))
    except BoothOccupied as refusal:
        context = _places(request) | {"refusals": sentences(refusal)}
        return render(request, "accounts/workplace.html", context, status=refusal.status)
    return redirect("/")


@needs("accounts.leave_booth")
@require_POST
def leave_booth(request: SignedRequest) -> HttpResponse:
    """Stand up; one stays signed in."""
    commands.leave_booth(by=request.actor)
    return redirect("accounts:workplace")


@needs("accounts.free_booth")
@require_POST
def free_booth(request: SignedRequest) -> HttpResponse:
    """The shift commander frees a booth of the post."""
    commands.free_booth(by=request.actor, booth=request.POST.get("booth", ""))
    messages.success(request, _("The booth is free."))
    return redirect("accounts:workplace")


def session_of(request: HttpRequest) -> UUID:
    session = middleware.signed_of(request).session
    assert session is not None
    return session.id


def _places(request: SignedRequest) -> dict[str, object]:
    by = request.actor
    posts = list(queries.list_own_posts(by=by))
    context: dict[str, object] = {
        "posts": [
            {"code": post.code, "name": post.name, "here": post.code == by.post} for post in posts
        ],
        "post": next((post for post in posts if post.code == by.post), None),
        "may_take": by.may("accounts.take_booth"),
        "may_free": by.may("accounts.free_booth"),
        "booth": by.booth,
    }
    if by.post and by.may("accounts.list_booths"):
        context["booths"] = _booths(request)
    return context


def _booths(request: SignedRequest) -> list[dict[str, object]]:
    by = request.actor
    taken = {row.booth: row for row in queries.list_occupied_booths(by=by, post=by.post)}
    return [
        {
            "code": row.code,
            "lane": row.lane.code if row.lane else "",
            "key": number if number <= 9 else "",
            "mine": row.code == by.booth,
            "name": taken[row.code].name if row.code in taken else "",
            "since": taken[row.code].since if row.code in taken else None,
            "open": row.code not in taken or _may_take_over(taken[row.code], by.id),
            "away": row.code in taken and not taken[row.code].alive,
        }
        for number, row in enumerate(queries.list_booths(by=by, post=by.post), start=1)
    ]


def _may_take_over(taken: queries.OccupiedBooth, person: UUID) -> bool:
    """Where nobody works any more, and one's own booth after signing in anew."""
    return taken.person == person or not taken.alive
