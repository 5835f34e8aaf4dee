"""Travel documents whole: zones, master lists, chips, seals, pages, and bits flipped in chips.

FOLDER (or KORDON_VECTORS) holds published vectors; without it they are skipped and that is said.
Chips are made by a test authority of our own, in every way of signing and every situation, the same
for the same `--seed`. `--flips N` flips so many bits, on all cores; `--peers` asks other programs.
"""

import gc
import itertools
import time
from pathlib import Path

from kordon.lib.traveldocs import Format, MRZData, write_mrz
from kordon.lib.traveldocs.chip import Outcome, Trust
from kordon.measure.benches import mrz, pages
from kordon.measure.documents import lists, peers, vectors
from kordon.measure.documents.cases import cases, dg1, dg2, good_ones
from kordon.measure.documents.flips import Flipped, flip_all
from kordon.measure.documents.reviewed import REFUSED_LISTS, TRUSTED_LISTS, ZONES
from kordon.measure.documents.ways import WAYS
from kordon.measure.home import temporary_home
from kordon.measure.report import Report, percentile
from kordon.measure.travellers import documents

SEED = 9303
READ, WRITTEN = 100_000, 40_000
"""Zones read and written in each round of the measurement."""
ROUNDS = 3
GROUPS_SIZE = 5_000_000
PAGES = 90
FLIPS = 20_000
SAID = 12
"""Of a long list of faults, so many are told."""
VECTORS = {
    "zones of the corpus": 203,
    "valid zones of the corpus": 120,
    "master lists": 4,
    "security objects and chips": 22,
    "seals": 13,
    "seals in JSON": 5,
}
"""How many there were when this was written."""


def measure(report: Report) -> None:
    seed = SEED if report.seed is None else report.seed
    folder = vectors.folder_of(report.files)
    report.note(f"test authority and flips of seed {seed}; seconds are of processor time")
    _zones(report, folder)
    listed = _lists(report, folder)
    _chips(report, folder, listed)
    _made(report, seed)
    _time_of_chips(report, seed)
    _seals(report, folder)
    _pages(report)
    _flips(report, seed)


