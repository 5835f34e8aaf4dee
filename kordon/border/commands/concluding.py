"""How an inspection ends: one officer proposes, a second one decides."""

from uuid import UUID

from kordon.border.commands.cases import case_of, crossing_at, inspection_of, standing_proposal
from kordon.border.facts import (
    ConclusionProposed,
    ConclusionReturned,
    InspectionConcluded,
    NoticeIssued,
    Signature,
)
from kordon.border.models import Crossing, Inspection, Notice
from kordon.border.rules import inspecting
from kordon.border.rules import refusals as no
from kordon.border.rules.inspecting import Proposal
from kordon.border.rules.writing import check_text
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@command
def propose_conclusion(
    *, by: Actor, crossing: UUID, proposal: UUID, conclusion: Proposal
) -> Inspection:
    """Say how it should end. The inspecting officer, never the one who referred."""
    row = crossing_at(by, crossing)
    inspection = inspection_of(row)
    if inspection and inspection.proposal == proposal:
        return inspection
    check_text(conclusion.statement)
    inspecting.check_may_propose(case_of(row), conclusion, by=by.id)
    record(
        ConclusionProposed(
            crossing=crossing,
            proposal=proposal,
            outcome=conclusion.outcome,
            grounds=conclusion.grounds,
            receiver=conclusion.receiver,
            statement=conclusion.statement.strip(),
        ),
        by=by,
    )
    return Inspection.objects.get(pk=crossing)


@command
def return_conclusion(*, by: Actor, crossing: UUID, proposal: UUID, reason: str) -> Inspection:
    """Not agree with what another officer proposed, and say why. The inspection goes on."""
    row = crossing_at(by, crossing)
    inspecting.check_may_return(case_of(row), proposal_id=proposal, by=by.id)
    reason = check_text(reason, needed=no.ReasonRequired)
    record(ConclusionReturned(crossing=crossing, proposal=proposal, reason=reason), by=by)
    return Inspection.objects.get(pk=crossing)


@command
def conclude_inspection(*, by: Actor, crossing: UUID, proposal: UUID) -> Crossing:
    """Agree with the proposal that another officer made. ``proposal`` is the one that was seen."""
    row = crossing_at(by, crossing)
    inspection = inspection_of(row)
    if inspection is None or inspection.proposal is None or inspection.proposed_by is None:
        raise no.ProposalChanged("No conclusion is proposed.")
    if inspection.status == Inspection.Status.CONCLUDED and inspection.concluded_by == by.id:
        return row
    standing = standing_proposal(inspection)
    inspecting.check_may_conclude(case_of(row), standing, proposal_id=proposal, by=by.id)
    record(
        InspectionConcluded(
            crossing=crossing,
            proposal=proposal,
            outcome=standing.outcome,
            proposed_by=inspection.proposed_by,
            grounds=standing.grounds,
            receiver=standing.receiver,
            statement=standing.statement,
        ),
        by=by,
    )
    return Crossing.objects.get(pk=crossing)


@command
def issue_notice(
    *,
    by: Actor,
    crossing: UUID,
    notice: UUID,
    language: str,
    signature: Signature,
    file: str = "",
) -> Notice:
    """Record that the refusal was given in writing, and whether the traveller signed."""
    row = crossing_at(by, crossing)
    if known := Notice.objects.filter(pk=notice, crossing=row).first():
        return known
    inspecting.check_may_issue_notice(row.status)
    record(
        NoticeIssued(
            crossing=crossing,
            notice=notice,
            language=language[:16],
            signature=signature,
            file=file,
        ),
        by=by,
    )
    return Notice.objects.get(pk=notice)
