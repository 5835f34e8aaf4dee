"""The second line: who waits, and everything about one traveller."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kordon.border.facts import MatchFound
from kordon.border.holding import holder_of
from kordon.border.models import (
    Check,
    ChipVerification,
    Crossing,
    Evidence,
    HitMessage,
    Inspection,
    InspectionClock,
    InterviewNote,
    Notice,
    PossibleMatch,
    Step,
)
from kordon.border.queries.chips import portraits_kept
from kordon.border.queries.crosscheck import cross_check_of
from kordon.border.queries.seals import seal_kept, seal_said
from kordon.border.rules import refusals as no
from kordon.border.rules.excluding import noted_quietly
from kordon.border.rules.inspecting import ALARM_MINUTES, ESCALATION_MINUTES, Clock, clock_of
from kordon.journal import files
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query
from kordon.lib.traveldocs.seal import JSONSeal, Seal
from kordon.watchlist.queries import Ruling, tell_rulings

WAITING = (Crossing.Status.REFERRED, Crossing.Status.IN_INSPECTION)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A traveller in second line. ``inspection`` is None until an officer has begun."""

    crossing: Crossing
    clock: Clock
    inspection: Inspection | None


@dataclass(frozen=True, kw_only=True)
class MatchSeen:
    """A possible match as judged so far, and why it is one (``found``, from the check)."""

    row: PossibleMatch
    found: MatchFound


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A match that was ruled out at an earlier check, with the rulings that hold about it."""

    found: MatchFound
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, kw_only=True)
class InspectionView:
    """Everything the second line may know about one traveller, already read."""

    crossing: Crossing
    inspection: Inspection | None
    clock: Clock
    check: Check | None
    matches: list[MatchSeen]
    set_aside: list[SetAside]
    messages: list[HitMessage]
    notes: list[InterviewNote]
    evidence: list[Evidence]
    notices: list[Notice]
    steps: list[Step]
    chip: dict[str, Any] | None
    seal: dict[str, Any] | None
    seal_content: Seal | JSONSeal | None
    cross_check: dict[str, Any] | None
    portraits: tuple[str, ...]


@query(personal=True)
def list_waiting(*, by: Actor) -> list[Waiting]:
    """Travellers in second line at the officer's post, longest first."""
    rows = Crossing.objects.filter(post=by.post, status__in=WAITING)
    now, minutes = timezone.now(), _minutes(by.post)
    found = [
        Waiting(
            crossing=row,
            clock=_clock(row, now, minutes),
            inspection=getattr(row, "inspection", None),
        )
        for row in rows.select_related("inspection").order_by("crossed_at")[:200]
    ]
    for one in found:
        note_read(f"crossing:{one.crossing.pk}")
    return found


@query(personal=True)
def list_hit_messages(*, by: Actor) -> list[tuple[HitMessage, Crossing]]:
    """What owners of alerts asked the officer's post or told it, unanswered, oldest first."""
    rows = list(HitMessage.objects.filter(post=by.post, answered_at=None).order_by("at")[:100])
    crossings = Crossing.objects.filter(post=by.post).in_bulk([row.crossing for row in rows])
    for row in rows:
        note_read(f"crossing:{row.crossing}")
    return [(row, crossings[row.crossing]) for row in rows if row.crossing in crossings]


@query(personal=True)
def get_inspection(*, by: Actor, crossing: UUID) -> InspectionView:
    """One traveller in (or after) second line at the officer's post."""
    row = Crossing.objects.filter(pk=crossing, post=by.post).select_related("inspection").first()
    if row is None:
        raise no.CrossingNotFound("There is no such crossing at your post.")
    note_read(f"crossing:{crossing}")
    check = Check.objects.filter(pk=row.check_uuid).first() if row.check_uuid else None
    return InspectionView(
        crossing=row,
        inspection=getattr(row, "inspection", None),
        clock=_clock(row, timezone.now(), _minutes(row.post)),
        check=check,
        matches=_matches(check),
        set_aside=_set_aside(check),
        messages=list(HitMessage.objects.filter(crossing=crossing).order_by("at")),
        notes=list(row.notes.order_by("at")),
        evidence=list(row.evidence.order_by("at")),
        notices=list(row.notices.order_by("at")),
        steps=list(row.steps.all()),
        chip=_chip(row),
        seal=seal_said(row.check_uuid, row.post),
        seal_content=seal_kept(row.check_uuid, row.post),
        cross_check=cross_check_of(row.check_uuid) if row.check_uuid else None,
        portraits=portraits_kept(row.check_uuid, row.post) if row.check_uuid else (),
    )


@query(personal=True)
def get_evidence(*, by: Actor, evidence: UUID) -> tuple[str, bytes]:
    """A photo of an inspection at the officer's post: media type and content."""
    row = Evidence.objects.filter(pk=evidence, crossing__post=by.post).first()
    if row is None:
        raise no.CrossingNotFound("There is no such photo at your post.")
    note_read(f"evidence:{evidence}")
    return row.media_type, files.read_kept(row.file)


def _matches(check: Check | None) -> list[MatchSeen]:
    """Matches the second line may see; what must leave no trace is not among them."""
    if check is None:
        return []
    said = {found.match: found for found in check.fact.matches}
    rows = PossibleMatch.objects.filter(check_uuid=check.pk, seen_by_second_line=True)
    return [
        MatchSeen(row=row, found=said[row.pk])
        for row in sorted(rows, key=lambda row: -said[row.pk].score)
    ]


def _set_aside(check: Check | None) -> list[SetAside]:
    """What an earlier ruling kept from being met here, as far as the second line may know."""
    if check is None:
        return []
    found = [one for one in check.fact.matches if noted_quietly(one)]
    holders = {holder_of(who).digest for who in (check.fact.identity, check.fact.read)}
    rulings = tell_rulings(frozenset((one.alert, who) for one in found for who in holders))
    return [
        SetAside(found=one, rulings=tuple(it for it in rulings if it.alert == one.alert))
        for one in found
    ]


def _chip(row: Crossing) -> dict[str, Any] | None:
    """The protocol of the chip, as recorded with the check."""
    if row.check_uuid is None:
        return None
    found = ChipVerification.objects.filter(check_uuid=row.check_uuid).first()
    return None if found is None else dict(found.said)


def _minutes(post: str) -> tuple[int, int]:
    row = InspectionClock.objects.filter(pk=post).first()
    if row is None:
        return ALARM_MINUTES, ESCALATION_MINUTES
    return row.alarm_minutes, row.escalation_minutes


def _clock(row: Crossing, now: datetime, minutes: tuple[int, int]) -> Clock:
    """Runs from the referral to the conclusion."""
    inspection: Inspection | None = getattr(row, "inspection", None)
    end = (inspection.concluded_at if inspection else None) or now
    return clock_of(row.at, end, alarm=minutes[0], escalation=minutes[1])
