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
from kordon.accounts.doors import SignedRequest, needs, public, safe_next
from kordon.journal.refusal import NotFound
from kordon.network.queries import list_nodes
from kordon.node.demo import cables, chips, marker, seals
from kordon.node.demo.founding import seeder
from kordon.node.demo.places import Station, colleagues_here, stations
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
        "chip": scene.card.key in chips.CARDS,
        "seal": scene.card.key in seals.CARDS,
    }


@require_POST
@needs("border.first_line")
def read_chip(request: SignedRequest, key: str) -> HttpResponse:
    """Lay a specimen with chip or seal on the reader of one's booth; the first line takes it up."""
    if key not in chips.READ:
        raise NotFound(_("There is no such specimen."))
    if not chips.lay_on_reader(key, request.actor):
        return redirect("accounts:workplace")
    return redirect("border:first_line")


@require_safe
@needs("accounts.sign_out")
def show_seal(request: HttpRequest, key: str) -> HttpResponse:
    """The bar code on a specimen's visa, as a picture to be handed in at the first line."""
    if key not in seals.CARDS:
        raise NotFound(_("There is no such specimen."))
    content = (seals.FOLDER / key / "seal.png").read_bytes()
    return HttpResponse(content, content_type="image/png")


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


@require_safe
@needs("accounts.sign_out")
def show_cables(request: HttpRequest) -> HttpResponse:
    """Every post of this demonstration, and its cable to headquarters."""
    known = {line.seen.node: line for line in list_nodes(by=seeder())}
    home = Path(settings.KORDON_HOME)
    lines = [
        {"station": each, "line": known.get(each.node), "cut": cables.is_cut(home, each.node)}
        for each in _stations()
    ]
    # The table renews itself; a part of the page is asked for by its own name.
    part = "demo/_cables.html" if request.headers.get("HX-Request") else "demo/cables.html"
    return render(request, part, {"lines": lines})


@require_POST
@needs("accounts.sign_out")
def change_cable(request: HttpRequest) -> HttpResponse:
    """Sever the cable of a post, or mend it: its relay looks ten times a second."""
    node = request.POST.get("node", "")
    if node not in {each.node for each in _stations()}:
        raise NotFound(_("There is no such post in this demonstration."))
    change = cables.cut if request.POST.get("deed") == "cut" else cables.mend
    change(Path(settings.KORDON_HOME), node)
    return redirect("demo:cables")


def _stations() -> tuple[Station, ...]:
    known = stations()
    if not known:
        raise NotFound(_("This demonstration has no posts of its own."))
    return known
