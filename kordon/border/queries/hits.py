"""Hits: for their owners, whole; for who is on duty, their clocks alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from pydantic import TypeAdapter

from kordon.border.facts import Identity, MatchFound
from kordon.border.hit_crossing import crossing_of
from kordon.border.models import Check, Crossing, Hit, HitClock, HitMessage, PossibleMatch
from kordon.border.rules import hits as rules
from kordon.border.rules import refusals as no
from kordon.border.rules.hits import Due, Times
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

PAGE = 100
STILL_OPEN = (rules.OPEN, rules.ACKNOWLEDGED)
_FOUND: TypeAdapter[MatchFound] = TypeAdapter(MatchFound)


@dataclass(frozen=True, kw_only=True)
class HitLine:
    """A hit of one's own agency as one line: who was met, where, and what is due."""

    row: Hit
    due: Due
    traveller: Identity | None


@dataclass(frozen=True, kw_only=True)
class HitView:
    """A hit of one's own agency, whole. ``identity`` is the traveller by the form that met it."""

    row: Hit
    due: Due
    found: MatchFound | None
    identity: Identity | None
    check: Check | None
    match: PossibleMatch | None
    crossing: Crossing | None
    messages: tuple[HitMessage, ...]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What is due by whom, about nobody: for who watches that it is done."""

    id: UUID
    kind: str
    category: str
    owner: str
    post: str
    met_at: datetime
    due: Due
    alert_sure: bool


@query(personal=True)
def list_hits(*, by: Actor, everything: bool = False, alert: UUID | None = None) -> list[HitLine]:
    """Hits of the actor's own agency: the open ones by what is due first, or all, newest first."""
    rows = Hit.objects.filter(owner=by.agency)
    rows = rows.filter(alert=alert) if alert else rows
    if not everything:
        rows = rows.filter(status__in=STILL_OPEN)
    times, now = list_times(), timezone.now()
    found = list(rows.order_by("-reported_at")[: PAGE if everything else 5 * PAGE])
    travellers = _travellers(found)
    for row in found:
        note_read(f"alert:{row.alert}")
    lines = [
        HitLine(row=row, due=_due(row, times, now), traveller=travellers.get(row.pk))
        for row in found
    ]
    return lines if everything else sorted(lines, key=lambda line: line.due.at or now)[:PAGE]


@query(personal=True)
def get_hit(*, by: Actor, hit: UUID) -> HitView:
    """One hit of the actor's own agency. Raises ``HitNotFound``."""
    row = Hit.objects.filter(pk=hit, owner=by.agency).first()
    if row is None:
        raise no.HitNotFound("There is no such hit of your agency.")
    note_read(f"alert:{row.alert}")
    check = Check.objects.filter(pk=row.check_uuid).first() if row.check_uuid else None
    crossing = Crossing.objects.filter(pk__in=[crossing_of(row)]).first()
    found = _found(row, check)
    return HitView(
        row=row,
        due=_due(row, list_times(), timezone.now()),
        found=found,
        identity=_identity(check, found) if check else identity_of(crossing),
        check=check,
        match=PossibleMatch.objects.filter(pk=row.pk).first(),
        crossing=crossing,
        messages=tuple(HitMessage.objects.filter(hit=hit).order_by("at")),
    )


@query
def list_hit_clocks(*, by: Actor) -> list[Clock]:
    """Everything that is due about hits of all agencies, the most overdue first. Names nobody."""
    times, now = list_times(), timezone.now()
    rows = Hit.objects.filter(status__in=STILL_OPEN).order_by("reported_at")
    told = [_clock(row, _due(row, times, now)) for row in rows[: 5 * PAGE]]
    found = told + [_clock(row, _due_for_judging(row, times, now)) for row in _unjudged()]
    return sorted(found, key=lambda clock: clock.due.at or now)


@query
def list_hit_times(*, by: Actor) -> dict[str, Times]:
    """The times of every category, as set or as usual."""
    return list_times()


def list_times() -> dict[str, Times]:
    """The times that hold, by category."""
    return dict(rules.USUAL) | {
        row.category: Times(verify=row.verify, acknowledge=row.acknowledge, close=row.close)
        for row in HitClock.objects.all()
    }


def _due(row: Hit, times: dict[str, Times], now: datetime) -> Due:
    return rules.due(
        status=row.status,
        reported=row.reported_at,
        acknowledged=row.acknowledged_at,
        times=times.get(row.category, rules.USUAL["agency_notice"]),
        now=now,
    )


def _due_for_judging(row: PossibleMatch, times: dict[str, Times], now: datetime) -> Due:
    known = times.get(row.category, rules.USUAL["agency_notice"])
    return rules.due_for_judging(row.at, known, now)


def _unjudged() -> list[PossibleMatch]:
    """Matches of travellers who stand in the second line now."""
    waiting = (Crossing.Status.REFERRED, Crossing.Status.IN_INSPECTION)
    checks = Crossing.objects.filter(status__in=waiting).values("check_uuid")
    return list(
        PossibleMatch.objects.filter(
            check_uuid__in=checks, seen_by_second_line=True, judgement=""
        ).order_by("at")[: 5 * PAGE]
    )


def _clock(row: Hit | PossibleMatch, due: Due) -> Clock:
    return Clock(
        id=row.pk,
        kind=row.kind if isinstance(row, Hit) else "candidate",
        category=row.category,
        owner=row.owner,
        post=row.post,
        met_at=row.met_at if isinstance(row, Hit) else row.at,
        due=due,
        alert_sure=row.strength == "stop",
    )


def _travellers(rows: Iterable[Hit]) -> dict[UUID, Identity]:
    rows = list(rows)
    checks = Check.objects.in_bulk([row.check_uuid for row in rows if row.check_uuid])
    crossings = Crossing.objects.in_bulk([row.crossing for row in rows if row.crossing])
    told: dict[UUID, Identity] = {}
    for row in rows:
        check = checks.get(row.check_uuid) if row.check_uuid else None
        who = check.fact.identity if check else identity_of(crossings.get(row.crossing))
        if who is not None:
            told[row.pk] = who
    return told


def _found(row: Hit, check: Check | None) -> MatchFound | None:
    if row.found:
        return _FOUND.validate_python(row.found)
    said = (found for found in check.fact.matches if found.match == row.pk) if check else ()
    return next(iter(said), None)


def _identity(check: Check, found: MatchFound | None) -> Identity:
    """The form that met the alert."""
    return check.fact.read if found and found.form == "read" else check.fact.identity


def identity_of(crossing: Crossing | None) -> Identity | None:
    """The traveller of a crossing by their document."""
    if crossing is None:
        return None
    told: dict[str, Any] = {name: getattr(crossing, name) for name in Identity.__dataclass_fields__}
    return Identity(**told)
