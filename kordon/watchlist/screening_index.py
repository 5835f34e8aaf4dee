"""The index of all persons in force, derived from the rows and never behind them.

A base lies on disk (`screening_base`), mapped by every process; what changed since is indexed
in memory, in layers: each knows the rows touched between two entries of the journal. A row
that was touched later, or does not count today, is hidden in what is older, so that it neither
surfaces nor takes the place of another candidate. Layers of like size are made into one.

The base is written anew by the worker when many rows changed. Until a process has it open it
goes on with the old one and its layers: nobody waits.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from kordon.lib import screening
from kordon.lib.screening import THRESHOLD, WEIGHTS, Candidate, Person, Weights
from kordon.watchlist.screening_base import (
    Mark,
    drop_base,
    in_force_after,
    listings_of,
    look,
    made_at,
    open_base,
    said_on_disk,
    touched_after,
    write_base,
)

if TYPE_CHECKING:
    from kordon.lib.screening import Index
    from kordon.lib.screening.index import Hidden

__all__ = ["Found", "discard", "forget", "load", "made_at", "notice", "refresh", "search"]

OVERLAY = 2_000
"""How many changed persons are indexed in memory before a new base is written."""
LARGEST_JOINED = 1_000
"""Layers of together no more are made into one; that takes 0.1 s."""
LARGEST_OVERLAY = 20_000
"""Without any base, how many a search indexes itself; if more, it writes one."""


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
    """Base or layer: an index of the rows touched ``after`` one entry and up to another."""

    index: "Index"
    after: Mark
    upto: Mark
    hidden: "Hidden"


@dataclass(frozen=True)
class _Held:
    """All parts, the base (if any) first. Together they know every row touched up to ``upto``."""

    parts: tuple[_Part, ...] = ()
    base: Mark = field(default_factory=Mark)
    upto: Mark = field(default_factory=Mark)
    day: int = 0


_lock = threading.Lock()
_renewing = threading.Lock()
_held = _Held()
_opening: threading.Thread | None = None
_opened: tuple["Index", Mark] | None = None


def search(
    person: Person,
    *,
    limit: int,
    today: date,
    threshold: float = THRESHOLD,
    weights: Weights = WEIGHTS,
) -> list[Found]:
    """Listed persons the traveller may be, best first. A candidate's key is its alert's id."""
    (found,), _ = search_marked(
        (person,), limit=limit, today=today, threshold=threshold, weights=weights
    )
    return found


def search_marked(
    persons: Iterable[Person], *, limit: int, today: date, threshold: float, weights: Weights
) -> tuple[list[list[Found]], Mark]:
    """The same for several, and how far the rows are known that were searched."""
    held = _current(today)
    parts = [(part, part.index.weighing(weights)) for part in held.parts]

    def ask(person: Person) -> list[Found]:
        every = [
            Found(candidate, part.upto.position, held.upto.position)
            for part, index in parts
            for candidate in index.search(
                person, limit=limit, threshold=threshold, without=part.hidden
            )
        ]
        return sorted(every, key=lambda f: (-f.candidate.score, f.candidate.key))[:limit]

    return [ask(person) for person in persons], held.upto


def known_as_far_as(mark: Mark) -> Mark | None:
    """How far the rows go here, if whoever searched up to ``mark`` knew all of them."""
    now, holds = look(mark)
    return now if holds and mark.position >= now.position else None


def notice(today: date) -> None:
    """Index what changed, so that the next traveller need not wait.

    Only in a process that has searched: loading what searches takes longer than it would save.
    """
    if _held.day:
        _current(today)


def refresh() -> None:
    """Write a new base if enough changed. For the worker: it takes a minute for a million."""
    if touched_after(said_on_disk()).count() > OVERLAY:
        _renew()


def load(today: date) -> None:
    """Hold the index and the code that searches it in memory. A server calls it as it starts:
    the first traveller must not wait for what only the first traveller would wait for."""
    screening.Index.warm_up()
    refresh()
    _current(today)


def forget() -> None:
    """Drop what is held in memory; the next search looks again."""
    global _held, _opened, _opening
    with _lock:
        _held, _opened, _opening = _Held(), None, None


def discard() -> None:
    """Make the index anew from the rows: some changed without an entry newer than it knows."""
    drop_base()
    forget()


def _current(today: date) -> _Held:
    """Parts that together know every row, as of a day."""
    held, day = _held, today.toordinal()
    now, holds = look(held.upto)
    if holds and held.upto == now and held.day == day and _opened is None:
        return held
    with _lock:
        return _catch_up(day)


def _catch_up(day: int) -> _Held:
    """Take over a newer base if one is open, and index in memory what changed since."""
    global _held
    held = _held if look(_held.upto)[1] else _Held()
    now, _ = look(held.upto)
    held = _with_newest_base(held, day)
    if held.upto != now:
        held = _with_layer(held, now, day)
    if held.day != day:
        held = replace(held, parts=tuple(_as_of(part, day) for part in held.parts), day=day)
    _held = held
    return held


def _with_newest_base(held: _Held, day: int) -> _Held:
    """The base another process wrote. Opened here only by those who have none yet."""
    global _opened
    opened, _opened = _opened, None
    if opened and opened[1].position > held.base.position and look(opened[1])[1]:
        return _begin(*opened, day)
    said = said_on_disk()
    if held.parts and said.position <= held.base.position:
        return held
    if held.parts:
        _open_meanwhile(said)
        return held
    if said.position and (index := open_base(said)):
        return _begin(index, said, day)
    return _made_now(day) if touched_after(Mark()).count() > LARGEST_OVERLAY else held


def _made_now(day: int) -> _Held:
    """A base that cannot wait: there is none, and too much to index it in each process."""
    now, _ = look(Mark())
    return _begin(write_base(now), now, day)


def _open_meanwhile(mark: Mark) -> None:
    """Checking hundreds of megabytes takes a while: travellers are served as before."""
    global _opening

    def work() -> None:
        global _opened
        if index := open_base(mark):
            _opened = (index, mark)

    if _opening is None or not _opening.is_alive():
        _opening = threading.Thread(target=work, name="opening the index", daemon=True)
        _opening.start()


def _begin(index: "Index", mark: Mark, day: int) -> _Held:
    """A base alone."""
    return _Held((_Part(index, Mark(), mark, index.hide(day=day)),), mark, mark, day)


def _with_layer(held: _Held, now: Mark, day: int) -> _Held:
    """One layer more for what was touched since; it is hidden in the others."""
    touched = [str(id) for id in touched_after(held.upto).values_list("id", flat=True)]
    parts = [_without(part, touched) for part in held.parts]
    parts.append(_layer(held.upto, now, day))
    while _worth_joining(parts[1:] if held.base.position else parts):
        parts[-2:] = [_layer(parts[-2].after, now, day)]
    return replace(held, parts=tuple(parts), upto=now, day=held.day or day)


def _worth_joining(layers: list[_Part]) -> bool:
    """Whether the last two layers are of like size, and joining them delays nobody."""
    *_, earlier, last = [0, 0, *(len(layer.index) for layer in layers)]
    return len(layers) > 1 and earlier <= 2 * last and earlier + last <= LARGEST_JOINED


def _layer(after: Mark, upto: Mark, day: int) -> _Part:
    index = screening.Index.build(listings_of(in_force_after(after)))
    return _Part(index, after, upto, index.hide(day=day))


def _without(part: _Part, keys: Iterable[str]) -> _Part:
    """The same with more hidden."""
    return replace(part, hidden=part.index.hide(keys, besides=part.hidden))


def _as_of(part: _Part, day: int) -> _Part:
    """The same on another day: what was hidden for being touched stays so."""
    later = [str(id) for id in touched_after(part.upto).values_list("id", flat=True)]
    return replace(part, hidden=part.index.hide(later, day=day))


def _renew() -> None:
    """Write a new base if much changed, while others go on searching in the old one."""
    global _opened
    with _renewing:
        now, _ = look(Mark())
        if touched_after(said_on_disk()).count() > OVERLAY:
            _opened = (write_base(now), now)
