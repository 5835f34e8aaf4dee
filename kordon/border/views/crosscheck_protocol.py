"""The comparison of a document's sources for the second line: as JSON, as PDF."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import notices, queries, words
from kordon.border.place import place_of, post_names
from kordon.border.rules.refusals import CheckNotFound
from kordon.journal.actor import Actor
from kordon.ui.words import country, moment, written


@never_cache
@require_GET
@needs("border.get_cross_check")
def as_json(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The comparison as it is recorded, for a file or another system."""
    said, _row = _compared(request.actor, crossing)
    content = json.dumps(said, ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = f"comparison-{str(crossing)[:8]}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_GET
@needs("border.get_cross_check")
def as_pdf(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The comparison to print, in the officer's language."""
    said, row = _compared(request.actor, crossing)
    with timezone.override(place_of(request.actor).zone):
        content = notices.write_cross_check(
            _printed(said, row, post_names(request.actor)),
            at=datetime.fromisoformat(said["at"]),
            language=get_language() or "en",
        )
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"comparison-{str(crossing)[:8]}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _compared(actor: Actor, crossing: UUID) -> tuple[dict[str, Any], Any]:
    row = queries.get_inspection(by=actor, crossing=crossing).crossing
    if row.check_uuid is None:
        raise CheckNotFound("Nothing was compared with this check at your post.")
    return queries.get_cross_check(by=actor, check=row.check_uuid), row


def _printed(said: dict[str, Any], row: Any, posts: dict[str, str]) -> dict[str, Any]:
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
