"""Crossings as they stand now, and the figures of the day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from kordon.border.earlier import LIMIT, keys_of, read_earlier
from kordon.border.facts import EarlierCrossing, Identity
from kordon.border.models import Check, Crossing
from kordon.border.place import place_of
from kordon.border.rules import refusals as no
from kordon.border.rules.keys import document_key
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

SAMPLE = 200


@dataclass(frozen=True, kw_only=True)
class Today:
    """Figures of one post since midnight there. Times are medians of the last decisions."""

    entries: int
    exits: int
    referred: int
    waiting: int
    in_inspection: int
    refused: int
    handed_over: int
    decision_seconds: float | None


@query(personal=True)
def get_crossing(*, by: Actor, crossing: UUID) -> Crossing:
    """One crossing of one's own post; whoever works at no post may name any."""
    row = Crossing.objects.filter(pk=crossing).first()
    if row is None or (by.post and row.post != by.post):
        raise no.CrossingNotFound("There is no such crossing.")
    note_read(f"crossing:{crossing}")
    return row


@query(personal=True)
def find_earlier_crossings(
    *, by: Actor, identity: Identity, limit: int = LIMIT
) -> tuple[EarlierCrossing, ...]:
    """Earlier crossings of this document and of this person, newest first, at every post."""
    note_read(f"document:{document_key(identity.issuer, identity.number)}")
    return read_earlier(keys_of([identity]), limit=min(limit, 500))


@query(personal=True)
def list_recent_decisions(*, by: Actor, limit: int = 3) -> list[Crossing]:
    """The officer's own last decisions of the last twelve hours, newest first."""
    since = timezone.now() - timedelta(hours=12)
    rows = Crossing.objects.filter(post=by.post, officer=by.id, crossed_at__gte=since)
    found = list(rows.order_by("-crossed_at")[:limit])
    for row in found:
        note_read(f"crossing:{row.pk}")
    return found


@query
def count_today(*, by: Actor) -> Today:
    """How many came, went and wait at the officer's post since midnight there."""
    rows = Crossing.objects.filter(post=by.post, crossed_at__gte=midnight(by))
    rows = rows.exclude(status=Crossing.Status.UNDONE)
    counted = rows.aggregate(
        entries=Count("pk", filter=Q(direction="entry")),
        exits=Count("pk", filter=Q(direction="exit")),
        # A referral carries its reasons for good, whatever became of it.
        referred=Count("pk", filter=~Q(reasons=[])),
        refused=Count("pk", filter=Q(status=Crossing.Status.REFUSED)),
        handed_over=Count("pk", filter=Q(status=Crossing.Status.HANDED_OVER)),
    )
    open_now = Crossing.objects.filter(post=by.post)
    return Today(
        **counted,
        waiting=open_now.filter(status=Crossing.Status.REFERRED).count(),
        in_inspection=open_now.filter(status=Crossing.Status.IN_INSPECTION).count(),
        decision_seconds=_decision_seconds(by),
    )


def midnight(by: Actor) -> datetime:
    """The last midnight at the officer's post."""
    zone = place_of(by).zone
    return datetime.combine(timezone.now().astimezone(zone).date(), time(), zone)


def _decision_seconds(by: Actor) -> float | None:
    checked = Check.objects.filter(pk=OuterRef("check_uuid")).values("at")
    rows = Crossing.objects.filter(post=by.post, check_uuid__isnull=False)
    rows = rows.filter(crossed_at__gte=midnight(by)).annotate(checked_at=Subquery(checked))
    times = rows.order_by("-crossed_at").values_list("at", "checked_at")[:SAMPLE]
    spans = [(at - checked_at).total_seconds() for at, checked_at in times if checked_at]
    return median(spans) if spans else None
