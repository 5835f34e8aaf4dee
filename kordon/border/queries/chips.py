"""The chip of a checked document: the protocol of its verification, and portraits."""

from typing import Any
from uuid import UUID

from kordon.border import scratch
from kordon.border.models import Check, ChipVerification, SealVerification
from kordon.border.rules import refusals as no
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

CHIP, PAGE = "chip", "page"


@query(personal=True)
def get_chip_portrait(*, by: Actor, check: UUID, which: str) -> bytes:
    """The portrait from the chip (``chip``) or from the page (``page``) of a check, as JPEG.

    At one's own post, for a day after the document was read. Raises ``CheckNotFound``.
    """
    row = scratch.reading_of(check=check, post=by.post)
    content = None
    if row is not None:
        content = row.portrait if which == CHIP else row.page_portrait
    if not content:
        raise no.CheckNotFound("There is no such portrait at your post.")
    note_read(f"portrait:{check}")
    return bytes(content)


@query(personal=True)
def get_chip_protocol(*, by: Actor, check: UUID) -> dict[str, Any]:
    """What of the chip was verified at one's own post, step by step, and by which trust.

    Raises ``CheckNotFound`` where no chip was read.
    """
    row = ChipVerification.objects.filter(check_uuid=check, post=by.post).first()
    if row is None:
        raise no.CheckNotFound("No chip was read with this check at your post.")
    return with_check(row, by)


def with_check(row: ChipVerification | SealVerification, by: Actor) -> dict[str, Any]:
    """A protocol with the check it was made with. Raises ``CheckNotFound``."""
    made = Check.objects.filter(pk=row.check_uuid, post=by.post).first()
    if made is None:
        raise no.CheckNotFound("There is no such check at your post.")
    note_read(f"check:{made.pk}")
    who = made.fact.identity
    return {
        **row.said,
        "at": row.at.isoformat(),
        "post": row.post,
        "booth": made.booth,
        "officer": made.by_name,
        "document": {
            "type": who.document_type,
            "issuer": who.issuer,
            "number": who.number,
            "expiry": who.expiry,
        },
    }


@query
def give_challenge(*, by: Actor, reading: UUID) -> bytes:
    """The eight octets that the chip of this reading is to sign."""
    return scratch.challenge_of(reading)


def portraits_kept(check: UUID, post: str) -> tuple[str, ...]:
    """Which portraits of a check are still there."""
    row = scratch.reading_of(check=check, post=post)
    if row is None:
        return ()
    kept = ((CHIP, row.portrait), (PAGE, row.page_portrait))
    return tuple(which for which, content in kept if content)
