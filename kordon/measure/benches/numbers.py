"""Document numbers, fifty million of them: found exactly, and with one letter misread.

Numbers are nine letters and digits as passports have them, of twenty states, drawn so densely
that many look alike by chance: the worst case for look-alikes. `--count` wishes another size.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kordon.lib.screening.numbers import Held, Numbers, Writer
from kordon.lib.screening.spelling import CONFUSED, TAKEN_FOR
from kordon.measure.report import Report, percentile

COUNT = 50_000_000
AT_ONCE = 1_000_000
ASKED = 20_000
ROUNDS = 3
SEED = 20261122
STATES = (
    "AFG", "ARM", "AZE", "BLR", "CHN", "D", "FRA", "GBR", "GEO", "IND", "IRN", "KAZ", "KGZ", "MDA",
    "PAK", "RUS", "TJK", "TKM", "TUR", "UZB",
)  # fmt: skip
_DIGITS = np.frombuffer(b"0123456789", np.uint8)
_LETTERS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)
_MISREAD = {taken: confused for confused, taken in zip(CONFUSED, TAKEN_FOR, strict=True)}

Texts = NDArray[np.bytes_]


def measure(report: Report) -> None:
    count = report.usually(COUNT)
    with tempfile.TemporaryDirectory() as folder:
        _build(report, count, Path(folder))
        begun = time.perf_counter()
        numbers = Numbers.open(Path(folder))
        report.figure("open_every_byte_checked_s", time.perf_counter() - begun)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        report.figure("bytes_per_entry", size / len(numbers), at_most=16.1)
        _ask(report, numbers, count)
    report.look_at("numbers held", count)
    report.note("µs on the clock of one thread, warm: each asked in several rounds, the best kept")
    report.note("strangers: numbers drawn alike that nobody reported, by a state of their own")


def _build(report: Report, count: int, folder: Path) -> None:
    begun, worked, writer = time.perf_counter(), time.process_time(), Writer(folder)
    for first, texts, states in _drawn(SEED, count):
        writer.add(texts, states, np.arange(first, first + len(texts)))
        report.progress(f"{first + len(texts):,} of {count:,} numbers …")
    writer.finish()
    report.figure("build_s", time.perf_counter() - begun)
    report.figure("build_processor_s", time.process_time() - worked)


def _ask(report: Report, numbers: Numbers, count: int) -> None:
    """Entries of the first lot, the same misread, and strangers."""
    _, texts, states = next(_drawn(SEED, min(count, AT_ONCE)))
    some = np.linspace(0, len(texts) - 1, min(ASKED, count)).astype(int)
    listed = [(texts[at].decode(), states[at], int(at)) for at in some]
    misread = [(_misread(number), state, at) for number, state, at in listed]
    misread = [each for each, was in zip(misread, listed, strict=True) if each[0] != was[0]]
    _, strange, theirs = next(_drawn(SEED + 1, ASKED))
    strangers = [(text.decode(), state, -1) for text, state in zip(strange, theirs, strict=True)]
    missed = _say(report, "exact", numbers, listed, lambda held: held.exact)
    missed += _say(report, "misread", numbers, misread, lambda held: not held.exact)
    report.figure("missed", missed, at_most=0)
    _say(report, "strangers", numbers, strangers, lambda held: True)
    anywhere = sum(bool(numbers.like(number)) for number, _, _ in strangers)
    of_state = sum(bool(numbers.like(number, state)) for number, state, _ in strangers)
    report.figure("strangers_alike_in_any_state_per_1000", 1000 * anywhere / len(strangers))
    report.figure("strangers_alike_in_their_state_per_1000", 1000 * of_state / len(strangers))


def _say(
    report: Report,
    name: str,
    numbers: Numbers,
    asked: list[tuple[str, str, int]],
    right: Callable[[Held], bool],
) -> int:
    """Time each; how many entries were not found as they should."""
    missed, took = 0, [float("inf")] * len(asked)
    for turn in range(ROUNDS):
        for place, (number, state, reference) in enumerate(asked):
            begun = time.perf_counter()
            found = numbers.like(number, state)
            took[place] = min(took[place], 1e6 * (time.perf_counter() - begun))
            if turn == 0 and reference >= 0:
                missed += not any(it.reference == reference and right(it) for it in found)
    report.look_at(f"numbers asked for ({name})", len(asked))
    report.figure(f"{name}_p50_us", percentile(took, 0.5))
    report.figure(f"{name}_p99_us", percentile(took, 0.99), at_most=50)
    return missed


def _misread(number: str) -> str:
    """One character taken for another that looks like it, if any can be."""
    at = next((at for at, letter in enumerate(number) if letter in _MISREAD), None)
    return number if at is None else f"{number[:at]}{_MISREAD[number[at]]}{number[at + 1 :]}"


def _drawn(seed: int, count: int) -> Iterator[tuple[int, Texts, list[str]]]:
    """Numbers and their states by the lot: nine digits, or one or two letters before digits."""
    chance = np.random.default_rng(seed)
    for first in range(0, count, AT_ONCE):
        n = min(AT_ONCE, count - first)
        letters = _DIGITS[chance.integers(0, 10, (n, 9))]
        lead = chance.integers(0, 3, n)
        for place in (0, 1):
            of = lead > place
            letters[of, place] = _LETTERS[chance.integers(0, 26, int(of.sum()))]
        states = [STATES[k] for k in chance.integers(0, len(STATES), n)]
        yield first, np.ascontiguousarray(letters).view("S9").reshape(-1), states
