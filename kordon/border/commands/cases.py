"""Reading an inspection as its rules see it."""

from typing import Any
from uuid import UUID

from kordon.border.facts import Ground, GroundStated, Outcome, Receiver
from kordon.border.models import Crossing, Inspection, PossibleMatch
from kordon.border.rules import refusals as no
from kordon.border.rules.inspecting import Case, Proposal
from kordon.journal.actor import Actor


def crossing_at(by: Actor, crossing: UUID) -> Crossing:
    """A crossing of the officer's own post. Raises ``CrossingNotFound``."""
    row = Crossing.objects.filter(pk=crossing, post=by.post).select_related("inspection").first()
    if row is None:
        raise no.CrossingNotFound("There is no such crossing at your post.")
    return row


def inspection_of(row: Crossing) -> Inspection | None:
    found: Inspection | None = getattr(row, "inspection", None)
    return found


def case_of(row: Crossing) -> Case:
    """The inspection of a crossing as plain values."""
    inspection = inspection_of(row)
    return Case(
        status=row.status,
        protection=row.protection,
        referred_by=row.officer,
        inspector=inspection.inspector if inspection else None,
        proposal=inspection.proposal if inspection else None,
        proposed_by=inspection.proposed_by if inspection else None,
        judgements=_judgements(row),
        photos=frozenset(row.evidence.values_list("id", flat=True)),
        interviews=frozenset(row.notes.values_list("id", flat=True)),
    )


def standing_proposal(inspection: Inspection) -> Proposal:
    """The proposal that waits for the second officer."""
    return Proposal(
        outcome=Outcome(inspection.outcome),
        grounds=tuple(ground_of(one) for one in inspection.grounds),
        receiver=Receiver(inspection.receiver) if inspection.receiver else None,
        statement=inspection.statement,
    )


def ground_of(kept: dict[str, Any]) -> GroundStated:
    """A ground as kept in a row."""
    return GroundStated(
        ground=Ground(kept["ground"]),
        statement=kept["statement"],
        evidence=tuple(UUID(one) for one in kept["evidence"]),
        match=UUID(kept["match"]) if kept["match"] else None,
    )


def _judgements(row: Crossing) -> dict[UUID, str]:
    if row.check_uuid is None:
        return {}
    seen = PossibleMatch.objects.filter(check_uuid=row.check_uuid, seen_by_second_line=True)
    return dict(seen.values_list("id", "judgement"))
