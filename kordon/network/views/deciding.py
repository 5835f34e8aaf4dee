"""A node that is stolen, looked into, or used no longer: people decide, and say why."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.network import commands, queries, words
from kordon.network.forms import DecisionForm, fill


@never_cache
@needs("network.get_node")
@require_GET
def decide(request: SignedRequest, node: str) -> HttpResponse:
    """One node, and what may be decided about it."""
    return _draw(request, node)


@needs("network.revoke_node")
@require_POST
def revoke_node(request: SignedRequest, node: str) -> HttpResponse:
    """Nothing of it is believed from now on."""
    return _do(request, node, "revoke", commands.revoke_node)


@needs("network.release_node")
@require_POST
def release_node(request: SignedRequest, node: str) -> HttpResponse:
    """The second of two persons lets it out of quarantine."""
    return _do(request, node, "release", commands.release_node)


@needs("network.decommission_node")
@require_POST
def decommission_node(request: SignedRequest, node: str) -> HttpResponse:
    """It is used no longer, and all it recorded is here."""
    return _do(request, node, "decommission", commands.decommission_node)


def _do(request: SignedRequest, node: str, name: str, deed: Callable[..., Any]) -> HttpResponse:
    form = DecisionForm(request.POST, auto_id=f"{name}-%s")
    if fill(form, partial(deed, by=request.actor, node=node)) is None:
        return _draw(request, node, **{name: form})
    messages.success(request, _("Recorded."))
    return redirect("network:decide", node=node)


def _draw(request: SignedRequest, node: str, **typed: DecisionForm) -> HttpResponse:
    by = request.actor
    one = queries.get_node(by=by, node=node)
    quarantined = one.state == "quarantined"
    offered = {
        "revoke": one.state != "revoked",
        "release": quarantined,
        "decommission": not one.over,
    }
    forms = {
        name: typed.get(name) or DecisionForm(auto_id=f"{name}-%s")
        for name, offer in offered.items()
        if offer and one.is_post and by.may(f"network.{name}_node")
    }
    context = {
        "node": one.name,
        "kind": words.say_kind(one.kind),
        "state": words.say_state(one.state),
        "life": one.incarnation,
        "since": one.since,
        "reason": one.reason,
        "released_by": one.released_by,
        "quarantined": quarantined,
        "over": one.over,
        "forms": forms,
    }
    refused = any(form.errors for form in typed.values())
    return render(request, "network/decide.html", context, status=422 if refused else 200)
