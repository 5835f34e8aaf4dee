"""Screening of a million listed persons: accuracy, speed, size, and with --peers other programs.

The list, those on it who travel, and innocents are invented (``kordon/measure/population``); the
figures are of a seed nobody tunes on unless ``--seed`` names another. Two mixes are asked:
*stress*, fifteen kinds of distortion in equal parts, and *field*, as a passport control sees
them. A rate is that of innocents of whom something is shown, score strictly above the threshold.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kordon.lib.screening import Index
from kordon.measure.population import (
    HELD_OUT,
    Listed,
    Population,
    Traveller,
    field_mix,
    innocents,
    listing_of,
    person_of,
    stress_mix,
)
from kordon.measure.report import Report, percentile
from kordon.measure.screening.accuracy import (
    RATES,
    deviation,
    measurable,
    named,
    share_above,
    threshold_for,
)
from kordon.measure.screening.asking import Answer, ask_all, cores, throughput, timed
from kordon.measure.screening.listed import InventedList

PERSONS = 1_000_000
INNOCENTS = 25_000
TRAVELLERS = 6_000
TIMED = 4_000
CHANGED = 1_000
FLOOR = 4.0
"""Lowest score asked for; far below every threshold of `RATES`, or the bench says so."""
SPLIT_AT = 30.0
"""The rate at whose threshold kinds, scripts and cultures are told apart."""


class Asked(NamedTuple):
    """Travellers of one mix, what was found, and their listings."""

    travellers: list[Traveller]
    answers: list[Answer]
    listings: list[Listed]

    def meant(self, keep: Callable[[Traveller, Listed], bool] = lambda *_: True) -> list[float]:
        both = zip(self.travellers, self.listings, self.answers, strict=True)
        return [answer.meant for traveller, listed, answer in both if keep(traveller, listed)]

    def by(self, group: Callable[[Traveller, Listed], str]) -> dict[str, list[float]]:
        """Scores of the listings meant, by what `group` says."""
        found: dict[str, list[float]] = {}
        for traveller, listed, answer in zip(
            self.travellers, self.listings, self.answers, strict=True
        ):
            found.setdefault(group(traveller, listed), []).append(answer.meant)
        return found


def measure(report: Report) -> None:
    size = report.usually(PERSONS)
    seed = HELD_OUT if report.seed is None else report.seed
    _say_which(report, seed, size)
    with tempfile.TemporaryDirectory(prefix="kordon-screening-") as where:
        folder = Path(where)
        people, index = _built(report, seed, size, folder)
        stress, field, strangers = _asked(report, people, size, folder / "index")
        _accuracy(report, stress, field, strangers, full=size >= PERSONS)
        _speed(report, index, stress, strangers, folder / "index", full=size >= PERSONS)
        _change(report, people, index, size)
        if report.peers:
            # Loaded here: the other programs may not be installed.
            from kordon.measure.screening.beside import measure_peers  # noqa: PLC0415

            measure_peers(report, people, size, index, folder)


def _say_which(report: Report, seed: int, size: int) -> None:
    if seed == HELD_OUT:
        report.note(f"people of seed {seed}, held out: no weight, table or threshold saw them")
    else:
        report.note(f"people of seed {seed}, a seed for development: not for reporting")
    if size < PERSONS:
        report.note("bars are of a million persons: a smaller list meets other figures")


def _built(report: Report, seed: int, size: int, folder: Path) -> tuple[Population, Index]:
    report.progress(f"inventing {size:,} persons …")
    begun = time.perf_counter()
    listed = InventedList(seed, size, folder)
    listed.invent()
    report.figure("inventing_s", time.perf_counter() - begun)
    Index.warm_up()
    report.progress("indexing …")
    begun, worked = time.perf_counter(), time.process_time()
    index = Index.build(listed.listings())
    report.figure("build_s", time.perf_counter() - begun - listed.reading)
    report.figure("build_processor_s", time.process_time() - worked - listed.reading)
    index.save(folder / "index")
    begun = time.perf_counter()
    index = Index.open(folder / "index")
    report.figure("open_every_byte_checked_s", time.perf_counter() - begun)
    held = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
    limit = 300 if size >= PERSONS else None
    report.look_at("listed persons", size)
    report.figure("bytes_per_person", held / size, at_most=limit)
    return listed.people(), index


def _asked(
    report: Report, people: Population, size: int, path: Path
) -> tuple[Asked, Asked, list[tuple[Traveller, Answer]]]:
    number = min(report.travellers or TRAVELLERS, size)
    found = []
    for name, mix in (("stress", stress_mix), ("field", field_mix)):
        travellers = list(mix(people, size, number))
        report.progress(f"asking for {len(travellers):,} listed travellers, {name} …")
        answers = ask_all(path, travellers, FLOOR)
        listings = [people.listing(each.number) for each in travellers]
        found.append(Asked(travellers, answers, listings))
        report.look_at(f"listed travellers, {name}", len(travellers))
    strangers = list(innocents(people, report.innocents or INNOCENTS))
    report.progress(f"asking for {len(strangers):,} innocent travellers …")
    report.look_at("innocent travellers", len(strangers))
    return found[0], found[1], list(zip(strangers, ask_all(path, strangers, FLOOR), strict=True))


def _accuracy(
    report: Report,
    stress: Asked,
    field: Asked,
    strangers: Sequence[tuple[Traveller, Answer]],
    *,
    full: bool,
) -> None:
    best = [answer.best for _, answer in strangers]
    dated = [answer.best_dated for _, answer in strangers]
    for rate in RATES:
        if not measurable(len(best), rate):
            report.note(f"{rate:g} per 1,000 is not told: too few innocents for five false ones")
            continue
        _at_rate(report, rate, stress, field, threshold_for(best, rate), full=full)
        if rate == RATES[0]:
            _at_booth(report, field, threshold_for(dated, rate))
    _apart(report, stress, threshold_for(best, SPLIT_AT))
    tried = sum(answer.place >= 0 for answer in stress.answers) / len(stress.answers)
    report.figure("stress_found_at_any_score", tried)
    leads = sum(answer.place == 0 for answer in stress.answers) / len(stress.answers)
    report.figure("stress_found_first", leads)


def _at_rate(
    report: Report, rate: float, stress: Asked, field: Asked, threshold: float, *, full: bool
) -> None:
    at = f"at_{named(rate)}"
    if threshold <= FLOOR:
        report.note(f"the threshold {at} lies below the lowest score asked for: recall is more")
    report.figure(f"threshold_{at}", threshold)
    bar = 0.92 if full and rate == SPLIT_AT else None
    report.figure(f"stress_recall_{at}", share_above(stress.meant(), threshold), at_least=bar)
    bar = 0.98 if full and rate == RATES[0] else None
    right = field.meant(lambda _, listed: listed.rightly_born)
    report.figure(f"field_recall_{at}", share_above(right, threshold), at_least=bar)
    in_full = field.meant(lambda _, listed: listed.born_in_full)
    report.figure(f"field_full_dates_even_wrong_recall_{at}", share_above(in_full, threshold))
    report.figure(f"field_all_listings_recall_{at}", share_above(field.meant(), threshold))
    if bar:
        error = deviation(share_above(right, threshold), len(right))
        report.note(f"field_recall_{at}: listings with the full, right date; ± {error:.4f} (1 σ)")


def _at_booth(report: Report, field: Asked, threshold: float) -> None:
    """A listing without a full date stops nobody: it causes no false stop either."""
    right = field.meant(lambda _, listed: listed.rightly_born)
    at = f"at_{named(RATES[0])}"
    report.figure(f"field_recall_{at}_where_dated_alone_count", share_above(right, threshold))


def _apart(report: Report, stress: Asked, threshold: float) -> None:
    """Kinds, writings and cultures, all at one threshold."""
    for scores, word in (
        (stress.by(lambda traveller, _: traveller.kind), "kind"),
        (stress.by(lambda _, listed: listed.script), "listed_only_in"),
        (stress.by(lambda traveller, _: traveller.culture), "culture"),
    ):
        for which, meant in sorted(scores.items()):
            name = f"{word}_{which}_at_{named(SPLIT_AT)}"
            report.figure(name, share_above(meant, threshold))
            report.look_at(name, len(meant))


def _speed(
    report: Report,
    index: Index,
    stress: Asked,
    strangers: Iterable[tuple[Traveller, Answer]],
    path: Path,
    *,
    full: bool,
) -> None:
    report.progress("timing on one core …")
    travellers = [traveller for traveller, _ in islice(strangers, TIMED)]
    timed(index, travellers[:200])  # memory mapped, caches warm
    innocent = timed(index, travellers)
    for name, times, p50, p99 in (
        ("wall", innocent.wall, 1, 4),
        ("processor", innocent.processor, None, None),
    ):
        report.figure(f"{name}_p50_ms", percentile(times, 0.5), at_most=p50 if full else None)
        report.figure(f"{name}_p99_ms", percentile(times, 0.99), at_most=p99 if full else None)
    listed = timed(index, stress.travellers[:TIMED])
    report.figure("listed_wall_p50_ms", percentile(listed.wall, 0.5))
    report.figure("listed_wall_p99_ms", percentile(listed.wall, 0.99))
    rate = 1000 * len(travellers) / sum(innocent.processor)
    report.figure("per_s_of_processor", rate, at_least=800 if full else None)
    report.progress(f"timing on {cores()} cores …")
    report.figure("per_s_one_process", throughput(path, travellers, 1))
    report.figure(f"per_s_all_{cores()}_cores", throughput(path, travellers, cores()))


def _change(report: Report, people: Population, index: Index, size: int) -> None:
    """New alerts beside the index, until the last of them is found together with the old ones."""
    changed = [listing_of(each) for each in people.listings(size, size + CHANGED)]
    person = person_of(people.traveller(size + CHANGED - 1))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        later = Index.build(changed)
        later.search(person)
        index.search(person)
        took.append(time.perf_counter() - begun)
    report.figure(f"{CHANGED}_changed_searchable_s", min(took), at_most=1)
