"""The second line at work: interview, evidence, possible matches."""

from uuid import UUID

from kordon.border.commands.cases import case_of, crossing_at
from kordon.border.commands.excluding import rule_out
from kordon.border.facts import (
    EvidenceAdded,
    InspectionBegun,
    InspectionClockSet,
    InspectionTakenOver,
    InterviewNoted,
    Judgement,
    MatchJudged,
)
from kordon.border.models import Crossing, Evidence, Inspection, InterviewNote, PossibleMatch
from kordon.border.rules import inspecting, photos
from kordon.border.rules import refusals as no
from kordon.border.rules.writing import check_text
from kordon.journal import files
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record, writing


@command
def begin_inspection(*, by: Actor, crossing: UUID) -> Inspection:
    """Take a referred traveller of one's own post to the second line."""
    row = crossing_at(by, crossing)
    inspecting.check_may_begin(case_of(row), by=by.id)
    if row.status == Crossing.Status.REFERRED:
        record(InspectionBegun(crossing=crossing), by=by)
    return Inspection.objects.get(pk=crossing)


@command
def take_over_inspection(*, by: Actor, crossing: UUID, reason: str) -> Inspection:
    """Go on with an inspection that another officer began and cannot finish."""
    row = crossing_at(by, crossing)
    inspecting.check_is_open(case_of(row))
    reason = check_text(reason, needed=no.ReasonRequired)
    record(InspectionTakenOver(crossing=crossing, reason=reason), by=by)
    return Inspection.objects.get(pk=crossing)


@command
def note_interview(
    *,
    by: Actor,
    crossing: UUID,
    note: UUID,
    text: str,
    language: str = "",
    interpreter: str = "",
) -> InterviewNote:
    """Write down what was asked and said. ``note`` is the caller's, so twice is once."""
    row = crossing_at(by, crossing)
    if known := InterviewNote.objects.filter(pk=note, crossing=row).first():
        return known
    inspecting.check_is_open(case_of(row))
    record(
        InterviewNoted(
            crossing=crossing,
            note=note,
            text=check_text(text, needed=no.StatementRequired),
            language=check_text(language)[:40],
            interpreter=check_text(interpreter)[:120],
        ),
        by=by,
    )
    return InterviewNote.objects.get(pk=note)


@command(writes_late=True)
def add_evidence(
    *, by: Actor, crossing: UUID, evidence: UUID, content: bytes, caption: str
) -> Evidence:
    """Keep a photo: JPEG, PNG or WebP by its first bytes, 8 MB at most, stored as it is."""
    media_type = photos.media_type_of(content)
    row = crossing_at(by, crossing)
    inspecting.check_is_open(case_of(row))
    name = files.keep(content)  # on disk before the fact names it
    with writing():
        if known := Evidence.objects.filter(pk=evidence, crossing=row).first():
            return known
        inspecting.check_is_open(case_of(crossing_at(by, crossing)))
        record(
            EvidenceAdded(
                crossing=crossing,
                evidence=evidence,
                file=name,
                media_type=media_type,
                size=len(content),
                caption=check_text(caption)[:200],
            ),
            by=by,
        )
    return Evidence.objects.get(pk=evidence)


@command
def judge_match(
    *, by: Actor, crossing: UUID, match: UUID, judgement: Judgement, reason: str
) -> PossibleMatch:
    """Say whether the traveller is the one an alert means, and why. May be said anew."""
    row = crossing_at(by, crossing)
    inspecting.check_is_open(case_of(row))
    found = PossibleMatch.objects.filter(pk=match, seen_by_second_line=True).first()
    if found is None or found.check_uuid != row.check_uuid:
        raise no.MatchNotFound("There is no such match in this inspection.")
    reason = check_text(reason, needed=no.ReasonRequired)
    record(
        MatchJudged(
            crossing=crossing,
            match=match,
            alert=found.alert,
            judgement=judgement,
            reason=reason,
        ),
        by=by,
    )
    rule_out(by, found, judgement, reason)
    return PossibleMatch.objects.get(pk=match)


@command
def set_inspection_clock(
    *, by: Actor, post: str, alarm_minutes: int, escalation_minutes: int
) -> None:
    """How long a traveller may be in second line at a post before an alarm, and a second one."""
    inspecting.check_clock(alarm_minutes, escalation_minutes)
    record(
        InspectionClockSet(
            post=post, alarm_minutes=alarm_minutes, escalation_minutes=escalation_minutes
        ),
        by=by,
    )
