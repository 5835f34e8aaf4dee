"""The first line: waiting, reading, deciding, recorded; one screen, keys alone."""

from dataclasses import asdict
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, scratch, words
from kordon.border.facts import Decision, Identity, ReferralReason
from kordon.border.forms import CheckForm, DecisionForm, correcting, empty_check
from kordon.border.place import place_of, post_names
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.deciding import UNDO_WITHIN
from kordon.border.views.page_showing import show_lines
from kordon.border.views.seal_showing import seal_card
from kordon.border.views.showing import has_face, read_any, show_check, show_past, show_portraits
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.ui.forms import options
from kordon.ui.words import moment

SHOWN_SECONDS = int(UNDO_WITHIN.total_seconds()) - 1  # the last second is the network's
PAST = 50


@needs("border.first_line")
@require_GET
def first_line(request: SignedRequest) -> HttpResponse:
    """Wait for the next traveller."""
    return waiting(request, empty_check(request.GET.get("direction", "")))


@needs("border.first_line")
@require_POST
def check(request: SignedRequest) -> HttpResponse:
    """Check what was scanned or typed."""
    form = CheckForm(request.POST)
    again = _typing if "typing" in request.POST else _waiting_or_confirming
    if not form.is_valid():
        return again(request, form, status=422)
    chip = form.cleaned_data["chip"]
    found = scratch.find_reading(reading=chip, by=request.actor) if chip else None
    try:
        made = commands.check_traveller(
            by=request.actor,
            check=form.cleaned_data["check"],
            presentation=form.presentation(*_read(found, form.cleaned_data["mrz"])),
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
        return again(request, form, status=422)
    if found:
        scratch.tie_reading(reading=found[0].id, check=made.pk)
    return deciding(request, queries.first_line_view(made))


@needs("border.first_line")
@require_GET
def type_by_hand(request: SignedRequest) -> HttpResponse:
    """A document without a zone, or one that no reader reads."""
    return _typing(request, empty_check(request.GET.get("direction", "")))


@needs("border.first_line")
@require_GET
def correct(request: SignedRequest, check: UUID) -> HttpResponse:
    """Lay what the page says over what was read."""
    view = queries.get_check(by=request.actor, check=check)
    row = scratch.reading_of(check=check, post=request.actor.post) if read_any(view) else None
    form = correcting(view, row.id if row else None)
    return _typing(request, form, back=reverse("border:show_check", args=[check]))


@needs("border.first_line")
@require_GET
def show(request: SignedRequest, check: UUID) -> HttpResponse:
    """A check made before, to be decided now."""
    return deciding(request, queries.get_check(by=request.actor, check=check))


@needs("border.first_line")
@require_GET
def history(request: SignedRequest, check: UUID) -> HttpResponse:
    """Every earlier crossing of the document and of the person."""
    view = queries.get_check(by=request.actor, check=check)
    found = queries.find_earlier_crossings(
        by=request.actor, identity=Identity(**view["identity"]), limit=PAST
    )
    posts = post_names(request.actor)
    with timezone.override(place_of(request.actor).zone):
        past = [show_past(asdict(one), posts) for one in found]
        return draw(request, "history", {"view": view, "past": past})


@needs("border.first_line")
@require_POST
def record(request: SignedRequest) -> HttpResponse:
    """Record the decision, and wait for the next traveller."""
    form = DecisionForm(request.POST)
    view = queries.get_check(by=request.actor, check=_check_named(request))
    if not form.is_valid():
        return deciding(request, view, form=form, status=422)
    told = form.cleaned_data
    found = tuple(ReferralReason(one) for one in view["reasons_to_refer"])
    referring = told["decision"] is Decision.REFER
    try:
        crossing = _door(request)(
            by=request.actor,
            crossing=told["crossing"],
            check=told["check"],
            decision=told["decision"],
            reasons=form.reasons(found) if referring else (),
            purpose=told["purpose"],
            note=told["note"],
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
        return deciding(request, view, form=form, status=422)
    return waiting(request, empty_check(view["direction"]), recorded=crossing)


@needs("border.first_line")
@require_POST
def undo(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """Take the decision back, and decide anew."""
    row = commands.undo_crossing(by=request.actor, crossing=crossing)
    assert row.check_uuid is not None, "what is undone within seconds began with a check"
    return deciding(request, queries.get_check(by=request.actor, check=row.check_uuid))


def _read(found: tuple[Any, ChipPresented | None] | None, mrz: str) -> tuple[Any, Any, Any]:
    """Chip, seal and page of what a reader read, if it did."""
    if found is None:
        return None, None, None
    row, chip = found
    return chip, scratch.seal_of(row), scratch.page_of(row, mrz)


def _waiting_or_confirming(
    request: SignedRequest, form: CheckForm, *, status: int = 200
) -> HttpResponse:
    """Where the lines of a picture were not taken, they are shown again, as corrected."""
    reading = form.cleaned_data.get("chip")
    if "confirming" in request.POST and reading is not None:
        found = scratch.find_reading(reading=reading, by=request.actor)
        if found is not None:
            return draw(request, "confirm", {"form": form, **show_lines(found[0])}, status=status)
    return waiting(request, form, status=status)


def confirming(
    request: SignedRequest, row: Any, direction: str, *, plate: str = ""
) -> HttpResponse:
    """Put lines with doubts before the officer, beside the picture of the zone."""
    mrz = "\n".join(row.page["lines"])
    told = {"check": uuid4(), "chip": row.id, "direction": direction, "mrz": mrz, "plate": plate}
    return draw(request, "confirm", {"form": CheckForm(initial=told), **show_lines(row)})


def _check_named(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("check", ""))
    except ValueError:
        return UUID(int=0)


def _door(request: SignedRequest) -> Any:
    """Who sits at no booth and may control afield records as such."""
    by = request.actor
    if not by.booth and by.may("border.record_mobile_crossing"):
        return commands.record_mobile_crossing
    return commands.record_crossing


def waiting(
    request: SignedRequest, form: CheckForm, *, recorded: Any = None, status: int = 200
) -> HttpResponse:
    if form.errors:  # to be corrected, or replaced by the next scan
        form.fields["mrz"].widget.attrs["autofocus"] = True
    with timezone.override(place_of(request.actor).zone):
        decisions = [
            {
                "at": moment(row.crossed_at),
                "name": f"{row.surname} {row.given_names}",
                "number": row.number,
                "direction": words.DIRECTIONS[row.direction],
                "status": words.STATUSES[row.status],
                "level": "done" if row.status == "admitted" else "",
            }
            for row in queries.list_recent_decisions(by=request.actor)
        ]
        context = {
            "form": form,
            "decisions": decisions,
            "recorded": recorded and _recorded(recorded),
            "seconds": SHOWN_SECONDS,
            "placed": _is_placed(request),
            "reading": row.id if (row := scratch.waiting_reading(by=request.actor)) else None,
        }
        return draw(request, "waiting", context, status=status)


def _recorded(row: Any) -> dict[str, Any]:
    name = f"{row.surname} {row.given_names}".strip()
    texts = {
        "admitted": translation.gettext("%(name)s: admitted. %(direction)s recorded."),
        "referred": translation.gettext("%(name)s: referred to second line."),
    }
    text = texts.get(row.status, "%(name)s") % {
        "name": name,
        "direction": words.DIRECTIONS[row.direction],
    }
    return {"id": row.pk, "text": text}


def _is_placed(request: SignedRequest) -> bool:
    by = request.actor
    return bool(by.post and (by.booth or by.may("border.record_mobile_crossing")))


def deciding(
    request: SignedRequest,
    view: dict[str, Any],
    *,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    given = view["reasons_to_refer"]
    chosen = {
        "crossing": uuid4(),
        "purpose": view["purpose"],
        "reason": given[0] if given else "",
        "note": "",
    }
    if form is not None:
        chosen |= {name: form.data.get(name, "") for name in ("purpose", "reason", "note")}
    with timezone.override(place_of(request.actor).zone):
        kept = queries.portraits_kept(view["check"], request.actor.post) if has_face(view) else ()
        context = show_check(view, post_names(request.actor)) | {
            "portraits": show_portraits(kept),
            "seal": seal_card(view, request.actor.post),
            "chosen": chosen,
            "errors": [error for errors in form.errors.values() for error in errors]
            if form
            else [],
            "purposes": _options("PURPOSES", chosen["purpose"]),
            "reasons": _options("REFERRALS", chosen["reason"]),
            "direction": words.DIRECTIONS[view["direction"]],
            "placed": _is_placed(request),
        }
        return draw(request, "deciding", context, status=status)


def _options(names: str, chosen: str) -> SafeString:
    """The same for every traveller but for the one chosen, so drawn once."""
    known = chosen if chosen in getattr(words, names) else None
    return _drawn_options(names, known, translation.get_language())


@cache
def _drawn_options(names: str, chosen: str | None, language: str) -> SafeString:
    return options(getattr(words, names), chosen)


def _typing(
    request: SignedRequest, form: CheckForm, *, back: str = "", status: int = 200
) -> HttpResponse:
    return draw(
        request,
        "typing",
        {"form": form, "back": back or reverse("border:first_line")},
        status=status,
    )


def draw(
    request: HttpRequest, state: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx the desk alone."""
    whole = "HX-Request" not in request.headers or "HX-History-Restore-Request" in request.headers
    template = "border/first_line.html" if whole else f"border/_{state}.html"
    context = context | {"state": f"border/_{state}.html"}
    return render(request, template, context, status=status)
