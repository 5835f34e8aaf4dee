"""What is wrong with a node: the one rule behind the page of nodes, its map and its alarms.

Codes with parameters, no words, no clock. The same situation gives the same codes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kordon.journal.facts import NodeState

STOP, LOOK, FINE = "stop", "look", "fine"
ORDER = {STOP: 0, LOOK: 1, FINE: 2}
ENROLLED, QUARANTINED = NodeState.ENROLLED.value, NodeState.QUARANTINED.value


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When something is wrong. Sizes in bytes, spans in seconds; ``list_hours`` 0: never.

    ``…_days``: so long before a certificate ends people look at it, and must act. It should have
    been renewed 132 days before; without the authority none can be renewed to its full time.
    """

    silent_s: float = 300
    lag_entries: int = 5_000
    lag_s: float = 300
    clock_ms: int = 60_000
    disk_bytes: int = 1024**3
    disk_share: float = 0.05
    list_hours: int = 0
    certificate_days: tuple[int, int] = (60, 14)
    authority_days: tuple[int, int] = (400, 90)


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class NodeSeen:
    """A node as headquarters knows it now. What was not told is None, or empty."""

    node: str
    state: str
    since: datetime
    heard_at: datetime | None = None
    unsent: int = 0
    unsent_since: datetime | None = None
    behind: int = 0
    clock_offset_ms: int = 0
    disk_free: int | None = None
    disk_total: int | None = None
    refused: str = ""
    stopped: str = ""
    lists: dict[str, date] = field(default_factory=dict)
    certificate_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that is wrong: a code with parameters, and whether it is red or amber."""

    code: str
    level: str
    params: dict[str, str] = field(default_factory=dict)


DATABASE_FULL = Trouble(code="database_full", level=STOP)


def find_troubles(seen: NodeSeen, *, now: datetime, limits: Limits = LIMITS) -> tuple[Trouble, ...]:
    """Everything wrong with a node, worst first. Nothing is wrong with one nobody believes."""
    if seen.state == QUARANTINED:
        found: Iterable[Trouble] = (Trouble(code="quarantined", level=STOP),)
    elif seen.state == ENROLLED:
        found = _of_believed(seen, now, limits)
    else:
        found = ()
    return tuple(sorted(found, key=lambda one: ORDER[one.level]))


def find_own_troubles(
    stopped: str,
    free: int,
    total: int,
    limits: Limits = LIMITS,
    *,
    certificate: timedelta | None = None,
) -> tuple[Trouble, ...]:
    """What a post finds wrong with itself, with or without headquarters.

    ``certificate``: for how long it is good yet.
    """
    found = [_stopped(stopped)] if stopped else []
    ends = _about_end(certificate, limits.certificate_days, code="certificate")
    return (*found, *_about_disk(free, total, limits), *ends)


def find_troubles_of_headquarters(
    *,
    database_full: bool,
    store: str,
    free: int,
    total: int,
    certificate: timedelta | None = None,
    authority: timedelta | None = None,
    limits: Limits = LIMITS,
) -> tuple[Trouble, ...]:
    """What headquarters finds wrong with itself.

    ``store``: what is wrong with the broker's; ``certificate``, ``authority``: for how long they
    are good yet.
    """
    found = [DATABASE_FULL] if database_full else []
    found += [Trouble(code=store, level=STOP)] if store else []
    return (
        *found,
        *_about_disk(free, total, limits),
        *_about_end(certificate, limits.certificate_days, code="certificate"),
        *_about_end(authority, limits.authority_days, code="authority"),
    )


def worst_of(troubles: Iterable[Trouble]) -> str:
    return min((one.level for one in troubles), key=ORDER.__getitem__, default=FINE)


def _of_believed(seen: NodeSeen, now: datetime, limits: Limits) -> Iterator[Trouble]:
    if seen.refused:
        yield Trouble(code="refused", level=STOP, params={"code": seen.refused})
    last = seen.heard_at or seen.since
    if now - last > timedelta(seconds=limits.silent_s):
        # What it told long ago is no news: one alarm, not five.
        yield Trouble(code="silent", level=STOP, params={"since": last.isoformat()})
        return
    if seen.stopped:
        yield _stopped(seen.stopped)
    yield from _about_lag(seen, now, limits)
    if abs(seen.clock_offset_ms) > limits.clock_ms:
        yield Trouble(
            code="clock", level=STOP, params={"seconds": str(seen.clock_offset_ms // 1000)}
        )
    yield from _about_disk(seen.disk_free, seen.disk_total, limits)
    yield from _about_lists(seen, now, limits)
    left = seen.certificate_until - now if seen.certificate_until else None
    yield from _about_end(left, limits.certificate_days, code="certificate")


def _stopped(code: str) -> Trouble:
    return Trouble(code="stopped", level=STOP, params={"code": code})


def _about_lag(seen: NodeSeen, now: datetime, limits: Limits) -> Iterator[Trouble]:
    waits = seen.unsent_since is not None and (now - seen.unsent_since).total_seconds()
    if seen.unsent > limits.lag_entries or (seen.unsent and waits and waits > limits.lag_s):
        yield Trouble(code="lag", level=LOOK, params={"entries": str(seen.unsent)})
    if seen.behind > limits.lag_entries:
        yield Trouble(code="behind", level=LOOK, params={"entries": str(seen.behind)})


def _about_disk(free: int | None, total: int | None, limits: Limits) -> Iterator[Trouble]:
    if free is None:
        return
    if free < limits.disk_bytes or (total and free < total * limits.disk_share):
        yield Trouble(code="disk", level=STOP, params={"free": str(free)})


def _about_lists(seen: NodeSeen, now: datetime, limits: Limits) -> Iterator[Trouble]:
    if not limits.list_hours or not seen.lists:
        return
    name, day = min(seen.lists.items(), key=lambda one: one[1])
    if (now.date() - day).days * 24 > limits.list_hours:
        yield Trouble(code="list_old", level=LOOK, params={"list": name, "day": day.isoformat()})


def _about_end(left: timedelta | None, days: tuple[int, int], *, code: str) -> Iterator[Trouble]:
    look, stop = days
    if left is None or left >= timedelta(days=look):
        return
    level = STOP if left < timedelta(days=stop) else LOOK
    yield Trouble(code=code, level=level, params={"days": str(max(0, left.days))})
