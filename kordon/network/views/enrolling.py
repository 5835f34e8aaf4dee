"""Machines on their way to become nodes: invited, looked at by two persons, let in or not."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.queries import list_posts
from kordon.journal.actor import Actor
from kordon.journal.refusal import NotFound, NotPermitted, Refusal
from kordon.network import commands, queries, succeeding, words
from kordon.network.forms import DecisionForm, InviteForm, fill
from kordon.network.queries import EnrolmentShown, NodeShown


@never_cache
@needs("network.list_enrolments")
@require_GET
def enrolments(request: SignedRequest) -> HttpResponse:
    """Who waits, whom was invited, and every node there is."""
    return _draw_all(request)


@needs("network.approve_next_key")
@require_POST
def approve_next_key(request: SignedRequest) -> HttpResponse:
    """Headquarters signs with another key from the second approval on."""
    seen = request.POST.get("fingerprint", "")[:40]
    try:
        row = commands.approve_next_key(by=request.actor, fingerprint=seen)
    except NotPermitted:
        raise
    except Refusal as refusal:
        return _draw_all(request, wrong=words.say_refusal(refusal))
    if row.state == "followed":
        succeeding.finish()
        messages.success(request, _("Headquarters signs with the new key. Make a backup now."))
    else:
        messages.success(request, _("Recorded. Now a second person decides."))
    return redirect("network:enrolments")


def _draw_all(request: SignedRequest, *, wrong: str = "") -> HttpResponse:
    by = request.actor
    found = queries.list_enrolments(by=by)
    names = {post.code: post.name for post in list_posts(by=by, closed=True)}
    context = {
        "waiting": [_line(one, names) for one in found.enrolments if one.waiting],
        "others": [_line(one, names) for one in found.enrolments if not one.waiting],
        "nodes": [_node(one, names) for one in found.nodes],
        "may_invite": by.may("network.invite_node"),
        "may_see": by.may("network.get_enrolment"),
        "may_decide": by.may("network.get_node"),
        "next_key": _next_key(by, wrong),
    }
    return render(request, "network/enrolments.html", context, status=422 if wrong else 200)


@needs("network.invite_node")
@require_http_methods(["GET", "HEAD", "POST"])
def invite_node(request: SignedRequest) -> HttpResponse:
    """Make a code for a post; it is shown once."""
    by = request.actor
    posts = [(post.code, post.name) for post in list_posts(by=by)]
    form = InviteForm(request.POST or None, posts=posts)
    if request.method == "POST":
        deed = partial(commands.invite_node, by=by, enrolment=uuid4())
        if (made := fill(form, deed)) is not None:
            address = request.build_absolute_uri("/").rstrip("/")
            context = {
                "node": made.enrolment.node,
                "until": made.enrolment.until,
                "spoken": made.spoken,
                "command": f"kordon post enrol --hq {address} --code {made.spoken}",
            }
            return render(request, "network/code.html", context)
    status = 422 if form.errors else 200
    return render(request, "network/invite_node.html", {"form": form}, status=status)


@never_cache
@needs("network.get_enrolment")
@require_GET
def enrolment(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """What the machine shows, to be compared with what stands on its screen."""
    return _draw(request, enrolment)


@needs("network.approve_enrolment")
@require_POST
def approve_enrolment(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """The fingerprint that was on the page is the one that is approved."""
    seen = request.POST.get("fingerprint", "")[:40]
    try:
        row = commands.approve_enrolment(by=request.actor, enrolment=enrolment, fingerprint=seen)
    except (NotPermitted, NotFound):
        raise
    except Refusal as refusal:
        return _draw(request, enrolment, wrong=words.say_refusal(refusal))
    if row.state == "enrolled":
        messages.success(
            request, _("%(node)s is a node of this headquarters.") % {"node": row.node}
        )
    else:
        messages.success(request, _("Recorded. Now a second person decides."))
    return redirect("network:enrolments")


@needs("network.reject_enrolment")
@require_POST
def reject_enrolment(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """The code or the machine is worth nothing any more."""
    form = DecisionForm(request.POST)
    deed = partial(commands.reject_enrolment, by=request.actor, enrolment=enrolment)
    if fill(form, deed) is None:
        return _draw(request, enrolment, form=form)
    messages.success(request, _("Recorded."))
    return redirect("network:enrolments")


def _draw(
    request: SignedRequest, enrolment: UUID, *, form: DecisionForm | None = None, wrong: str = ""
) -> HttpResponse:
    by = request.actor
    one = queries.get_enrolment(by=by, enrolment=enrolment)
    row = one.row
    context = {
        "line": _line(one, {}),
        "asked_at": row.asked_at,
        "invited_at": row.invited_at,
        "approved_by": row.approved_by_name,
        "approved_at": row.approved_at,
        "address": row.address,
        "key": row.public_key,
        "replaces": row.replaces,
        "wrong": wrong,
        "form": form or DecisionForm(),
        "mine": row.approved_by == by.id,
        "may_approve": one.waiting and by.may("network.approve_enrolment"),
        "may_reject": not one.row.decided_at and by.may("network.reject_enrolment"),
    }
    refused = bool(wrong or (form and form.errors))
    return render(request, "network/enrolment.html", context, status=422 if refused else 200)


def _next_key(by: Actor, wrong: str) -> dict[str, Any] | None:
    one = queries.get_next_key(by=by) if by.may("network.get_next_key") else None
    if one is None:
        return {"wrong": wrong} if wrong else None
    return {
        "wrong": wrong,
        "fingerprint": one.fingerprint,
        "offered_by": one.row.offered_by_name,
        "offered_at": one.row.offered_at,
        "approved_by": one.row.approved_by_name,
        "approved_at": one.row.approved_at,
        "mine": one.row.approved_by == by.id,
        "may_approve": by.may("network.approve_next_key"),
    }


def _line(one: EnrolmentShown, names: dict[str, str]) -> dict[str, Any]:
    row = one.row
    return {
        "id": row.id,
        "node": row.node,
        "name": names.get(row.node, ""),
        "fingerprint": one.fingerprint,
        "state": words.say_enrolment("expired" if one.expired else row.state),
        "waiting": one.waiting,
        "invited_by": row.invited_by_name,
        "until": row.until,
        "reason": row.reason,
        "decided_by": row.decided_by_name,
        "at": row.decided_at or row.asked_at or row.invited_at,
    }


def _node(one: NodeShown, names: dict[str, str]) -> dict[str, Any]:
    return {
        "node": one.name,
        "name": names.get(one.name, ""),
        "kind": words.say_kind(one.kind),
        "state": words.say_state(one.state),
        "bad": one.state == "quarantined",
        "over": one.over,
        "life": one.incarnation,
        "since": one.since,
        "reason": one.reason,
        "address": reverse("network:decide", kwargs={"node": one.name}) if one.is_post else "",
    }
