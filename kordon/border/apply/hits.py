"""What owners do about hits becomes rows. Hits themselves come of checks and judgements."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from kordon.border import facts
from kordon.border.models import (
    EarlierPolicy,
    EarlierSearched,
    Hit,
    HitClock,
    HitMessage,
    PossibleMatch,
)
from kordon.border.rules.excluding import EXCLUDED
from kordon.border.rules.hits import ACKNOWLEDGED, CLOSED, OPEN, WITHDRAWN
from kordon.journal.models import Entry
from kordon.journal.writing import applies

_MATCH: TypeAdapter[facts.MatchFound] = TypeAdapter(facts.MatchFound)


def silent_hit(it: facts.TravellerChecked, found: facts.MatchFound, entry: Entry) -> list[Hit]:
    """The row of a match that the first line does not see: its owner is told at once."""
    if found.seen_by_first_line or found.strength == EXCLUDED:
        return []
    return [
        Hit(
            id=found.match,
            kind=facts.HitKind.SILENT,
            status=OPEN,
            alert=found.alert,
            owner=found.owner,
            category=found.category,
            reference=found.reference,
            strength=found.strength,
            post=entry.post,
            met_at=entry.at,
            reported_at=entry.at,
            check_uuid=it.check,
        )
    ]


def report_judged(it: facts.MatchJudged, entry: Entry) -> None:
    """A match that was confirmed, or that nobody could tell, is reported; others are taken back."""
    if it.judgement is facts.Judgement.NOT_SAME:
        Hit.objects.filter(pk=it.match, status__in=(OPEN, ACKNOWLEDGED)).update(status=WITHDRAWN)
        return
    match = PossibleMatch.objects.filter(pk=it.match).first()
    if match is None:
        return
    told = {
        "kind": facts.HitKind.MET,
        "status": OPEN,
        "alert": match.alert,
        "owner": match.owner,
        "category": match.category,
        "reference": match.reference,
        "strength": match.strength,
        "post": match.post,
        "met_at": match.at,
        "reported_at": entry.at,
        "check_uuid": match.check_uuid,
        "crossing": it.crossing,
    }
    hit, made = Hit.objects.get_or_create(pk=it.match, defaults=told)
    if not made:
        again = {"status": OPEN, "reported_at": entry.at} if hit.status == WITHDRAWN else {}
        _change(it.match, crossing=it.crossing, **again)


@applies(facts.HitAcknowledged)
def hit_acknowledged(it: facts.HitAcknowledged, entry: Entry) -> None:
    _change(
        it.hit,
        status=ACKNOWLEDGED,
        acknowledged_at=entry.at,
        acknowledged_by_name=entry.by_name,
        acknowledged_note=it.note,
    )


@applies(facts.HitMessageSent)
def hit_message_sent(it: facts.HitMessageSent, entry: Entry) -> None:
    HitMessage.objects.create(
        id=it.message,
        hit=it.hit,
        crossing=it.crossing,
        post=it.post,
        at=entry.at,
        by_name=entry.by_name,
        agency=entry.agency,
        wish=it.wish,
        text=it.text,
    )


@applies(facts.HitMessageAnswered)
def hit_message_answered(it: facts.HitMessageAnswered, entry: Entry) -> None:
    HitMessage.objects.filter(pk=it.message, answered_at=None).update(
        answered_at=entry.at, answered_by_name=entry.by_name, answer=it.text
    )


@applies(facts.HitClosed)
def hit_closed(it: facts.HitClosed, entry: Entry) -> None:
    _change(
        it.hit,
        status=CLOSED,
        closed_at=entry.at,
        closed_by_name=entry.by_name,
        result=it.result,
        closed_because=it.reason,
    )


@applies(facts.HitClockSet)
def hit_clock_set(it: facts.HitClockSet, entry: Entry) -> None:
    times = {"verify": it.verify, "acknowledge": it.acknowledge, "close": it.close}
    HitClock.objects.update_or_create(category=it.category, defaults=times)


@applies(facts.EarlierPolicySet)
def earlier_policy_set(it: facts.EarlierPolicySet, entry: Entry) -> None:
    told = {
        "days": it.days,
        "ground": it.ground,
        "set_at": entry.at,
        "set_by_name": entry.by_name,
    }
    EarlierPolicy.objects.update_or_create(pk=1, defaults=told)


@applies(facts.EarlierCrossingsFound)
def earlier_crossings_found(it: facts.EarlierCrossingsFound, entry: Entry) -> None:
    for one in it.found:
        told = {
            "kind": facts.HitKind.EARLIER,
            "status": OPEN,
            "alert": one.match.alert,
            "owner": one.match.owner,
            "category": one.match.category,
            "reference": one.match.reference,
            "strength": one.match.strength,
            "post": one.post,
            "met_at": one.crossed_at,
            "reported_at": entry.at,
            "check_uuid": one.check,
            "crossing": one.crossing,
            "found": _MATCH.dump_python(one.match, mode="json"),
        }
        Hit.objects.get_or_create(pk=one.match.match, defaults=told)


@applies(facts.EarlierCrossingsSearched)
def earlier_crossings_searched(it: facts.EarlierCrossingsSearched, entry: Entry) -> None:
    EarlierSearched.objects.create(
        id=it.search,
        at=entry.at,
        about=it.about,
        alerts=it.alerts,
        days=it.days,
        since=it.since,
        until=it.until,
        compared=it.compared,
        found=it.found,
    )


def _change(hit: UUID, **columns: Any) -> None:
    Hit.objects.filter(pk=hit).update(**columns)
