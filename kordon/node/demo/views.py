"""Specimen documents, the tour, and changing the person: pages of a demonstration only."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kordon.accounts import middleware
from kordon.accounts.actors import visitor
from kordon.accounts.commands import sign_in, sign_out
from kordon.accounts.doors import needs, public, safe_next
from kordon.journal.refusal import NotFound
from kordon.node.demo import marker
from kordon.node.demo.places import colleagues_here
from kordon.node.demo.scenes import SCENES, Scene
from kordon.node.demo.tour import STEPS, Step
from kordon.ui.templatetags.ui import LEVELS

SWITCHED = "demo switch"
"""Stands as the address in the fact of a sign-in made by a button of the tour."""


@require_safe
@needs("accounts.sign_out")  # everybody who is signed in may sign out, and may see these cards
def show_cards(request: HttpRequest) -> HttpResponse:
    """Specimen documents, each with a button that types it into the first line."""
    context = {
        "cards": [_card(scene) for scene in SCENES],
        "reader": reverse("border:first_line"),
        "checker": reverse("border:check"),
        "workplace": reverse("accounts:workplace"),
    }
    return render(request, "demo/cards.html", context)


@require_safe
@public
def show_tour(request: HttpRequest) -> HttpResponse:
    """What to do, as whom, and what to see."""
    signed = middleware.signed_of(request).person
    people = colleagues_here()
    logins = {each.login for each in people}
    context = {
        "steps": [_step(step) for step in STEPS if step.login in logins],
        "login": signed.login if signed else "",
        "people": people,
    }
    return render(request, "demo/tour.html", context)


@require_POST
@public
def switch_person(request: HttpRequest) -> HttpResponse:
    """Sign in as a demonstration account, with the password the demonstration knows.

    An ordinary sign-in, recorded as one; its address says ``demo switch``.
    """
    login = request.POST.get("login", "")
    if login not in {colleague.login for colleague in colleagues_here()}:
        raise NotFound(_("There is no such demonstration account."))
    found = marker.read(Path(settings.KORDON_HOME))
    if found is None:
        raise NotFound(_("This is no demonstration."))
    if not _is(request, login):
        _leave(request)
        signed = sign_in(by=visitor(), login=login, password=found.password, address=SWITCHED)
        middleware.begin(request, signed.person, signed.session)
    return redirect(safe_next(request, request.POST.get("next", "/")))


def _is(request: HttpRequest, login: str) -> bool:
    """Whether that is who works here already: then the booth is kept."""
    signed = middleware.signed_of(request)
    return signed.actor is not None and signed.person is not None and signed.person.login == login


def _leave(request: HttpRequest) -> None:
    before = middleware.signed_of(request)
    if before.actor and before.session:
        sign_out(by=before.actor, session=before.session.id)


def _card(scene: Scene) -> dict[str, Any]:
    person = scene.card.person
    return {
        "key": scene.card.key,
        "title": scene.title,
        "who": scene.who,
        "expect": scene.expect,
        "level": scene.level,
        "word": LEVELS[scene.level],
        "name": person.name.printed,
        "born": person.born.isoformat(),
        "nationality": person.nationality,
        "mrz": scene.card.mrz,
        "direction": scene.card.direction,
        "check": uuid4(),
    }


def _step(step: Step) -> dict[str, Any]:
    colleague = next(each for each in colleagues_here() if each.login == step.login)
    return {
        "title": step.title,
        "login": step.login,
        "duty": colleague.duty,
        "does": step.does,
        "sees": step.sees,
        "opens": reverse(step.opens),
    }
