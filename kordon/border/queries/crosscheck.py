"""How the sources of a checked document compare."""

from typing import Any
from uuid import UUID

from kordon.border.models import Check, DocumentCrossCheck
from kordon.border.rules import refusals as no
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query


@query(personal=True)
def get_cross_check(*, by: Actor, check: UUID) -> dict[str, Any]:
    """Every field of a document that was compared at one's own post, and what came of it.

    Raises ``CheckNotFound`` where there was nothing to compare.
    """
    made = Check.objects.filter(pk=check, post=by.post).first()
    said = cross_check_of(check) if made else None
    if made is None or said is None:
        raise no.CheckNotFound("Nothing was compared with this check at your post.")
    note_read(f"check:{check}")
    for one in (*said["differences"], *said["agreements"]):
        if one["other"]["crossing"]:
            note_read(f"crossing:{one['other']['crossing']}")
    return {
        **said,
        "at": made.at.isoformat(),
        "post": made.post,
        "booth": made.booth,
        "officer": made.by_name,
    }


def cross_check_of(check: UUID) -> dict[str, Any] | None:
    """The comparison as recorded with a check; None where nothing was compared."""
    row = DocumentCrossCheck.objects.filter(check_uuid=check).first()
    return None if row is None else dict(row.said)
