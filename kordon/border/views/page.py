"""The picture of a page at the first line: read, and checked like a zone from the reader.

Where something in it is doubtful the officer sees the lines beside the picture first.
"""

from uuid import uuid4

from django.http import HttpResponse

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries, scratch, words
from kordon.border.forms import empty_check
from kordon.border.picture_form import PictureForm
from kordon.border.pictures import look_at_page
from kordon.border.rules.page import NO_ZONE
from kordon.border.rules.presenting import Presentation
from kordon.border.rules.refusals import NotPage
from kordon.border.views.first_line import confirming, deciding, draw
from kordon.journal.refusal import NotPermitted, Refusal


@needs("border.first_line")
def hand_in(request: SignedRequest) -> HttpResponse:
    """Check a document from a picture of its page, for a booth without a reader that reads it."""
    if request.method != "POST":
        direction = request.GET.get("direction", "")
        form = PictureForm(initial={"direction": empty_check(direction).initial["direction"]})
        return draw(request, "picture", {"form": form})
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return draw(request, "picture", {"form": form}, status=422)
    try:
        return _read(request, form)
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.add_error(None, words.say_refusal(refusal))
    return draw(request, "picture", {"form": form}, status=422)


def _read(request: SignedRequest, form: PictureForm) -> HttpResponse:
    told = form.cleaned_data
    seen = look_at_page(told["image"].read(), mrz="")
    if seen.outcome == NO_ZONE:
        raise NotPage("no_zone")
    row = scratch.put_reading(
        reading=uuid4(), by=request.actor, booth="", mrz=seen.mrz, chip=None, page=seen
    )
    if seen.must_be_confirmed:
        return confirming(request, row, told["direction"], plate=told["plate"])
    made = commands.check_traveller(
        by=request.actor,
        check=uuid4(),
        presentation=Presentation(
            direction=told["direction"],
            mrz=row.mrz,
            plate=told["plate"],
            page=scratch.page_of(row, row.mrz),
        ),
    )
    scratch.tie_reading(reading=row.id, check=made.pk)
    return deciding(request, queries.first_line_view(made))
