"""The owner at work on a hit, and the second line that answers them."""

from uuid import UUID

from kordon.border.commands.excluding import rule_out_for
from kordon.border.facts import (
    HitAcknowledged,
    HitClockSet,
    HitClosed,
    HitMessageAnswered,
    HitMessageSent,
    HitResult,
    Wish,
)
from kordon.border.hit_crossing import crossing_of, leaves_no_trace
from kordon.border.models import Hit, HitMessage
from kordon.border.rules import hits as rules
from kordon.border.rules import refusals as no
from kordon.border.rules.hits import Times
from kordon.border.rules.writing import check_text
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record


@command(at_hq=True)
def acknowledge_hit(*, by: Actor, hit: UUID, note: str = "") -> Hit:
    """Say that one has seen a hit of one's own agency: from now on it is being worked on."""
    row = _own(by, hit)
    rules.check_may_acknowledge(row.status)
    record(HitAcknowledged(hit=hit, note=check_text(note)), by=by)
    return Hit.objects.get(pk=hit)


@command(at_hq=True)
def send_hit_message(*, by: Actor, message: UUID, hit: UUID, wish: Wish, text: str) -> HitMessage:
    """Ask the second line of the post, or say what to do. What leaves no trace is not spoken of.

    ``message`` is the caller's, so that sent twice is once.
    """
    row = _own(by, hit)
    if known := HitMessage.objects.filter(pk=message, hit=hit).first():
        return known
    rules.check_may_work(row.status)
    crossing = crossing_of(row)
    rules.check_may_tell_post(silent=leaves_no_trace(row))
    if crossing is None:
        raise no.HitNotOpen("No crossing came of it, so there is nobody at the post to ask.")
    record(
        HitMessageSent(
            message=message,
            hit=hit,
            crossing=crossing,
            post=row.post,
            wish=wish,
            text=check_text(text, needed=no.StatementRequired),
        ),
        by=by,
    )
    return HitMessage.objects.get(pk=message)


@command
def answer_hit_message(*, by: Actor, message: UUID, text: str) -> HitMessage:
    """Answer, at the post that was asked."""
    row = HitMessage.objects.filter(pk=message, post=by.post).first()
    if row is None:
        raise no.HitNotFound("Nobody asked your post this.")
    rules.check_may_answer(row.answered_at is not None)
    text = check_text(text, needed=no.StatementRequired)
    record(HitMessageAnswered(message=message, hit=row.hit, text=text), by=by)
    return HitMessage.objects.get(pk=message)


@command(at_hq=True)
def close_hit(*, by: Actor, hit: UUID, result: HitResult, reason: str) -> Hit:
    """Say what came of a hit. “Not the same” keeps the alert from being met again so."""
    row = _own(by, hit)
    rules.check_may_work(row.status)
    reason = check_text(reason, needed=no.ReasonRequired)
    record(HitClosed(hit=hit, result=result, reason=reason), by=by)
    if result is HitResult.NOT_SAME:
        rule_out_for(by, row, reason)
    return Hit.objects.get(pk=hit)


@command(at_hq=True)
def set_hit_clock(*, by: Actor, category: str, times: Times) -> None:
    """Within how many minutes hits of a category are verified, acknowledged and closed."""
    if category not in rules.USUAL:
        raise no.TimesImpossible("There is no such category.")
    rules.check_times(times)
    record(
        HitClockSet(
            category=category,
            verify=times.verify,
            acknowledge=times.acknowledge,
            close=times.close,
        ),
        by=by,
    )


def _own(by: Actor, hit: UUID) -> Hit:
    row = Hit.objects.filter(pk=hit, owner=by.agency).first()
    if row is None:
        raise no.HitNotFound("There is no such hit of your agency.")
    return row
