"""What the second line does becomes rows."""

from typing import Any

from kordon.border import facts
from kordon.border.apply.hits import report_judged
from kordon.border.apply.registry import set_status
from kordon.border.models import (
    Crossing,
    Evidence,
    Inspection,
    InspectionClock,
    InterviewNote,
    Notice,
    PossibleMatch,
    Step,
)
from kordon.journal.models import Entry
from kordon.journal.writing import applies

STATUS_AFTER = {
    facts.Outcome.ADMIT: Crossing.Status.ADMITTED,
    facts.Outcome.REFUSE: Crossing.Status.REFUSED,
    facts.Outcome.HAND_OVER: Crossing.Status.HANDED_OVER,
}


@applies(facts.InspectionBegun)
def inspection_begun(it: facts.InspectionBegun, entry: Entry) -> None:
    set_status(it.crossing, Crossing.Status.IN_INSPECTION)
    Inspection.objects.create(
        crossing_id=it.crossing,
        status=Inspection.Status.OPEN,
        begun_at=entry.at,
        inspector=entry.by,
        inspector_name=entry.by_name,
    )
    _step(it.crossing, entry, "begun")


@applies(facts.InspectionTakenOver)
def inspection_taken_over(it: facts.InspectionTakenOver, entry: Entry) -> None:
    _inspection(it.crossing).update(inspector=entry.by, inspector_name=entry.by_name)
    _step(it.crossing, entry, "taken_over", reason=it.reason)


@applies(facts.InterviewNoted)
def interview_noted(it: facts.InterviewNoted, entry: Entry) -> None:
    InterviewNote.objects.create(
        id=it.note,
        crossing_id=it.crossing,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        text=it.text,
        language=it.language,
        interpreter=it.interpreter,
    )
    _step(it.crossing, entry, "noted", note=str(it.note))


@applies(facts.EvidenceAdded)
def evidence_added(it: facts.EvidenceAdded, entry: Entry) -> None:
    Evidence.objects.create(
        id=it.evidence,
        crossing_id=it.crossing,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        file=it.file,
        media_type=it.media_type,
        size=it.size,
        caption=it.caption,
    )
    _step(it.crossing, entry, "evidence_added", evidence=str(it.evidence), caption=it.caption)


@applies(facts.MatchJudged)
def match_judged(it: facts.MatchJudged, entry: Entry) -> None:
    PossibleMatch.objects.filter(pk=it.match).update(
        judgement=it.judgement,
        judged_at=entry.at,
        judged_by=entry.by,
        judged_by_name=entry.by_name,
        judged_because=it.reason,
    )
    report_judged(it, entry)
    _step(it.crossing, entry, "match_judged", match=str(it.match), judgement=it.judgement)


@applies(facts.ConclusionProposed)
def conclusion_proposed(it: facts.ConclusionProposed, entry: Entry) -> None:
    _inspection(it.crossing).update(
        status=Inspection.Status.PROPOSED,
        proposal=it.proposal,
        proposed_at=entry.at,
        proposed_by=entry.by,
        proposed_by_name=entry.by_name,
        outcome=it.outcome,
        grounds=[_ground(stated) for stated in it.grounds],
        receiver=it.receiver or "",
        statement=it.statement,
    )
    _step(it.crossing, entry, "proposed", outcome=it.outcome)


@applies(facts.ConclusionReturned)
def conclusion_returned(it: facts.ConclusionReturned, entry: Entry) -> None:
    _inspection(it.crossing).update(
        status=Inspection.Status.OPEN,
        proposal=None,
        proposed_at=None,
        proposed_by=None,
        proposed_by_name="",
        outcome="",
        grounds=[],
        receiver="",
        statement="",
    )
    _step(it.crossing, entry, "returned", reason=it.reason)


@applies(facts.InspectionConcluded)
def inspection_concluded(it: facts.InspectionConcluded, entry: Entry) -> None:
    _inspection(it.crossing).update(
        status=Inspection.Status.CONCLUDED,
        concluded_at=entry.at,
        concluded_by=entry.by,
        concluded_by_name=entry.by_name,
    )
    set_status(it.crossing, STATUS_AFTER[it.outcome])
    _step(it.crossing, entry, "concluded", outcome=it.outcome)


@applies(facts.NoticeIssued)
def notice_issued(it: facts.NoticeIssued, entry: Entry) -> None:
    Notice.objects.create(
        id=it.notice,
        crossing_id=it.crossing,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        language=it.language,
        signature=it.signature,
        file=it.file,
    )
    _step(it.crossing, entry, "notice_issued", language=it.language, signature=it.signature)


@applies(facts.ProtectionFlagged)
def protection_flagged(it: facts.ProtectionFlagged, entry: Entry) -> None:
    Crossing.objects.filter(pk=it.crossing).update(protection=True)
    _step(it.crossing, entry, "protection_flagged", words=it.words)


@applies(facts.ProtectionCleared)
def protection_cleared(it: facts.ProtectionCleared, entry: Entry) -> None:
    Crossing.objects.filter(pk=it.crossing).update(protection=False)
    _step(it.crossing, entry, "protection_cleared", decision=it.decision)


@applies(facts.InspectionClockSet)
def inspection_clock_set(it: facts.InspectionClockSet, entry: Entry) -> None:
    InspectionClock.objects.update_or_create(
        post=it.post,
        defaults={
            "alarm_minutes": it.alarm_minutes,
            "escalation_minutes": it.escalation_minutes,
        },
    )


def _inspection(crossing: Any) -> Any:
    return Inspection.objects.filter(pk=crossing)


def _ground(stated: facts.GroundStated) -> dict[str, Any]:
    return {
        "ground": stated.ground.value,
        "statement": stated.statement,
        "evidence": [str(one) for one in stated.evidence],
        "match": str(stated.match) if stated.match else None,
    }


def _step(crossing: Any, entry: Entry, deed: str, **params: str) -> None:
    Step.objects.create(
        id=entry.id,
        crossing_id=crossing,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        deed=deed,
        params=params,
    )