def _zones(report: Report, folder: Path | None) -> None:
    report.progress("zones …")
    rows = vectors.zones(folder) if folder else []
    _say(report, "zones of the corpus", "mrz_corpus", vectors.judge_zones(rows))
    _say(report, "valid zones of the corpus", "mrz_written_again", vectors.judge_writing(rows))
    texts = list(itertools.islice(mrz.some_zones(), mrz.DIFFERENT))
    parsed = max(mrz.rate(mrz.read_values, texts, READ) for _ in range(ROUNDS))
    every = max(mrz.rate(mrz.read_every_field, texts, READ // 4) for _ in range(ROUNDS))
    given = list(itertools.islice(documents(mrz.ON), mrz.DIFFERENT))
    written = max(mrz.rate(_write, given, WRITTEN) for _ in range(ROUNDS))
    report.figure("mrz_parsed_per_s", parsed, at_least=40_000)
    report.figure("mrz_with_verdict_of_each_field_per_s", every)
    report.figure("mrz_written_per_s", written, at_least=20_000)
    if report.peers:
        _peers_of_zones(report, rows, texts)


def _write(given: tuple[Format, MRZData]) -> object:
    return write_mrz(*given)


def _peers_of_zones(report: Report, rows: list[dict[str, object]], texts: list[str]) -> None:
    agreed = [row for row in rows if vectors.name_of(row) not in ZONES]
    valid = [row["lines"] for row in agreed if row["all_ok"]]
    for name, package in peers.PACKAGES.items():
        if not peers.is_installed(name):
            report.note(f"the package {name} is not installed and was not measured")
            continue
        read = package()
        taken = sum(peers.accepts(read, lines) for lines in valid if isinstance(lines, list))
        report.figure(f"peer_{name}_per_s", mrz.rate(read, texts, READ // 20))
        if valid:
            report.figure(f"peer_{name}_of_{len(valid)}_valid_zones_taken", taken)


def _lists(report: Report, folder: Path | None) -> list[lists.Listed]:
    report.progress("master lists …")
    listed = lists.read_lists(folder) if folder else []
    if not listed:
        _skip(report, "master lists")
        return []
    report.look_at("master lists", len(listed))
    wrong = 0
    for each in listed:
        keys, total = each.keys, len(each.certificates) + each.unreadable
        said = f"refused, {each.refusal}" if each.refusal else "its signature holds"
        report.note(f"{each.name}: {said}; keys {keys} of {total}, {each.verified} verify in it")
        expected = REFUSED_LISTS.get(each.name)
        wrong += each.refusal is not (expected[0] if expected else None)
    german = [each for each in listed if each.name.startswith("DE_")]
    report.figure("lists_accepted_or_refused_wrongly", wrong, at_most=0)
    if german:
        loaded = sum(each.keys for each in german)
        total = sum(len(each.certificates) + each.unreadable for each in german)
        report.figure("lists_german_keys_loaded_share", loaded / total, at_least=1)
    _union(report, listed)
    _import(report, folder, [each for each in listed if each.found])
    return listed


def _union(report: Report, listed: list[lists.Listed]) -> None:
    accepted = lists.unite(each for each in listed if each.found)
    every = lists.unite(listed)
    report.look_at("distinct certificates in lists", every.total)
    share = accepted.verified / accepted.total if accepted.total else 0
    report.figure("lists_accepted_alone_verified_share", share)
    report.figure("lists_certificates_verified_share", every.verified / every.total, at_least=0.995)
    text = "certificates of a refused list only lend their keys here; nothing in it is believed"
    report.note(text)
    report.notes += [f"not verified: {each}" for each in every.others[:SAID]]
    if report.peers:
        raws = {each.raw for one in listed for each in one.certificates}
        alone = peers.cryptography_alone(raws)
        report.figure("peer_cryptography_keys_share", alone.keys / every.total)
        report.figure("peer_cryptography_verified_share", alone.verified / every.total)


def _import(report: Report, folder: Path | None, accepted: list[lists.Listed]) -> None:
    """The largest list on top of the one before it, in the trust store of a node."""
    if folder is None or not accepted:
        return
    report.progress("importing …")
    ordered = sorted(accepted, key=lambda each: (len(each.certificates), each.name))
    paths = [str((folder / "masterlists" / each.name).resolve()) for each in ordered]
    with temporary_home() as home:
        took = home.call(
            "kordon.measure.documents.importing:import_lists",
            earlier=paths[-2] if len(paths) > 1 else "",
            largest=paths[-1],
        )
    report.look_at("certificates of the largest list", len(ordered[-1].certificates))
    counted = ", ".join(f"{what} {took[what]}" for what in ("states", "added", "removed", "kept"))
    report.note(f"imported {ordered[-1].name}, its difference: {counted}")
    report.figure("import_difference_shown_on_the_clock_s", took["diff_s"])
    report.figure("import_with_difference_on_the_clock_s", took["import_s"])
    report.figure("import_with_difference_s", took["processor_s"], at_most=3)


def _chips(report: Report, folder: Path | None, listed: list[lists.Listed]) -> None:
    report.progress("published chips …")
    trusted = [each for each in listed if each.name in TRUSTED_LISTS]
    trust = Trust(each for one in trusted for each in one.certificates)
    whole = {each.name for each in trusted} == TRUSTED_LISTS
    tally = vectors.judge_security_objects(folder, trust) if folder and whole else vectors.Tally()
    _say(report, "security objects and chips", "chips_published", tally)


def _made(report: Report, seed: int) -> None:
    report.progress("chips of the test authority …")
    number, faults = 0, []
    for number, case in enumerate(cases(seed), 1):
        if fault := case.faults():
            faults.append(fault)
        if number % 400 == 0:
            report.progress(f"{number} chips, {len(faults)} told otherwise")
    report.look_at("chips of the test authority", number)
    report.look_at("ways of signing", len(WAYS))
    report.figure("chips_made_told_otherwise", len(faults), at_most=0)
    report.figure("chips_made", number, at_least=300)
    report.notes += [f"told otherwise: {each}" for each in faults[:SAID]]


def _time_of_chips(report: Report, seed: int) -> None:
    report.progress("time of chips …")
    groups = {1: dg1(), 2: dg2(GROUPS_SIZE)}
    took = []
    for document in good_ones(seed, groups=groups):
        document.trust  # noqa: B018  (read once, as a post does)
        gc.collect()
        best = float("inf")
        for _ in range(ROUNDS):
            begun = time.process_time()
            said = document.verified()
            best = min(best, 1000 * (time.process_time() - begun))
            if said.outcome is not Outcome.VERIFIED:
                raise SystemExit(f"{document.name}: {said.outcome} {said.codes}")
        took.append(best)
    report.figure("chips_5_mb_p50_ms", percentile(took, 0.5))
    report.figure("chips_5_mb_p95_ms", percentile(took, 0.95), at_most=25)
    report.note("chips_5_mb: one document of each way of signing, the best of three rounds each")


def _seals(report: Report, folder: Path | None) -> None:
    report.progress("seals …")
    tally = vectors.judge_seals(folder) if folder else vectors.Tally()
    _say(report, "seals", "seals", tally)
    tally = vectors.judge_seals_in_json(folder) if folder else vectors.Tally()
    _say(report, "seals in JSON", "seals_json", tally)


def _pages(report: Report) -> None:
    """A freshly drawn set, smaller than that of ``bench pages``; ``--count`` wishes another."""
    part = report.part()
    part.count, part.seed = report.usually(PAGES), None
    pages.measure(part)
    report.take_over(part, "pages")


def _flips(report: Report, seed: int) -> None:
    number = FLIPS if report.flips is None else report.flips
    report.progress(f"{number:,} bits to flip …")
    good = good_ones(seed)
    begun, told = time.monotonic(), 0

    def progress(done: int) -> None:
        nonlocal told
        if done - told >= number // 10:
            told = done
            report.progress(f"{done:,} of {number:,} bits, {time.monotonic() - begun:.0f} s")

    found = flip_all(good, number, seed, progress)
    if found.total < number:
        report.note(f"STOPPED: {found.total:,} of {number:,} bits were flipped")
    report.look_at("bits flipped", found.total)
    report.look_at("documents whose bits were flipped", len(good))
    report.figure("flips_per_s", found.total / (time.monotonic() - begun))
    _say_flips(report, found)


def _say_flips(report: Report, found: Flipped) -> None:
    for outcome in Outcome:
        report.figure(f"flips_{outcome.lower()}", found.outcomes[outcome])
    report.figure("flips_verified_of_what_was_signed", found.harmless.total())
    report.figure("flips_falsely_verified_or_raised", len(found.false), at_most=0)
    where = ", ".join(f"{name} {number:,}" for name, number in found.harmless.most_common())
    report.note(f"VERIFIED after a flip where nobody signs: {where or 'none'}")
    report.notes += [f"FALSE: {each}" for each in found.false[:SAID]]


def _say(report: Report, what: str, name: str, tally: vectors.Tally) -> None:
    """How many of these were judged rightly; where there are none, that they were skipped."""
    if tally.unreviewed:
        listed = ", ".join(tally.unreviewed[:SAID])
        report.note(f"NOT REVIEWED, NOT JUDGED: {len(tally.unreviewed)} {what}: {listed}")
    if not tally.judged:
        _skip(report, what)
        return
    report.look_at(what, tally.judged)
    report.figure(f"{name}_right", tally.right)
    report.figure(f"{name}_wrong", len(tally.wrong), at_most=0)
    report.notes += [f"wrong: {each}" for each in tally.wrong[:SAID]]


def _skip(report: Report, what: str) -> None:
    text = f"SKIPPED: {VECTORS[what]} {what}; name the folder of the vectors, or KORDON_VECTORS"
    report.note(text)
    report.progress(text)
