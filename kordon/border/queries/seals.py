"""The seal of a checked document: the protocol of its verification, and what it says."""

from typing import Any
from uuid import UUID

from kordon.border import scratch
from kordon.border.models import SealVerification
from kordon.border.queries.chips import with_check
from kordon.border.rules import refusals as no
from kordon.border.rules.seal import read_or_none
from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.lib.traveldocs.seal import JSONSeal, Seal


@query(personal=True)
def get_seal_protocol(*, by: Actor, check: UUID) -> dict[str, Any]:
    """What of the seal was verified at one's own post, step by step, and by which trust.

    Raises ``CheckNotFound`` where no seal was shown.
    """
    row = SealVerification.objects.filter(check_uuid=check, post=by.post).first()
    if row is None:
        raise no.CheckNotFound("No seal was shown with this check at your post.")
    return with_check(row, by)


def seal_said(check: UUID | None, post: str) -> dict[str, Any] | None:
    """The protocol of a seal as recorded; None where none was shown with the check."""
    if check is None:
        return None
    row = SealVerification.objects.filter(check_uuid=check, post=post).first()
    return None if row is None else dict(row.said)


def seal_kept(check: UUID | None, post: str) -> Seal | JSONSeal | None:
    """What the seal of a check says, as long as its octets are kept."""
    row = scratch.reading_of(check=check, post=post) if check else None
    seal = scratch.seal_of(row) if row else None
    return None if seal is None else read_or_none(seal.octets)
