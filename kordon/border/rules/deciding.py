"""What the first line may decide, and take back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kordon.border.facts import Decision, Finding, Level, MatchFound, ReferralReason, Source
from kordon.border.rules.refusals import (
    CheckTooOld,
    InspectionHasBegun,
    MustRefer,
    NotYourCheck,
    NotYourCrossing,
    ReasonRequired,
    TooLateToUndo,
)

CHECK_MAX_AGE = timedelta(minutes=15)
UNDO_WITHIN = timedelta(seconds=10)

REASON_OF_SOURCE = {
    Source.DOCUMENT: ReferralReason.DOCUMENT_INVALID,
    Source.CHIP: ReferralReason.DOCUMENT_DOUBT,
    Source.SEAL: ReferralReason.DOCUMENT_DOUBT,
    Source.CROSS_CHECK: ReferralReason.DOCUMENT_DOUBT,
    Source.DOCUMENT_ALERTS: ReferralReason.DOCUMENT_ALERT,
    Source.PERSON_ALERTS: ReferralReason.PERSON_MATCH,
    Source.VEHICLE_ALERTS: ReferralReason.VEHICLE_ALERT,
    Source.EARLIER_CROSSINGS: ReferralReason.IDENTITY_DOUBT,
    Source.POST: ReferralReason.OTHER,
    Source.HEADQUARTERS: ReferralReason.OLD_KNOWLEDGE,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A check as the decision on it finds it."""

    checked_by: UUID
    checked_at: datetime
    findings: tuple[Finding, ...]
    matches: tuple[MatchFound, ...]


def may_admit(findings: Iterable[Finding], matches: Iterable[MatchFound]) -> bool:
    """Nothing stops, and no match that the first line may know of stands open."""
    stopped = any(finding.level is Level.STOP for finding in findings)
    return not stopped and not any(match.seen_by_first_line for match in matches)


def reasons_to_refer(findings: Iterable[Finding]) -> tuple[ReferralReason, ...]:
    """The reasons that the findings give for a referral, worst first."""
    given = [
        REASON_OF_SOURCE.get(finding.source, ReferralReason.OTHER)
        for finding in findings
        if finding.level is Level.STOP
        or (finding.level is Level.LOOK and finding.advice == "second_line")
    ]
    return tuple(dict.fromkeys(given))


def check_may_record(
    check: Standing,
    *,
    by: UUID,
    now: datetime,
    decision: Decision,
    reasons: tuple[ReferralReason, ...],
) -> None:
    """The first line admits what nothing speaks against, refers with a reason, never refuses."""
    if check.checked_by != by:
        raise NotYourCheck("Another officer made this check.")
    if now - check.checked_at > CHECK_MAX_AGE:
        raise CheckTooOld("The check is too old: check the traveller again.")
    if decision is Decision.ADMIT and not may_admit(check.findings, check.matches):
        raise MustRefer("What was found must be looked at in the second line.")
    if decision is Decision.REFER and not reasons:
        raise ReasonRequired("A referral needs a reason.")


def check_may_undo(
    *, recorded_by: UUID, recorded_at: datetime, inspected: bool, by: UUID, now: datetime
) -> None:
    """Within seconds, by the same officer, before anybody has begun to inspect."""
    if recorded_by != by:
        raise NotYourCrossing("Another officer recorded this crossing.")
    if inspected:
        raise InspectionHasBegun("The second line has begun its inspection.")
    if now - recorded_at > UNDO_WITHIN:
        raise TooLateToUndo("A decision can be taken back for ten seconds.")
