"""Documents with a chip at the first line: handed in as files, or read by the booth's reader."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, scratch, words
from kordon.border.facts import Direction
from kordon.border.forms import CheckForm, ChipForm, empty_check
from kordon.border.pictures import look_at_page
from kordon.border.portraits import redraw
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.page import NO_ZONE
from kordon.border.rules.presenting import Presentation
from kordon.border.rules.refusals import NotPage
from kordon.border.views.first_line import confirming, deciding, draw, waiting
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.lib.traveldocs.chip import ChipError, chip_files


@needs("border.first_line")
def hand_in(request: SignedRequest) -> HttpResponse:
    """Check a document from the files of its chip, for a booth whose reader is not connected."""
    form = ChipForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        direction = request.GET.get("direction", "")
        form = ChipForm(initial={"direction": empty_check(direction).initial["direction"]})
        return draw(request, "chip", {"form": form})
    if not form.is_valid():
        return draw(request, "chip", {"form": form}, status=422)
    told = form.cleaned_data
    try:
        files = chip_files(told["chip"])
        portrait = told["portrait"].read() if told["portrait"] else b""
        page = look_at_page(told["page"].read(), mrz=told["mrz"]) if told["page"] else None
        reading = scratch.put_reading(
            reading=uuid4(),
            by=request.actor,
            booth="",
            mrz=told["mrz"] or (page.mrz if page else ""),
            chip=ChipPresented(files=files),
            page_portrait=redraw(portrait),
            page=page,
        )
        if doubtful := scratch.doubtful_page(reading=reading.id, by=request.actor):
            return confirming(request, doubtful, told["direction"])
        return deciding(request, _checked(request, reading.id, told["direction"]))
    except NotPermitted:
        raise
    except ChipError as error:
        form.add_error("chip", str(error))
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
    return draw(request, "chip", {"form": form}, status=422)


@never_cache
@needs("border.first_line")
@require_GET
def arrived(request: SignedRequest) -> HttpResponse:
    """Whether the booth's reader has read a document: asked by the waiting page every second."""
    row = scratch.waiting_reading(by=request.actor)
    if row is None:
        return HttpResponse(status=204)
    return draw(request, "arrived", {"reading": row.id})


@needs("border.first_line")
@require_POST
def take_up(request: SignedRequest, reading: UUID) -> HttpResponse:
    """Check the document that the reader read."""
    direction = request.POST.get("direction") or request.POST.get("chosen", "")
    chosen = Direction(empty_check(direction).initial["direction"])
    if doubtful := scratch.doubtful_page(reading=reading, by=request.actor):
        return confirming(request, doubtful, chosen)
    try:
        view = _checked(request, reading, chosen)
    except NotPermitted:
        raise
    except Refusal as refusal:
        scratch.tie_reading(reading=reading, check=UUID(int=0))
        form = CheckForm({"check": uuid4(), "direction": chosen})
        form.add_error(None, words.say_refusal(refusal))
        return waiting(request, form, status=422)
    return deciding(request, view)


@never_cache
@needs("border.get_chip_portrait")
@require_GET
def portrait(request: SignedRequest, check: UUID, which: str) -> HttpResponse:
    """The portrait from the chip, or from the page: logged like every reading of a person."""
    content = queries.get_chip_portrait(by=request.actor, check=check, which=which)
    return HttpResponse(content, content_type="image/jpeg")


def _checked(request: SignedRequest, reading: UUID, direction: Direction) -> dict[str, Any]:
    found = scratch.find_reading(reading=reading, by=request.actor)
    if found is None:
        raise Http404(_("What the reader read is gone. Read the document again."))
    row, chip = found
    if chip is None and row.page and row.page["outcome"] == NO_ZONE and not row.mrz:
        raise NotPage("no_zone")
    made = commands.check_traveller(
        by=request.actor,
        check=uuid4(),
        presentation=Presentation(
            direction=direction,
            mrz=row.mrz,
            chip=chip,
            seal=scratch.seal_of(row),
            page=scratch.page_of(row, row.mrz),
        ),
    )
    scratch.tie_reading(reading=reading, check=made.pk)
    return queries.first_line_view(made)
