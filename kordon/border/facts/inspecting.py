"""What happens to a traveller at the second line."""

from uuid import UUID

from kordon.border.facts.values import GroundStated
from kordon.border.facts.words import Judgement, Outcome, Receiver, Signature
from kordon.journal.fact import fact


@fact("border.inspection_begun.v1")
class InspectionBegun:
    crossing: UUID


@fact("border.inspection_taken_over.v1")
class InspectionTakenOver:
    """Another officer goes on with it, because the first one cannot."""

    crossing: UUID
    reason: str


@fact("border.interview_noted.v1")
class InterviewNoted:
    """What was asked and said. ``interpreter`` says who interpreted, if anybody did."""

    crossing: UUID
    note: UUID
    text: str
    language: str = ""
    interpreter: str = ""


@fact("border.evidence_added.v1", files=("file",))
class EvidenceAdded:
    """A photo, kept as a file by its hash."""

    crossing: UUID
    evidence: UUID
    file: str
    media_type: str
    size: int
    caption: str


@fact("border.match_judged.v1")
class MatchJudged:
    """An officer looked: the traveller is, is not, or may be the one an alert means."""

    crossing: UUID
    match: UUID
    alert: UUID
    judgement: Judgement
    reason: str


@fact("border.conclusion_proposed.v1")
class ConclusionProposed:
    """The inspecting officer says how it should end; a second officer decides."""

    crossing: UUID
    proposal: UUID
    outcome: Outcome
    grounds: tuple[GroundStated, ...] = ()
    receiver: Receiver | None = None
    statement: str = ""


@fact("border.conclusion_returned.v1")
class ConclusionReturned:
    """The second officer does not agree and says why."""

    crossing: UUID
    proposal: UUID
    reason: str


@fact("border.inspection_concluded.v1")
class InspectionConcluded:
    """A second officer agreed. Says again what was decided, so that it stands by itself."""

    crossing: UUID
    proposal: UUID
    outcome: Outcome
    proposed_by: UUID
    grounds: tuple[GroundStated, ...] = ()
    receiver: Receiver | None = None
    statement: str = ""


@fact("border.notice_issued.v1", files=("file",))
class NoticeIssued:
    """The traveller was given the refusal in writing. ``file`` is the notice as printed."""

    crossing: UUID
    notice: UUID
    language: str
    signature: Signature
    file: str = ""


@fact("border.protection_flagged.v1")
class ProtectionFlagged:
    """The traveller fears to be sent back, or needs protection. Blocks every refusal."""

    crossing: UUID
    words: str


@fact("border.protection_cleared.v1")
class ProtectionCleared:
    """The protection authority decided; only it can."""

    crossing: UUID
    decision: str
    statement: str


@fact("border.inspection_clock_set.v1")
class InspectionClockSet:
    """After how many minutes in second line an alarm sounds, and the commander is told."""

    post: str
    alarm_minutes: int
    escalation_minutes: int
