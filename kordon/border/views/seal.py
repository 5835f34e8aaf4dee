"""A seal at the first line: from a picture or as text, for a document read before or with it."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.urls import reverse

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, scratch, words
from kordon.border.barcodes import find_seal, read_typed
from kordon.border.facts import Direction, Identity, Purpose
from kordon.border.forms import empty_check
from kordon.border.rules.presenting import Presentation
from kordon.border.rules.seal import SealPresented
from kordon.border.seal_form import SealForm
from kordon.border.views.first_line import deciding, draw
from kordon.journal.refusal import NotPermitted, Refusal


@needs("border.first_line")
def hand_in(request: SignedRequest) -> HttpResponse:
    """Check a document with the seal of its visa or of itself.

    ``of`` names a check made before: the document is taken from there.
    """
    if request.method != "POST":
        return _ask(request, _begin(request))
    form = SealForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, status=422)
    told = form.cleaned_data
    before = queries.get_check(by=request.actor, check=told["of"]) if told["of"] else None
    try:
        image = told["image"]
        octets = find_seal(image.read()) if image else read_typed(told["octets"])
        seal = SealPresented(octets=octets, zone=told["seal_zone"])
        return deciding(request, _checked(request, seal, told, before))
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
    return _ask(request, form, status=422)


def _begin(request: SignedRequest) -> SealForm:
    of, direction = request.GET.get("of", ""), request.GET.get("direction", "")
    return SealForm(initial={"of": of, "direction": empty_check(direction).initial["direction"]})


def _ask(request: SignedRequest, form: SealForm, *, status: int = 200) -> HttpResponse:
    """The form; for a check made before with the name of its traveller."""
    of, view = form["of"].value(), None
    if of:
        try:
            view = queries.get_check(by=request.actor, check=UUID(str(of)))
        except ValueError:
            of = ""
    back = reverse("border:show_check", args=[of]) if of else reverse("border:first_line")
    return draw(request, "seal_form", {"form": form, "view": view, "back": back}, status=status)


def _checked(
    request: SignedRequest, seal: SealPresented, told: dict[str, Any], before: dict[str, Any] | None
) -> dict[str, Any]:
    """Check the document, and keep the seal with what a reader read of it."""
    row = None
    presentation = Presentation(direction=told["direction"], mrz=told["mrz"], seal=seal)
    if before:
        row = scratch.reading_of(check=UUID(before["check"]), post=request.actor.post)
        found = scratch.find_reading(reading=row.id, by=request.actor) if row else None
        presentation = replace(
            _again(before, seal, found[1] if found else None),
            page=scratch.page_of(found[0], before["mrz"]) if found else None,
        )
    made = commands.check_traveller(by=request.actor, check=uuid4(), presentation=presentation)
    if row is not None:
        scratch.add_seal(reading=row.id, seal=seal)
    else:
        row = scratch.put_reading(
            reading=uuid4(), by=request.actor, booth="", mrz=presentation.mrz, chip=None, seal=seal
        )
    scratch.tie_reading(reading=row.id, check=made.pk)
    return queries.first_line_view(made)


def _again(view: dict[str, Any], seal: SealPresented, chip: Any) -> Presentation:
    """The document of a check as it was presented then, now with its seal."""
    typed = view["identity"]
    if view["format"]:
        typed = {one["field"]: one["typed"] for one in view["corrections"]}
    return Presentation(
        direction=Direction(view["direction"]),
        mrz=view["mrz"],
        typed=Identity(**typed),
        plate=view["plate"],
        purpose=Purpose(view["purpose"]),
        companions=view["companions"],
        route=view["route"],
        chip=chip,
        seal=seal,
    )
