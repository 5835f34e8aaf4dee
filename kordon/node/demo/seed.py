"""Filling a new node with the demonstration: everything by facts and commands, nothing beside.

``seed`` is what ``kordon demo`` calls; ``seed_bench`` gives the benches a world of a size.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.utils import timezone

from kordon.accounts.commands import load_default_roles
from kordon.accounts.passwords import hash_password
from kordon.journal.actor import Actor
from kordon.journal.writing import record_many, writing
from kordon.node.demo import marker
from kordon.node.demo.chips import believe_utopia
from kordon.node.demo.founding import Roster, lay_down, make_roster, seeder
from kordon.node.demo.history import History
from kordon.node.demo.people import Registry
from kordon.node.demo.places import colleagues_of
from kordon.node.demo.rhythm import Window
from kordon.node.demo.seals import believe_signer
from kordon.node.demo.staff import PLACES, Place
from kordon.node.demo.standing import earlier_passages, let_wait
from kordon.node.demo.traffic import Traffic
from kordon.node.demo.watching import import_lists, raise_by_hand
from kordon.watchlist.screening_index import refresh

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much of it is done, and how much there will be."""
CHANCE = 20_261_122
DAYS = 90
EVERY = 500


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of everything there is."""

    alerts: int = 20_000
    documents: int = 5_000
    vehicles: int = 500
    crossings: int = 50_000


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """What was made, counted, and the password of the demonstration's accounts."""

    password: str
    alerts: int
    by_hand: int
    crossings: int


def nothing(what: str, done: int, total: int) -> None:
    """Say nothing."""


def seed(progress: Progress = nothing, *, size: Size | None = None) -> Seeded:
    """Make the demonstration in a node that is new and has its tables.

    The node's folder is marked first (``demo.json``), and says when all is done.
    """
    home, size = Path(settings.KORDON_HOME), size or Size()
    begun = marker.read(home) or marker.begin(home)
    seeded = _fill(progress, size, begun.password, timezone.localtime())
    marker.complete(home)
    return seeded


def seed_bench(
    progress: Progress = nothing, *, alerts: int = 20_000, crossings: int = 50_000
) -> Seeded:
    """The same world for a bench, of another size, in a folder that no demonstration marks."""
    size = Size(alerts=alerts, documents=alerts // 4, vehicles=alerts // 40, crossings=crossings)
    return _fill(progress, size, marker.new_password(), timezone.localtime())


def seed_country(password: str, *, size: Size, places: tuple[Place, ...]) -> None:
    """At a new headquarters: everything posts will be told, and some history of its own."""
    now, chance = timezone.localtime(), Random(CHANCE)  # nosec B311
    registry, roster = Registry(chance, now.date()), make_roster(chance)
    with writing():
        load_default_roles(by=seeder())
        people = lay_down(now.date(), hash_password(password), places, colleagues_of(places))
        record_many(people)
        import_lists(registry, size.alerts, size.documents, size.vehicles, nothing)
        raise_by_hand(registry)
        believe_utopia()
        believe_signer()
        if set(PLACES) <= set(places):
            _record_history(nothing, registry, roster, size.crossings, now)
    refresh()


def _fill(progress: Progress, size: Size, password: str, now: datetime) -> Seeded:
    warming = _warm_up()
    chance = Random(CHANCE)  # nosec B311  (invented people need no secrets)
    registry, roster = Registry(chance, now.date()), make_roster(chance)
    # One transaction: the index is built once, at its end, when the code for it is compiled.
    with writing():
        _found(password, now)
        alerts = import_lists(registry, size.alerts, size.documents, size.vehicles, progress)
        by_hand = raise_by_hand(registry)
        believe_utopia()
        believe_signer()
        _record_history(progress, registry, roster, size.crossings, now)
        progress("screening index", 0, 1)
        warming.wait()
    refresh()
    let_wait(roster, now)
    progress("screening index", 1, 1)
    return Seeded(password=password, alerts=alerts, by_hand=by_hand, crossings=size.crossings)


def _warm_up() -> "subprocess.Popen[bytes]":
    """Compile the matching code beside the seeding: on a new node that takes half a minute."""
    call = [sys.executable, "-c", "from kordon.lib.screening import Index; Index.warm_up()"]
    return subprocess.Popen(call)  # nosec B603  (our own interpreter, our own words)


def _found(password: str, now: datetime) -> int:
    hashed = hash_password(password)
    with writing():
        roles = load_default_roles(by=seeder())
        return roles + record_many(lay_down(now.date(), hashed))


def _record_history(
    progress: Progress, registry: Registry, roster: Roster, count: int, now: datetime
) -> int:
    window = Window(now - timedelta(days=DAYS), now)
    of_cards = earlier_passages(now)
    passages = Traffic(registry, window).passages(count - len(of_cards)) + of_cards
    passages.sort(key=lambda each: each.at)
    history = History(registry.chance, roster)
    with writing():
        return record_many(_counted(history.facts(passages), progress, "crossings", count))


def _counted(
    facts: Iterable[tuple[Any, Actor]], progress: Progress, what: str, total: int
) -> Iterator[tuple[Any, Actor]]:
    """The facts as they come, telling now and then how far it is."""
    for number, each in enumerate(facts):
        if number % EVERY == 0:
            progress(what, min(number, total), total)
        yield each
    progress(what, total, total)
