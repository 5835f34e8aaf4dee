"""Protocols of verifications for the second line as files: JSON as recorded, PDF in words."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kordon.border import notices, queries
from kordon.border.place import place_of
from kordon.border.rules.refusals import CheckNotFound
from kordon.journal.actor import Actor
from kordon.ui.words import moment

Said = dict[str, Any]


def checked_crossing(actor: Actor, crossing: UUID) -> tuple[queries.InspectionView, UUID]:
    """A crossing of one's post and the check that led to it. Raises ``CheckNotFound``."""
    seen = queries.get_inspection(by=actor, crossing=crossing)
    if seen.crossing.check_uuid is None:
        raise CheckNotFound("No check led to this crossing.")
    return seen, seen.crossing.check_uuid


def check_behind(actor: Actor, crossing: UUID) -> UUID:
    """The check that led to a crossing of one's post. Raises ``CheckNotFound``."""
    return checked_crossing(actor, crossing)[1]


def file_of(said: Said, name: str) -> HttpResponse:
    """The protocol as it is recorded, for a file or another system."""
    content = json.dumps(said, ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


def print_of(
    actor: Actor,
    said: Said,
    printed: Callable[[Said], Said],
    name: str,
    write: Callable[..., bytes] = notices.write_protocol,
) -> HttpResponse:
    """The protocol to print, in the officer's language and the post's time."""
    with timezone.override(place_of(actor).zone):
        content = write(
            printed(said), at=datetime.fromisoformat(said["at"]), language=get_language() or "en"
        )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def headed(said: Said, title: str, facts: list[list[str]]) -> Said:
    """Title, heads of columns, and the facts of the check that every protocol begins with."""
    document = said["document"]
    number = " ".join(filter(None, (document["type"], document["issuer"], document["number"])))
    trust = f"{said['trust_version']}, {said['trust_digest']}" if said["trust_version"] else "–"
    return {
        "words": {
            "title": title,
            "number": _("No."),
            "step": _("Step"),
            "result": _("Result"),
            "code": _("Code"),
            "path": _("Certificates"),
            "digests": _("SHA-256 of what was read"),
        },
        "facts": [
            [_("Document"), number],
            [_("Checked"), moment(datetime.fromisoformat(said["at"]))],
            [_("Post, booth"), f"{said['post']}, {said['booth']}".strip(", ")],
            [_("Officer"), said["officer"]],
            *facts,
            [_("Trust store"), trust],
        ],
    }
