"""The protocol of a chip's verification for the second line: on the page, as JSON, as PDF."""

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
from kordon.border.place import place_of
from kordon.border.rules.refusals import CheckNotFound
from kordon.journal.actor import Actor
from kordon.ui.words import moment, written


@never_cache
@require_GET
@needs("border.get_chip_protocol")
def as_json(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol as it is recorded, for a file or another system."""
    said = protocol_at(request.actor, crossing)
    content = json.dumps(said, ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="chip-{str(crossing)[:8]}.json"'
    return answer


@never_cache
@require_GET
@needs("border.get_chip_protocol")
def as_pdf(request: SignedRequest, crossing: UUID) -> HttpResponse:
    """The protocol to print, in the officer's language."""
    said = protocol_at(request.actor, crossing)
    with timezone.override(place_of(request.actor).zone):
        content = notices.write_protocol(
            _printed(said), at=datetime.fromisoformat(said["at"]), language=get_language() or "en"
        )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="chip-{str(crossing)[:8]}.pdf"'
    return answer


def protocol_at(actor: Actor, crossing: UUID) -> dict[str, Any]:
    """The protocol of the check that led to a crossing. Raises ``CheckNotFound``."""
    row = queries.get_inspection(by=actor, crossing=crossing).crossing
    if row.check_uuid is None:
        raise CheckNotFound("No chip was read with this check at your post.")
    return queries.get_chip_protocol(by=actor, check=row.check_uuid)


def _printed(said: dict[str, Any]) -> dict[str, Any]:
    document = said["document"]
    number = " ".join(filter(None, (document["type"], document["issuer"], document["number"])))
    trust = f"{said['trust_version']}, {said['trust_digest']}" if said["trust_version"] else "–"
    signed = written(datetime.fromisoformat(said["signed_at"])) if said["signed_at"] else "–"
    return words.say_protocol(said) | {
        "words": {
            "title": _("Verification of a chip"),
            "number": _("No."),
            "step": _("Step"),
            "result": _("Result"),
            "code": _("Code"),
            "path": _("Certificates"),
            "digests": _("SHA-256 of the files as read"),
        },
        "facts": [
            [_("Document"), number],
            [_("Checked"), moment(datetime.fromisoformat(said["at"]))],
            [_("Post, booth"), f"{said['post']}, {said['booth']}".strip(", ")],
            [_("Officer"), said["officer"]],
            [_("Signed"), signed],
            [_("Trust store"), trust],
        ],
    }
