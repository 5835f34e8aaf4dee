"""The comparison of a document's sources for the second line: as JSON, as PDF."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import notices, queries, words
from kordon.border.place import post_names
from kordon.border.views.protocols import Said, checked_crossing, file_of, print_of
from kordon.journal.actor import Actor
from kordon.ui.words import country, moment, written


@never_cache
@require_GET
@needs("border.get_cross_check")
def as_json(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The comparison as it is recorded, for a file or another system."""
    said, _seen = _compared(request.actor, crossing)
    return file_of(said, f"comparison-{str(crossing)[:8]}")


@never_cache
@require_GET
@needs("border.get_cross_check")
def as_pdf(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The comparison to print, in the officer's language."""
    said, seen = _compared(request.actor, crossing)
    return print_of(
        request.actor,
        said,
        lambda told: _printed(told, seen, post_names(request.actor)),
        f"comparison-{str(crossing)[:8]}",
        notices.write_cross_check,
    )


def _compared(actor: Actor, crossing: UUID) -> tuple[Said, queries.InspectionView]:
    seen, check = checked_crossing(actor, crossing)
    return queries.get_cross_check(by=actor, check=check), seen


def _printed(said: Said, seen: queries.InspectionView, posts: dict[str, str]) -> Said:
    row = seen.crossing
    name = f"{row.surname} {row.given_names}".strip()
    document = " ".join(filter(None, (row.document_type, country(row.issuer), row.number)))
    return words.say_cross_check(said, posts) | {
        "words": {
            "title": _("Comparison of sources"),
            "differs": _("What differs"),
            "agrees": _("What agrees"),
            "nothing": _("Everything that was compared agrees."),
            "weight": _("Weight"),
            "field": _("Field"),
            "sources": _("Sources"),
            "result": _("Result"),
        },
        "facts": [
            [_("Traveller"), f"{name}, {written(row.birth)}"],
            [_("Document"), document],
            [_("Checked"), moment(datetime.fromisoformat(said["at"]))],
            [_("Post, booth"), f"{said['post']}, {said['booth']}".strip(", ")],
            [_("Officer"), said["officer"]],
        ],
    }
