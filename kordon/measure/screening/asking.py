"""Asking an index on all cores, and its speed on one and on all."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from kordon.lib.screening import BirthEvidence, Index, Person
from kordon.measure.population import Traveller, person_of
from kordon.measure.screening.accuracy import NOTHING

MOST_ASKED_FOR = 50
MOST_FOR_INNOCENTS = 10
"""Only the best ones count there, and every candidate costs its explanation."""
PORTION = 250
FEW = 1000
"""So many are asked for before other processes would have started."""
_DATED = (BirthEvidence.UNKNOWN, BirthEvidence.YEAR_ONLY)


class Answer(NamedTuple):
    """Scores of a search: of the listing meant, of the best one, of the best with a full date."""

    meant: float
    best: float
    best_dated: float
    place: int
    """Of the listing meant among the candidates, from 0; -1 if it is none."""


class Speed(NamedTuple):
    """Times of single searches in milliseconds, one thread."""

    wall: list[float]
    processor: list[float]


_index: Index | None = None


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ask_all(path: Path, travellers: Sequence[Traveller], floor: float) -> list[Answer]:
    """Search for each, in processes that map the same files."""
    if len(travellers) <= FEW:
        index = Index.open(path)
        return [answer_of(index, each, person_of(each), floor) for each in travellers]
    portions = [travellers[at : at + PORTION] for at in range(0, len(travellers), PORTION)]
    with _processes(path) as pool:
        found = pool.map(_answers, portions, [floor] * len(portions))
        return [answer for portion in found for answer in portion]


def throughput(path: Path, travellers: Sequence[Traveller], processes: int) -> float:
    """Searches a second of `processes` that each ask all travellers at the same time."""
    with _processes(path, processes) as pool:
        list(pool.map(_warm, range(processes * 4)))
        share = [list(travellers) for _ in range(processes)]
        begun = time.perf_counter()
        list(pool.map(_answer_plainly, share))
        return processes * len(travellers) / (time.perf_counter() - begun)


def timed(index: Index, travellers: Sequence[Traveller]) -> Speed:
    """Each search as the product makes it, one after another in this thread."""
    wall, processor = [], []
    for person in map(person_of, travellers):
        began, worked = time.perf_counter(), time.thread_time()
        index.search(person)
        processor.append((time.thread_time() - worked) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return Speed(wall, processor)


def answer_of(index: Index, traveller: Traveller, person: Person, floor: float) -> Answer:
    meant, place, dated = NOTHING, -1, NOTHING
    limit = MOST_ASKED_FOR if traveller.number >= 0 else MOST_FOR_INNOCENTS
    candidates = index.search(person, limit=limit, threshold=floor)
    key = str(traveller.number)
    for at, candidate in enumerate(candidates):
        if candidate.key == key:
            meant, place = candidate.score, at
        if dated == NOTHING and candidate.birth not in _DATED:
            dated = candidate.score
    return Answer(meant, candidates[0].score if candidates else NOTHING, dated, place)


def _processes(path: Path, number: int | None = None) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number or cores(), context, initializer=_open, initargs=(path,))


def _open(path: Path) -> None:
    global _index
    Index.warm_up()
    _index = Index.open(path)


def _opened() -> Index:
    if _index is None:
        raise RuntimeError("the index is not open in this process")
    return _index


def _answers(travellers: Sequence[Traveller], floor: float) -> list[Answer]:
    index = _opened()
    return [answer_of(index, each, person_of(each), floor) for each in travellers]


def _warm(number: int) -> int:
    _opened().search(Person(("ERIKSSON ANNA",), (1974, 8, 12)))
    time.sleep(0.01)
    return number


def _answer_plainly(travellers: Sequence[Traveller]) -> None:
    index = _opened()
    for person in map(person_of, travellers):
        index.search(person)
