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
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet

from kordon.journal.models import Entry
from kordon.lib.screening import Candidate, Index, IndexUnusable, Listing, Person
from kordon.watchlist.models import Alert
from kordon.watchlist.rules import Status
from kordon.watchlist.sources.records import Kind, Quality

SHAPE = 1
"""Counted up when listings are made otherwise; an index of another shape is made anew."""
OVERLAY = 2_000
"""How many changed persons are indexed in memory before a new base is written."""
WIDEST_RANGE = 15


@dataclass(frozen=True)
class Mark:
    """How far rows are known: the last entry that touched one, and its seal."""

    position: int = 0
    seal: str = ""


@dataclass(frozen=True)
class _Part:
    index: Index | None
    upto: Mark


_lock = threading.Lock()
_base = _Part(None, Mark())
_overlay = _Part(None, Mark())


def search(person: Person, *, limit: int) -> list[Candidate]:
    """Listed persons the traveller may be, best first. A candidate's key is its alert's id."""
    base, overlay = _current()
    found = _ask(overlay, person, limit)
    if base.index is not None:
        candidates = _ask(base, person, limit * 2)
        changed = _changed_among(candidates, base.upto.position)
        found += [c for c in candidates if c.key not in changed]
    return sorted(found, key=lambda c: (-c.score, c.key))[:limit]


def refresh() -> None:
    """Bring the index up to the rows now, so that the next traveller need not wait."""
    _current()


def forget() -> None:
    """Drop what is held in memory; the next search looks again."""
    global _base, _overlay
    with _lock:
        _base, _overlay = _Part(None, Mark()), _Part(None, Mark())


def _ask(part: _Part, person: Person, limit: int) -> list[Candidate]:
    return part.index.search(person, limit=limit) if part.index is not None else []


def _changed_among(candidates: list[Candidate], position: int) -> set[str]:
    """Those the overlay knows better."""
    ids = [UUID(candidate.key) for candidate in candidates]
    changed = (
        Alert.objects.filter(pk__in=ids, position__gt=position) if ids else Alert.objects.none()
    )
    return {str(id) for id in changed.values_list("id", flat=True)}


def _current() -> tuple[_Part, _Part]:
    """Base and overlay that together know every row."""
    global _base, _overlay
    now = _mark()
    base, overlay = _base, _overlay
    if overlay.upto == now and _holds(base.upto):
        return base, overlay
    with _lock:
        if not _holds(_base.upto):
            _base = _Part(None, Mark())
        _base = _newer_base(_base)
        count = _persons(_base.upto.position).count()
        if count > OVERLAY:
            _base = _write_base(now)
            count = 0
        listings = listings_of(_persons(_base.upto.position)) if count else ()
        _overlay = _Part(Index.build(listings) if count else None, now)
        return _base, _overlay


def _mark() -> Mark:
    """Up to where the rows go now."""
    position = Alert.objects.aggregate(last=Max("position"))["last"]
    if position is None:
        return Mark()
    seal = Entry.objects.filter(pk=position).values_list("seal", flat=True).first()
    return Mark(position, seal or "")


def _holds(mark: Mark) -> bool:
    """Whether this database has the entry the index was made after."""
    return not mark.position or Entry.objects.filter(pk=mark.position, seal=mark.seal).exists()


def _persons(after: int) -> QuerySet[Alert]:
    """Persons in force whose rows were touched after an entry."""
    return Alert.objects.filter(
        kind=Kind.PERSON, status=Status.IN_FORCE, position__gt=after
    ).order_by("id")


def listings_of(alerts: QuerySet[Alert]) -> Iterator[Listing]:
    """What the index needs to know of each alert."""
    for alert in alerts.prefetch_related("names").iterator(chunk_size=2000):
        yield listing_of(alert)


def listing_of(alert: Alert) -> Listing:
    """A range of birth years is given as its years; too wide a one says nothing."""
    names = list(alert.names.all())
    births = [tuple(birth) for birth in alert.births]
    for first, last in alert.birth_ranges:
        if last - first <= WIDEST_RANGE:
            births += [(year, 0, 0) for year in range(first, last + 1)]
    return Listing(
        key=str(alert.id),
        names=tuple(n.text for n in names if n.quality != Quality.WEAK),
        births=tuple(births),
        nationalities=tuple(alert.nationalities),
        sex=alert.sex,
        weak_names=tuple(n.text for n in names if n.quality == Quality.WEAK),
    )


def _folder() -> Path:
    return Path(settings.KORDON_HOME) / "index"


def _newer_base(known: _Part) -> _Part:
    """The base on disk if another process wrote a later one that fits this database."""
    try:
        said = json.loads((_folder() / "current").read_text())
        mark = Mark(said["position"], said["seal"])
        later = said["shape"] == SHAPE and mark.position > known.upto.position
        if later and _holds(mark):
            return _Part(Index.open(_folder() / said["folder"]), mark)
    except (FileNotFoundError, ValueError, KeyError, TypeError, IndexUnusable):
        pass  # no base, or none of ours: it is made anew from the rows
    return known


def _write_base(mark: Mark) -> _Part:
    """Index every person in force, keep it on disk, and clear away older generations."""
    index = Index.build(listings_of(_persons(0)))
    name = f"{mark.position}-{mark.seal[:12]}"
    _folder().mkdir(parents=True, exist_ok=True)
    index.save(_folder() / name)
    said = {"shape": SHAPE, "folder": name, "position": mark.position, "seal": mark.seal}
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
