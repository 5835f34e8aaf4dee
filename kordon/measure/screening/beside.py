"""Kordon and other programs asked for the same travellers, one after another, each in turn.

Each program is asked until its time is used up. Travellers come in no order, so that a slow
program's share of them is a fair one, and Kordon is judged on that very share beside it.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kordon.lib.screening import Index
from kordon.measure.population import Population, Traveller, innocents, person_of, stress_mix
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile
from kordon.measure.screening.accuracy import (
    NOTHING,
    RATES,
    measurable,
    named,
    share_above,
    threshold_for,
)
from kordon.measure.screening.asking import MOST_ASKED_FOR
from kordon.measure.screening.listed import InventedList
from kordon.measure.screening.peers import LogicV2, Peer, Trigrams, missing, searchers

SECONDS = 90.0
"""How long each program is asked, at most."""
LISTED = 1_500
"""Asked for, and twice as many innocents."""
FLOOR = 4.0
TIMES_FASTER = 300


@dataclass
class Course:
    """What one program did: scores of those meant, best scores of innocents, times."""

    peer: Peer
    meant: list[float] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def spent(self) -> float:
        return sum(self.took) / 1000

    def ask(self, traveller: Traveller) -> None:
        begun = time.perf_counter()
        found = self.peer.find(traveller)
        self.took.append((time.perf_counter() - begun) * 1000)
        if traveller.number >= 0:
            self.meant.append(found.get(traveller.number, NOTHING))
        else:
            self.best.append(max(found.values(), default=NOTHING))


class Ours:
    """Kordon as a peer of the others. Already filled."""

    name = "kordon"

    def __init__(self, index: Index) -> None:
        self._index = index

    def find(self, traveller: Traveller) -> dict[int, float]:
        candidates = self._index.search(person_of(traveller), limit=MOST_ASKED_FOR, threshold=FLOOR)
        return {int(candidate.key): candidate.score for candidate in candidates}

    def first(self, traveller: Traveller, number: int) -> list[int]:
        candidates = self._index.search(person_of(traveller), limit=number, threshold=FLOOR)
        return [int(candidate.key) for candidate in candidates]

    def fill(self, listed: object) -> None:
        pass

    def size(self) -> int:
        return 0

    def close(self) -> None:
        pass


def measure_peers(
    report: Report, people: Population, size: int, index: Index, folder: Path
) -> None:
    ours = Ours(index)
    listed = {each.number: each for each in InventedList(people.seed, size, folder)}
    with _present(report, ours) as peers:
        for peer in peers:
            report.progress(f"filling {peer.name} …")
            begun = time.perf_counter()
            peer.fill(listed)
            report.figure(f"{peer.name}_filling_s", time.perf_counter() - begun)
            peer.find(people.innocent(0))  # what is loaded at the first question is loaded now
            if peer.size():
                report.figure(f"{peer.name}_bytes_per_person", peer.size() / size)
        report.progress("asking all in turn …")
        courses = [Course(ours), *(Course(peer) for peer in peers)]
        _ask_in_turn(courses, _travellers(people, size, report.travellers or LISTED))
    for course in courses[1:]:
        if not (course.best and course.meant):
            report.note(f"{course.peer.name} was too slow to be told anything of")
            continue
        _compare(report, courses[0], course, full=size >= 1_000_000)


@contextlib.contextmanager
def _present(report: Report, ours: Ours) -> Iterator[list[Peer]]:
    """All that are on this machine, and a word about those that are not."""
    for name in ("rapidfuzz", "tantivy", "logic_v2"):
        if word := missing(name):
            report.note(word)
    with contextlib.ExitStack() as stack:
        peers: list[Peer] = list(searchers())
        if not missing("logic_v2"):
            peers.append(LogicV2(ours.first))
        try:
            peers.append(Trigrams(stack.enter_context(temporary_postgres(durable=False))))
        except NoPostgres as reason:
            report.note(f"pg_trgm was not measured: {reason}")
        for peer in peers:
            stack.callback(peer.close)
        yield peers


def _travellers(people: Population, size: int, number: int) -> Iterator[Traveller]:
    """Of three travellers one is listed."""
    listed = stress_mix(people, size, number)
    strangers = innocents(people, 2 * number)
    for traveller in listed:
        yield traveller
        for _ in range(2):
            yield next(strangers)


def _ask_in_turn(courses: list[Course], travellers: Iterator[Traveller]) -> None:
    for turn, traveller in enumerate(travellers):
        at = turn % len(courses)
        for course in courses[at:] + courses[:at]:
            if course.spent < SECONDS or course.peer.name == "kordon":
                course.ask(traveller)


def _compare(report: Report, ours: Course, theirs: Course, *, full: bool) -> None:
    name, n, k = theirs.peer.name, len(theirs.best), len(theirs.meant)
    report.look_at(f"listed asked of {name}", k)
    report.look_at(f"innocents asked of {name}", n)
    report.figure(f"{name}_p50_ms", percentile(theirs.took, 0.5))
    report.figure(f"{name}_p99_ms", percentile(theirs.took, 0.99))
    mine = ours.took[: len(theirs.took)]
    report.figure(f"kordon_beside_{name}_p50_ms", percentile(mine, 0.5))
    faster = percentile(theirs.took, 0.5) / percentile(mine, 0.5)
    bar = TIMES_FASTER if full and name == "pg_trgm" else None
    report.figure(f"kordon_times_as_fast_as_{name}", faster, at_least=bar)
    report.figure(f"{name}_found_at_any_score", share_above(theirs.meant, NOTHING))
    for rate in RATES:
        if measurable(n, rate):
            for who, meant, best in (
                (name, theirs.meant, theirs.best),
                (f"kordon_beside_{name}", ours.meant[:k], ours.best[:n]),
            ):
                recall = share_above(meant, threshold_for(best, rate))
                report.figure(f"{who}_recall_at_{named(rate)}", recall)
    if isinstance(theirs.peer, LogicV2):
        _at_its_own(report, ours, theirs)


def _at_its_own(report: Report, ours: Course, theirs: Course) -> None:
    """LogicV2 gives many pairs a full 1: it is fairly judged at the threshold it recommends."""
    cut = LogicV2.OWN_THRESHOLD - 1e-9
    k, n = len(theirs.meant), len(theirs.best)
    rate = 1000 * share_above(theirs.best, cut)
    report.figure("logic_v2_recall_at_its_own_threshold", share_above(theirs.meant, cut))
    report.figure("logic_v2_false_per_1000_at_its_own_threshold", rate)
    same = threshold_for(ours.best[:n], rate)
    report.figure("kordon_recall_at_that_rate", share_above(ours.meant[:k], same))
