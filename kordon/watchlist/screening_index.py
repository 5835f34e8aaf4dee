"""The index of all persons in force, derived from the rows and never behind them.

A base lies on disk (``KORDON_HOME/index``), made when many rows changed; what changed since
is indexed in memory. Both say up to which entry of the journal they know the rows, with
that entry's seal, so that an index of another life of the database is never used. An alert
that is gone or over is still found by an old base: callers check every candidate's row.
"""

import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from kordon.lib import screening
from kordon.lib.screening import (
    THRESHOLD,
    WEIGHTS,
    Born,
    Candidate,
    IndexUnusable,
    Listing,
    Person,
    Weights,
)
from kordon.watchlist.models import Alert, AlertName
from kordon.watchlist.rules import Status
from kordon.watchlist.sources.records import Kind, Quality

if TYPE_CHECKING:
    from kordon.lib.screening import Index

SHAPE = 1
"""Counted up when listings are made otherwise; an index of another shape is made anew."""
OVERLAY = 2_000
"""How many changed persons are indexed in memory before a new base is written."""
LARGEST_OVERLAY = 20_000
"""How many a search indexes itself; if more changed, it waits for the new base."""
WIDEST_RANGE = 15
CHUNK = 2_000


@dataclass(frozen=True)
class Mark:
    """How far rows are known: the last entry that touched one, and its seal."""

    position: int = 0
    seal: str = ""


@dataclass(frozen=True)
class Found:
    """Holds only while the alert's row was not touched after ``upto``.

    Rows touched after ``newest`` are in no part of the index yet: search again.
    """

    candidate: Candidate
    upto: int
    newest: int


@dataclass(frozen=True)
class _Part:
    """Base or overlay. An overlay knows the rows touched ``after`` the base it was made for."""

    index: "Index | None"
    upto: Mark
    after: Mark = field(default_factory=Mark)


_lock = threading.Lock()
_renewing = threading.Lock()
_base = _Part(None, Mark())
_overlay = _Part(None, Mark())


def search(
    person: Person, *, limit: int, threshold: float = THRESHOLD, weights: Weights = WEIGHTS
) -> list[Found]:
    """Listed persons the traveller may be, best first. A candidate's key is its alert's id."""
    (found,), _ = search_marked((person,), limit=limit, threshold=threshold, weights=weights)
    return found


def search_marked(
    persons: Iterable[Person], *, limit: int, threshold: float, weights: Weights
) -> tuple[list[list[Found]], Mark]:
    """The same for several, and how far the rows are known that were searched."""
    base, overlay = _current()

    def ask(part: _Part, person: Person, most: int) -> list[Found]:
        if part.index is None:
            return []
        index = part.index.weighing(weights)
        candidates = index.search(person, limit=most, threshold=threshold)
        return [Found(it, part.upto.position, overlay.upto.position) for it in candidates]

    def both(person: Person) -> list[Found]:
        later = ask(overlay, person, limit)
        known = {found.candidate.key for found in later}
        earlier = [f for f in ask(base, person, limit * 2) if f.candidate.key not in known]
        every = sorted(later + earlier, key=lambda f: (-f.candidate.score, f.candidate.key))
        return every[: limit * 2]

    return [both(person) for person in persons], overlay.upto


def known_as_far_as(mark: Mark) -> Mark | None:
    """How far the rows go here, if whoever searched up to ``mark`` knew all of them."""
    now, holds = _look(mark)
    return now if holds and mark.position >= now.position else None


def refresh() -> None:
    """Bring the index up to the rows now, so that the next traveller need not wait.

    A process that has not searched yet (a command at the console) does so only if enough
    changed for a new base; loading what searches takes longer than what it would save.
    """
    if "Index" in vars(screening) or _persons(_said_on_disk().position).count() > OVERLAY:
        _renew()
        _current()


def load() -> None:
    """Hold the index and the code that searches it in memory. A server calls it as it starts:
    the first traveller must not wait for what only the first traveller would wait for."""
    screening.Index.warm_up()
    _renew()
    _current()


def forget() -> None:
    """Drop what is held in memory; the next search looks again."""
    global _base, _overlay
    with _lock:
        _base, _overlay = _Part(None, Mark()), _Part(None, Mark())


def discard() -> None:
    """Make the index anew from the rows: some changed without an entry newer than it knows."""
    (_folder() / "current").unlink(missing_ok=True)
    forget()


def _current() -> tuple[_Part, _Part]:
    """Base and overlay that together know every row."""
    base, overlay = _base, _overlay
    now, holds = _look(base.upto)
    if overlay.upto == now and overlay.after == base.upto and holds:
        return base, overlay
    if _persons(base.upto.position if holds else 0).count() > LARGEST_OVERLAY:
        _renew()
    with _lock:
        return _catch_up()


def _catch_up() -> tuple[_Part, _Part]:
    """Index in memory what changed since the base."""
    global _base, _overlay
    now, _ = _look(_base.upto)
    _base = _newest_base()
    changed = _persons(_base.upto.position)
    index = screening.Index.build(listings_of(changed)) if changed.exists() else None
    _overlay = _Part(index, now, after=_base.upto)
    return _base, _overlay


