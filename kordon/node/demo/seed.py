"""Filling a new node with the demonstration: everything by facts and commands, nothing beside.

``seed`` is what ``kordon demo`` calls; ``seed_bench`` gives the benches a world of a size.
"""

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
from kordon.node.demo.founding import SEEDER, lay_down, make_roster, seeder
from kordon.node.demo.history import History
from kordon.node.demo.people import Registry
from kordon.node.demo.rhythm import Window
from kordon.node.demo.traffic import Traffic

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
    facts: int
    crossings: int


def nothing(what: str, done: int, total: int) -> None:
    """Say nothing."""


def seed(progress: Progress = nothing, *, size: Size | None = None) -> Seeded:
    """Make the demonstration in a node that is new and has its tables.

    Marks the node's folder first (``demo.json``) and says there when all is done.
    """
    home, size = Path(settings.KORDON_HOME), size or Size()
    begun = marker.begin(home)
    seeded = _fill(progress, size, begun.password, timezone.localtime())
    marker.complete(home)
    return seeded


def seed_bench(
    progress: Progress = nothing, *, alerts: int = 20_000, crossings: int = 50_000
) -> Seeded:
    """The same world for a bench, of another size, in a folder that no demonstration marks."""
    size = Size(alerts=alerts, documents=alerts // 4, vehicles=alerts // 40, crossings=crossings)
    return _fill(progress, size, marker.new_password(), timezone.localtime())


def _fill(progress: Progress, size: Size, password: str, now: datetime) -> Seeded:
    chance = Random(CHANCE)
    registry = Registry(chance, now.date())
    facts = _found(password, now)
    facts += _record_history(progress, registry, size.crossings, now)
    return Seeded(password=password, facts=facts, crossings=size.crossings)


def _found(password: str, now: datetime) -> int:
    hashed = hash_password(password)
    with writing():
        roles = load_default_roles(by=seeder())
        return roles + record_many(lay_down(now.date(), hashed))


def _record_history(progress: Progress, registry: Registry, count: int, now: datetime) -> int:
    window = Window(now - timedelta(days=DAYS), now)
    passages = Traffic(registry, window).passages(count)
    history = History(registry.chance, make_roster(registry.chance))
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


__all__ = ["SEEDER", "Progress", "Seeded", "Size", "seed", "seed_bench"]
