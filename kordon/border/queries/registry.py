"""Who is inside, and the figures: of the post where one works, or of all of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from kordon.border.models import Crossing, DayBreakdown, DayTotal, Stay
from kordon.journal.actor import Actor
from kordon.journal.command import note_read, query

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Inside:
    """Somebody who entered and, on that document, was not seen leaving.

    The names are those of the entry.
    """

    entry: UUID
    since: datetime
    days: int
    post: str
    document: str
    nationality: str
    surname: str
    given_names: str
    birth: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many crossed on a day, or in the month that began ``first``, and what became of them."""

    first: date
    post: str
    direction: str
    crossings: int
    referred: int
    refused: int
    handed_over: int


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """One day: per post and direction, and per nationality (code, direction, crossings)."""

    posts: list[Counted]
    nationalities: list[tuple[str, str, int]]


@query(personal=True)
def list_inside(
    *, by: Actor, days: int = 0, nationality: str = "", without: str = "", limit: int = 100
) -> list[Inside]:
    """Who is inside for longer than ``days``, longest first; ``without`` citizens of one state.

    Whoever works at a post sees who entered there.
    """
    rows = Stay.objects.filter(ended_at=None, entry_at__isnull=False)
    rows = rows.filter(entry_at__lte=timezone.now() - timedelta(days=max(0, days)))
    if by.post:
        rows = rows.filter(entry_post=by.post)
    if nationality:
        rows = rows.filter(nationality=nationality)
    if without:
        rows = rows.exclude(nationality=without)
    stays = list(rows.order_by("entry_at")[: min(limit, MOST)])
    entries = _entries(stays)
    found = [_inside(stay, entries[stay.id]) for stay in stays]
    for one in found:
        note_read(f"document:{one.document}")
    return found


@query
def get_day_figures(*, by: Actor, day: date) -> DayFigures:
    """The figures of one day, as counted by the clocks of the posts."""
    rows = _where(DayBreakdown.objects.filter(day=day), by)
    counted = rows.values_list("nationality", "direction").annotate(number=Sum("crossings"))
    return DayFigures(
        posts=_counted(_where(DayTotal.objects.filter(day=day), by).annotate(first=F("day"))),
        nationalities=sorted(counted, key=lambda row: (-row[2], row)),
    )


@query
def list_month_figures(*, by: Actor, first: date, last: date) -> list[Counted]:
    """The figures of each month between two days, which count too."""
    rows = _where(DayTotal.objects.filter(day__range=(first, last)), by)
    return _counted(rows.annotate(first=TruncMonth("day")))


@query
def list_month_nationalities(
    *, by: Actor, first: date, last: date
) -> list[tuple[date, str, str, int]]:
    """Month, nationality, direction and crossings between two days, which count too."""
    rows = _where(DayBreakdown.objects.filter(day__range=(first, last)), by)
    rows = rows.annotate(first=TruncMonth("day")).values_list("first", "nationality", "direction")
    return sorted(rows.annotate(number=Sum("crossings")))


def _where(rows: "QuerySet[Any]", by: Actor) -> "QuerySet[Any]":
    return rows.filter(post=by.post) if by.post else rows


def _counted(rows: "QuerySet[Any]") -> list[Counted]:
    """One line per ``first``, post and direction."""
    names = ("first", "post", "direction", "status", "referred")
    lines: dict[tuple[date, str, str], Counter[str]] = {}
    for *key, status, referred, number in rows.values_list(*names).annotate(n=Sum("crossings")):
        line = lines.setdefault(tuple(key), Counter())
        line[status] += number
        line["crossings"] += number
        line["sent on"] += number if referred else 0
    return [
        Counted(
            first=first,
            post=post,
            direction=direction,
            crossings=line["crossings"],
            referred=line["sent on"],
            refused=line[Crossing.Status.REFUSED],
            handed_over=line[Crossing.Status.HANDED_OVER],
        )
        for (first, post, direction), line in sorted(lines.items())
    ]


def _entries(stays: list[Stay]) -> dict[UUID, Crossing]:
    """The crossings these stays begin with. Their times say in which partitions they lie."""
    times = [stay.entry_at for stay in stays if stay.entry_at]
    rows = Crossing.objects.filter(pk__in=[stay.id for stay in stays], crossed_at__in=times)
    return {row.pk: row for row in rows}


def _inside(stay: Stay, entry: Crossing) -> Inside:
    assert stay.entry_at is not None
    return Inside(
        entry=stay.id,
        since=stay.entry_at,
        days=(timezone.now() - stay.entry_at).days,
        post=stay.entry_post,
        document=stay.document_key,
        nationality=stay.nationality,
        surname=entry.surname,
        given_names=entry.given_names,
        birth=entry.birth,
    )
