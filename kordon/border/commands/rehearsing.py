"""An edition that waits, against the travellers of last month: whom would it have stopped?"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from kordon.border.commands.matching import traveller_of
from kordon.border.facts import Identity
from kordon.border.models import Crossing, DayTotal
from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.watchlist.commands import note_rehearsal
from kordon.watchlist.queries import Figures, Rehearsal, tell_rehearsal, waits_for_rehearsal

DAYS = 30
MOST_TRAVELLERS = 10_000
BUDGET_S = 0.5
TOGETHER = 5
"""Crossings that follow each other at one post are read together."""
_COLUMNS = (
    "plate", "document_type", "issuer", "number", "surname", "given_names", "nationality",
    "birth", "sex", "expiry",
)  # fmt: skip
Drawn = Iterator[dict[str, Any]]


@dataclass
class _Underway:
    """A rehearsal between its parts. A process that dies begins it again: it takes seconds."""

    rehearsal: Rehearsal
    crossings: int
    drawn: Drawn
    compared: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def figures(self) -> Figures:
        return Figures(
            travellers=self.compared,
            crossings=self.crossings,
            days=DAYS,
            entries=self.rehearsal.entries,
            of_entries=self.rehearsal.of_entries,
            stops=self.met["stop"],
            referrals=self.met["second_line"],
            silent=self.met["silent"],
        )


_underway: _Underway | None = None


@command(writes_late=True)
def rehearse_edition(*, by: Actor, clock: Callable[[], float] = time.monotonic) -> bool:
    """Do one part of the rehearsal that has waited longest; False if there is none.

    Only figures come of it: nobody learns who would have been stopped.
    """
    global _underway
    begun = clock()
    if _underway is None or not waits_for_rehearsal(_underway.rehearsal.edition):
        _underway = _begin()
    if _underway is None:
        return False
    for row in _underway.drawn:
        _compare(_underway, row)
        if clock() - begun > BUDGET_S:
            return True
    done, _underway = _underway, None
    note_rehearsal(by=by, edition=done.rehearsal.edition, figures=done.figures())
    return True


def _begin() -> _Underway | None:
    rehearsal = tell_rehearsal() if waits_for_rehearsal(None) else None
    if rehearsal is None:
        return None
    until = timezone.now()
    since = until - timedelta(days=DAYS)
    totals = _totals(since.date())
    crossings = sum(number for _day, _post, number in totals)
    chance = Random(str(rehearsal.edition))  # nosec B311  the same edition, the same sample
    drawn = _all(since) if crossings <= MOST_TRAVELLERS else _sample(totals, chance)
    return _Underway(rehearsal, crossings, drawn)


def _compare(underway: _Underway, row: dict[str, Any]) -> None:
    who = Identity(**{name: row[name] for name in Identity.__dataclass_fields__})
    numbers = [(who.issuer, who.number)] if who.number else []
    met = underway.rehearsal.meets(traveller_of(who), numbers, row["plate"])
    underway.met[met] += 1
    underway.compared += 1


def _totals(since: date) -> list[tuple[date, str, int]]:
    rows = DayTotal.objects.filter(day__gte=since).values_list("day", "post")
    counted = rows.annotate(number=Sum("crossings")).order_by("day", "post")
    return [(day, post, number) for day, post, number in counted if number > 0]


def _all(since: datetime) -> Drawn:
    rows = Crossing.objects.filter(crossed_at__gte=since).exclude(status=Crossing.Status.UNDONE)
    return iter(list(rows.values(*_COLUMNS)[:MOST_TRAVELLERS]))


def _sample(totals: list[tuple[date, str, int]], chance: Random) -> Drawn:
    """Some crossings from a moment on of a day and post, drawn by how many crossed there."""
    draws, zone = MOST_TRAVELLERS // TOGETHER, timezone.get_current_timezone()
    weights = [number for _day, _post, number in totals]
    for day, post, _number in chance.choices(totals, weights, k=draws):
        midnight = datetime.combine(day, datetime.min.time(), tzinfo=zone)
        moment = midnight + timedelta(seconds=chance.randrange(24 * 3600))
        rows = Crossing.objects.filter(post=post, crossed_at__gte=moment)
        rows = rows.exclude(status=Crossing.Status.UNDONE).order_by("crossed_at")
        yield from rows.values(*_COLUMNS)[:TOGETHER]