def _renew() -> None:
    """Write a new base if much changed, while others go on searching in the old one."""
    global _base
    with _renewing:
        with _lock:
            _base = _newest_base()
        now, _ = _look(_base.upto)
        if _persons(_base.upto.position).count() > OVERLAY:
            made = _write_base(now)
            with _lock:
                _base = made


def _newest_base() -> _Part:
    """The base held in memory, if it is of this database; a newer one on disk, if there is."""
    return _newer_base(_base if _holds(_base.upto) else _Part(None, Mark()))


def _look(known: Mark) -> tuple[Mark, bool]:
    """Up to where the rows go now, and whether this database has the entry of ``known``.

    Asked before every search, hence one plain statement: 0.1 ms instead of 1.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [known.position])
        position, seal, known_seal = cursor.fetchone()
    now = Mark(position, seal or "") if position is not None else Mark()
    return now, not known.position or known_seal == known.seal


_LOOK = """
SELECT last.position,
       (SELECT seal FROM journal_entry WHERE id = last.position),
       (SELECT seal FROM journal_entry WHERE id = %s)
FROM (SELECT MAX(position) AS position FROM watchlist_alert) AS last
"""


def _holds(mark: Mark) -> bool:
    return _look(mark)[1]


def _persons(after: int) -> QuerySet[Alert]:
    """Persons in force whose rows were touched after an entry."""
    return Alert.objects.filter(
        kind=Kind.PERSON, status=Status.IN_FORCE, position__gt=after
    ).order_by("id")


def listings_of(alerts: QuerySet[Alert]) -> Iterator[Listing]:
    """What the index needs to know of each alert. Columns, not objects: it is asked of all."""
    rows = alerts.values_list("id", "births", "birth_ranges", "nationalities", "sex")
    found = rows.iterator(chunk_size=CHUNK)
    while part := list(islice(found, CHUNK)):
        names = _names_of([id for id, *_ in part])
        for id, births, ranges, nationalities, sex in part:
            known = names.get(id, ())
            yield Listing(
                key=str(id),
                names=tuple(text for text, quality in known if quality != Quality.WEAK),
                births=_births(births, ranges),
                nationalities=tuple(nationalities),
                sex=sex,
                weak_names=tuple(text for text, quality in known if quality == Quality.WEAK),
            )


def _names_of(alerts: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Text and quality of the names of each alert, in their order."""
    names: dict[UUID, list[tuple[str, str]]] = {}
    rows = AlertName.objects.filter(alert__in=alerts).order_by("place")
    for alert, text, quality in rows.values_list("alert_id", "text", "quality"):
        names.setdefault(alert, []).append((text, quality))
    return names


def _births(births: list[list[int]], ranges: list[list[int]]) -> tuple[Born, ...]:
    """A range of birth years is given as its years; too wide a one says nothing."""
    made: list[Born] = [(year, month, day) for year, month, day in births]
    for first, last in ranges:
        if last - first <= WIDEST_RANGE:
            made += [(year, 0, 0) for year in range(first, last + 1)]
    return tuple(made)


def _folder() -> Path:
    return Path(settings.KORDON_HOME) / "index"


def made_at() -> float | None:
    """When the base on disk was written, in seconds since the epoch; None if there is none."""
    try:
        return (_folder() / "current").stat().st_mtime
    except FileNotFoundError:
        return None


def _said_on_disk() -> Mark:
    """Up to where the base on disk knows the rows; nowhere if there is none of ours."""
    try:
        said = json.loads((_folder() / "current").read_text())
        mark = Mark(said["position"], said["seal"]) if said["shape"] == SHAPE else Mark()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Mark()
    return mark if _holds(mark) else Mark()


def _newer_base(known: _Part) -> _Part:
    """The base on disk if another process wrote a later one that fits this database."""
    mark = _said_on_disk()
    if mark.position <= known.upto.position:
        return known
    try:
        return _Part(screening.Index.open(_folder() / _name(mark)), mark)
    except (FileNotFoundError, IndexUnusable):
        return known  # it is made anew from the rows


def _name(mark: Mark) -> str:
    return f"{mark.position}-{mark.seal[:12]}"


def _write_base(mark: Mark) -> _Part:
    """Index every person in force, keep it on disk, and clear away older generations."""
    index = screening.Index.build(listings_of(_persons(0)))
    name = _name(mark)
    _folder().mkdir(parents=True, exist_ok=True)
    index.save(_folder() / name)
    said = {"shape": SHAPE, "position": mark.position, "seal": mark.seal}
    fresh = _folder() / "current.new"
    fresh.write_text(json.dumps(said))
    fresh.replace(_folder() / "current")
    _drop_generations(keep={name})
    return _Part(index, mark)


def _drop_generations(keep: Iterable[str]) -> None:
    """Those who have an old one open keep reading it until they look again."""
    for folder in _folder().iterdir():
        if folder.is_dir() and folder.name not in set(keep):
            shutil.rmtree(folder, ignore_errors=True)
