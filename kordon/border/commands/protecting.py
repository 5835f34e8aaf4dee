"""Who fears to be sent back is not sent back before the protection authority has decided."""

from uuid import UUID

from kordon.border.commands.cases import case_of, crossing_at
from kordon.border.facts import ProtectionCleared, ProtectionFlagged
from kordon.border.models import Crossing
from kordon.border.rules import inspecting
from kordon.border.rules import refusals as no
from kordon.border.rules.writing import check_text
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@command
def flag_protection(*, by: Actor, crossing: UUID, words: str) -> Crossing:
    """The traveller fears to be sent back, in their own words. Any officer, at any time."""
    row = crossing_at(by, crossing)
    inspecting.check_may_flag_protection(row.status)
    words = check_text(words, needed=no.StatementRequired)
    if not row.protection:
        record(ProtectionFlagged(crossing=crossing, words=words), by=by)
    return Crossing.objects.get(pk=crossing)


@command
def clear_protection(*, by: Actor, crossing: UUID, decision: str, statement: str) -> Crossing:
    """The protection authority has decided: ``decision`` is its reference.

    Only that authority holds the right. It sits at no post, so any crossing may be named.
    """
    row = Crossing.objects.filter(pk=crossing).select_related("inspection").first()
    if row is None:
        raise no.CrossingNotFound("There is no such crossing.")
    inspecting.check_may_clear_protection(case_of(row))
    record(
        ProtectionCleared(
            crossing=crossing,
            decision=check_text(decision, needed=no.ReasonRequired),
            statement=check_text(statement, needed=no.StatementRequired),
        ),
        by=by,
    )
    return Crossing.objects.get(pk=crossing)
