"""The decision of the first line, and its taking back within seconds."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from kordon.border.facts import (
    CrossingRecorded,
    CrossingUndone,
    Decision,
    Level,
    Purpose,
    ReferralReason,
)
from kordon.border.models import Check, Crossing, Inspection
from kordon.border.place import lane_of, place_of
from kordon.border.rules import deciding
from kordon.border.rules import refusals as no
from kordon.border.rules.writing import check_text
from kordon.journal.actor import Actor
from kordon.journal.command import command, note_read
from kordon.journal.writing import record


@dataclass(frozen=True, kw_only=True)
class _Decided:
    """What the officer decided, as both doors hand it on."""

    crossing: UUID
    check: UUID
    decision: Decision
    reasons: tuple[ReferralReason, ...]
    purpose: Purpose
    note: str
    mobile: bool


@command
def record_crossing(
    *,
    by: Actor,
    crossing: UUID,
    check: UUID,
    decision: Decision,
    reasons: tuple[ReferralReason, ...] = (),
    purpose: Purpose = Purpose.UNSTATED,
    note: str = "",
) -> Crossing:
    """Admit or refer a checked traveller at a booth. The first line never refuses.

    ``crossing`` is chosen by the caller, so that a decision sent twice is one crossing.
    The direction is the check's.
    """
    if not by.booth:
        raise no.NotAtBooth("Take a booth first.")
    return _record(
        by,
        _Decided(
            crossing=crossing,
            check=check,
            decision=decision,
            reasons=reasons,
            purpose=purpose,
            note=note,
            mobile=False,
        ),
    )


@command
def record_mobile_crossing(
    *,
    by: Actor,
    crossing: UUID,
    check: UUID,
    decision: Decision,
    reasons: tuple[ReferralReason, ...] = (),
    purpose: Purpose = Purpose.UNSTATED,
    note: str = "",
) -> Crossing:
    """``record_crossing`` away from a booth: on a train, beside a bus, aboard a ship."""
    return _record(
        by,
        _Decided(
            crossing=crossing,
            check=check,
            decision=decision,
            reasons=reasons,
            purpose=purpose,
            note=note,
            mobile=True,
        ),
    )


@command
def undo_crossing(*, by: Actor, crossing: UUID) -> Crossing:
    """Take a decision back: within ten seconds, by the same officer, before an inspection."""
    row = Crossing.objects.filter(pk=crossing).first()
    if row is None:
        raise no.CrossingNotFound("There is no such crossing.")
    if row.status == Crossing.Status.UNDONE and row.officer == by.id:
        return row
    deciding.check_may_undo(
        recorded_by=row.officer,
        recorded_at=row.at,
        inspected=Inspection.objects.filter(pk=crossing).exists(),
        by=by.id,
        now=timezone.now(),
    )
    record(CrossingUndone(crossing=crossing), by=by)
    return Crossing.objects.get(pk=crossing)


def _record(by: Actor, it: _Decided) -> Crossing:
    if known := Crossing.objects.filter(pk=it.crossing).first():
        if known.officer != by.id:
            raise no.NotYourCrossing("Another officer recorded this crossing.")
        return known
    if not by.post:
        raise no.NoPost("You work at no post.")
    check = _check_of(by, it)
    fact = check.fact
    note_read(f"crossing:{it.crossing}")
    record(
        CrossingRecorded(
            crossing=it.crossing,
            check=it.check,
            direction=fact.direction,
            decision=it.decision,
            # Its offset says which day it was at the post.
            crossed_at=timezone.now().astimezone(place_of(by).zone),
            identity=fact.identity,
            lane=lane_of(by),
            reasons=it.reasons,
            findings=tuple(one.code for one in fact.findings if one.level is not Level.FINE),
            purpose=it.purpose or fact.purpose,
            plate=fact.plate,
            note=check_text(it.note),
            mobile=it.mobile,
        ),
        by=by,
    )
    return Crossing.objects.get(pk=it.crossing)


def _check_of(by: Actor, it: _Decided) -> Check:
    check = Check.objects.filter(pk=it.check).first()
    if check is None:
        raise no.CheckNotFound("There is no such check.")
    used = Crossing.objects.filter(check_uuid=it.check).exclude(status=Crossing.Status.UNDONE)
    if used.exists():
        raise no.CheckUsed("This check has already led to a decision.")
    deciding.check_may_record(
        deciding.Standing(
            checked_by=check.by,
            checked_at=check.at,
            findings=check.fact.findings,
            matches=check.fact.matches,
        ),
        by=by.id,
        now=timezone.now(),
        decision=it.decision,
        reasons=it.reasons,
    )
    return check
