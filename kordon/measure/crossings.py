"""A registry full of invented crossings, and questions to it. Loaded only in a temporary node."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from kordon.border import queries
from kordon.border.earlier import keys_of, read_earlier
from kordon.border.facts import CrossingRecorded, Decision, Direction, Identity
from kordon.border.models import Crossing, DayBreakdown, DayTotal, Stay, Timeline
from kordon.border.partitions import make_months
from kordon.border.rules.stays import Move, moved, pair
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.fact import kind_of
from kordon.journal.models import Entry
from kordon.journal.reacting import SYSTEM
from kordon.journal.writing import BATCH, Applying, writing
from kordon.measure import filling, loading

DAYS = 730
EACH = 5
"""Crossings of each document, entries and exits by turns."""
WARM = 200
KEPT: tuple[type[models.Model], ...] = (Crossing, Timeline, Stay, DayTotal, DayBreakdown)
BY = Actor(id=SYSTEM, name="measure", rights=frozenset((*COMMANDS, *QUERIES)))


def prepare() -> list[str]:
    """Months for two years, and room to load quickly; returns what makes the indexes again."""
    make_months(now=timezone.now(), since=timezone.now() - timedelta(days=DAYS + 1))
    return loading.begin(Crossing, Timeline, Stay)


def fill_crossings(first: int, last: int, number: int) -> None:
    """The crossings numbered ``first`` to ``last``, in the order of their times, and their
    lines of the timeline."""
    seconds = DAYS * 86_400
    begin = int(time.time()) // 86_400 * 86_400 - seconds
    told = {"first": first, "last": last, "number": number, "people": _people(number)}
    statements = filling.crossings(connection.vendor, begin=begin, seconds=seconds, **told)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def fill_the_rest() -> dict[str, int]:
    """Stays and figures from what is there; returns how many rows each table has."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL work_mem = '512MB'")
        for statement in filling.THE_REST:
            cursor.execute(statement)
    return {model._meta.label: model._base_manager.count() for model in KEPT}


def compare(number: int, sample: int = 500) -> dict[str, int]:
    """Stays of some documents against the appliers' rule; figures against the crossings."""
    different = 0
    for who in _travellers(number, sample):
        key = f"{who.issuer}/{who.number}"
        lines = Timeline.objects.filter(document_key=key)
        moves = [
            Move(
                row.crossing,
                key,
                row.crossed_at,
                row.direction == "entry",
                row.post,
                row.nationality,
            )
            for row in lines
            if moved(row.status, entry=row.direction == "entry")
        ]
        expected = {
            (one.began.crossing, one.exit.crossing if one.exit else None, one.ended_at)
            for one in pair(moves, since=datetime(1990, 1, 1, tzinfo=UTC))
        }
        held = set(Stay.objects.filter(document_key=key).values_list("id", "exit", "ended_at"))
        different += not lines or held != expected
    counted = [
        model._base_manager.aggregate(n=models.Sum("crossings"))["n"]
        for model in (DayTotal, DayBreakdown)
    ]
    uncounted = sum(abs(number - each) for each in counted)
    return {"documents": sample, "different": different, "uncounted": uncounted}


def ask(number: int, lookups: int) -> dict[str, list[float]]:
    """Milliseconds of each question, asked of tables that were touched before."""
    known = _travellers(number, WARM)
    today = timezone.now().date()
    since = today - timedelta(days=DAYS)
    at_post = Actor(id=SYSTEM, name="measure", post="P07", rights=BY.rights)
    times = max(1, lookups // WARM)
    return {
        "history": _timed(known, times, lambda who: read_earlier(keys_of([who]))),
        "logged": _timed(known, 1, lambda who: queries.find_earlier_crossings(by=BY, identity=who)),
        "inside": _timed(range(30), 1, lambda day: queries.list_inside(by=BY, days=90 + day)),
        "inside_of_post": _timed(
            range(30), 1, lambda day: queries.list_inside(by=at_post, days=90 + day, without="KGZ")
        ),
        "day": _timed(
            range(100),
            1,
            lambda day: queries.get_day_figures(by=BY, day=today - timedelta(days=1 + 7 * day)),
        ),
        "months": _timed(
            range(10), 1, lambda _: queries.list_month_figures(by=BY, first=since, last=today)
        ),
        "nationalities": _timed(
            range(10),
            1,
            lambda _: queries.list_month_nationalities(by=BY, first=since, last=today),
        ),
    }


def apply_more(number: int) -> float:
    """Crossings applied per second by one worker on top of all that is there, then taken back."""
    chance = random.Random(7)  # noqa: S311  # nosec B311
    known = _travellers(Crossing.objects.count(), number)
    entries = [(what, _entry(what)) for what in _facts(known, chance)]
    with suppress(_TakenBack), writing(alone=True):
        begun = time.perf_counter()
        applying = Applying()
        for place, (what, entry) in enumerate(entries, start=1):
            applying.apply(what, entry)
            if place % BATCH == 0:
                applying.flush()
        applying.flush()
        took = time.perf_counter() - begun
        raise _TakenBack
    return number / took


class _TakenBack(Exception):
    """It was only to be measured."""


def _facts(known: list[Identity], chance: random.Random) -> Iterator[CrossingRecorded]:
    now = timezone.now()
    for place, who in enumerate(known):
        yield CrossingRecorded(
            crossing=UUID(int=chance.getrandbits(128), version=4),
            check=UUID(int=chance.getrandbits(128), version=4),
            direction=chance.choice(list(Direction)),
            decision=Decision.ADMIT,
            crossed_at=now + timedelta(seconds=place),
            identity=who,
        )


def _entry(what: CrossingRecorded) -> Entry:
    kind, number = kind_of(CrossingRecorded), what.crossing.int % 20
    return Entry(kind=kind, at=what.crossed_at, by=SYSTEM, by_name="measure", post=f"P{number:02}")


def _timed(what: Any, times: int, question: Callable[[Any], object], /) -> list[float]:
    """Each question once to warm up, then ``times`` measured."""
    for one in what:
        question(one)
    took = []
    for _ in range(times):
        for one in what:
            begun = time.perf_counter()
            question(one)
            took.append(1000 * (time.perf_counter() - begun))
    return took


def _people(number: int) -> int:
    """Not a multiple of what scatters them, so that each number is met."""
    people = max(1, number // EACH)
    return people + 1 if people % 7919 == 0 else people


def _travellers(number: int, sample: int) -> list[Identity]:
    """Some of the invented, as ``filling`` wrote them."""
    chance = random.Random(9303)  # noqa: S311  # nosec B311
    people = _people(number)
    return [_traveller(chance.randrange(people)) for _ in range(sample)]


def _traveller(person: int) -> Identity:
    states = "KGZUZBTJKTKMCHNRUSTURAFG"
    state = states[3 * (person % 8) : 3 * (person % 8) + 3]
    return Identity(
        document_type="P",
        issuer=state,
        number=f"AC{person:08}",
        surname=f"BEK{chr(65 + person % 26)}{chr(65 + person // 26 % 26)}OV",
        given_names="AIGUL",
        nationality=state,
        birth=f"{1950 + person % 60}-08-12",
        sex="F",
        expiry="2033-01-01",
    )
