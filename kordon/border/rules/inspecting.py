"""Second line: who may do what in which state, what proves a ground, and the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kordon.border.facts import Ground, GroundStated, Judgement, Outcome, Receiver
from kordon.border.rules import refusals as no

ALARM_MINUTES, ESCALATION_MINUTES = 60, 120

IN_INSPECTION = "in_inspection"


class Needs(StrEnum):
    """What must prove a ground of refusal."""

    STATEMENT = "statement"
    PHOTO = "photo"
    INTERVIEW = "interview"
    CONFIRMED_MATCH = "confirmed_match"


GROUND_NEEDS: Mapping[Ground, Needs] = {
    Ground.NO_DOCUMENT: Needs.STATEMENT,
    Ground.FALSE_DOCUMENT: Needs.PHOTO,
    Ground.NO_VISA: Needs.STATEMENT,
    Ground.FALSE_VISA: Needs.PHOTO,
    Ground.PURPOSE_UNPROVEN: Needs.INTERVIEW,
    Ground.STAY_USED_UP: Needs.STATEMENT,
    Ground.NO_MEANS: Needs.INTERVIEW,
    Ground.ALERT: Needs.CONFIRMED_MATCH,
    Ground.THREAT: Needs.STATEMENT,
    Ground.BIOMETRICS_REFUSED: Needs.STATEMENT,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """An inspection as a rule sees it. ``judgements`` are of the matches second line may see."""

    status: str
    protection: bool
    referred_by: UUID
    inspector: UUID | None = None
    proposal: UUID | None = None
    proposed_by: UUID | None = None
    judgements: Mapping[UUID, str] | None = None
    photos: frozenset[UUID] = frozenset()
    interviews: frozenset[UUID] = frozenset()

    @property
    def confirmed(self) -> frozenset[UUID]:
        found = (self.judgements or {}).items()
        return frozenset(match for match, said in found if said == Judgement.CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """How an inspection should end."""

    outcome: Outcome
    grounds: tuple[GroundStated, ...] = ()
    receiver: Receiver | None = None
    statement: str = ""


def check_may_begin(case: Case, *, by: UUID) -> None:
    """A referred traveller is inspected by whoever begins; a second one is told who did."""
    if case.status == IN_INSPECTION and case.inspector != by:
        raise no.AlreadyBegun("Another officer has begun this inspection.")
    if case.status not in {"referred", IN_INSPECTION}:
        raise no.NotReferred("This traveller is not waiting for the second line.")


def check_is_open(case: Case) -> None:
    """Work goes on: begun, and no conclusion waits for the second officer."""
    if case.status != IN_INSPECTION:
        raise no.NotInInspection("This traveller is not in inspection.")
    if case.proposal is not None:
        raise no.ConclusionProposedAlready("A conclusion waits for the second officer.")


def check_may_propose(case: Case, proposal: Proposal, *, by: UUID) -> None:
    """The inspecting officer proposes, never the one who referred."""
    check_is_open(case)
    if case.inspector != by:
        raise no.NotYourInspection("Another officer leads this inspection.")
    if case.referred_by == by:
        raise no.SameOfficer("Who referred a traveller does not propose how it ends.")
    check_conclusion(case, proposal)


def check_may_conclude(case: Case, proposal: Proposal, *, proposal_id: UUID, by: UUID) -> None:
    """Four eyes, on the very proposal that the second officer saw."""
    check_may_return(case, proposal_id=proposal_id, by=by)
    check_conclusion(case, proposal)


def check_may_return(case: Case, *, proposal_id: UUID, by: UUID) -> None:
    if case.status != IN_INSPECTION:
        raise no.NotInInspection("This traveller is not in inspection.")
    if case.proposal != proposal_id:
        raise no.ProposalChanged("The proposal you saw no longer stands.")
    if case.proposed_by == by:
        raise no.SameOfficer("Another officer decides on what you proposed.")


def check_conclusion(case: Case, proposal: Proposal) -> None:
    """Whether it may end this way, whoever says so."""
    if proposal.outcome is Outcome.REFUSE and case.protection:
        raise no.ProtectionFlagged("Nobody may be refused who fears to be sent back.")
    if any(not said for said in (case.judgements or {}).values()):
        raise no.MatchesNotJudged("Every possible match must be judged first.")
    if proposal.outcome is Outcome.REFUSE:
        _check_grounds(case, proposal.grounds)
    if proposal.outcome is Outcome.HAND_OVER and proposal.receiver is None:
        raise no.ReceiverRequired("Say to whom the traveller is handed over.")
    handing = proposal.outcome is Outcome.HAND_OVER
    despite = proposal.outcome is Outcome.ADMIT and bool(case.confirmed)
    if (handing or despite) and not proposal.statement.strip():
        raise no.StatementRequired("Say why in writing.")


def _check_grounds(case: Case, grounds: Sequence[GroundStated]) -> None:
    if not grounds:
        raise no.StatementRequired("A refusal needs at least one ground.")
    proofs = {
        Needs.PHOTO: lambda it: bool(case.photos.intersection(it.evidence)),
        Needs.INTERVIEW: lambda it: bool(case.interviews.intersection(it.evidence)),
        Needs.CONFIRMED_MATCH: lambda it: it.match in case.confirmed,
        Needs.STATEMENT: lambda it: bool(it.statement.strip()),
    }
    known = case.photos | case.interviews
    for stated in grounds:
        proven = proofs[GROUND_NEEDS[stated.ground]](stated)
        if not proven or not known.issuperset(stated.evidence):
            raise no.GroundUnproven(stated.ground.value)


def check_may_issue_notice(status: str) -> None:
    if status != "refused":
        raise no.NotRefused("Only a refusal is given in writing.")


def check_may_flag_protection(status: str) -> None:
    """At any time after the first line has recorded the traveller."""
    if status == "undone":
        raise no.CrossingNotFound("This crossing was taken back.")


def check_may_clear_protection(case: Case) -> None:
    if not case.protection:
        raise no.ProtectionNotFlagged("No protection flag is set.")


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How long a traveller has been kept, and whether somebody must look."""

    since: datetime
    waited: timedelta
    left: timedelta
    state: str


def clock_of(since: datetime, now: datetime, *, alarm: int, escalation: int) -> Clock:
    """``running``, ``alarm`` after so many minutes, ``escalated`` after still more."""
    waited = max(now - since, timedelta())
    state = "running"
    if waited >= timedelta(minutes=escalation):
        state = "escalated"
    elif waited >= timedelta(minutes=alarm):
        state = "alarm"
    return Clock(since=since, waited=waited, left=timedelta(minutes=alarm) - waited, state=state)


def check_clock(alarm: int, escalation: int) -> None:
    if not 0 < alarm < escalation <= 24 * 60:
        raise no.ClockImpossible("The alarm comes first, the escalation within a day.")
