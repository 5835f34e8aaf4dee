"""Pages of travel documents read a second: scans and photographs drawn for the occasion.

Every run draws other documents unless ``--seed`` is given. A page is exact where every character
of its zone is right and the reader says so; it is silently wrong where the reader says so of a
zone with a wrong character. No page may be that.
"""

import secrets
import time
from collections import Counter

import numpy as np

from kordon.lib.traveldocs.page import Outcome, read_page
from kordon.lib.traveldocs.page.training.pages import KINDS, Page, draw_page
from kordon.lib.traveldocs.page.training.persons import FORMATS, ON
from kordon.measure.report import Report, percentile

COUNT = 450


def measure(report: Report) -> None:
    count = report.usually(COUNT)
    seed = secrets.randbits(32) if report.seed is None else report.seed
    told: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    times = []
    for number in range(count):
        page = drawn(seed, number)
        begun = time.process_time()
        read = read_page(page.file, on=ON)
        times.append(time.process_time() - begun)
        said = None if read.reading is None else read.reading.lines
        told["exact"] += said == page.lines
        told["wrong"] += said is not None and said != page.lines
        told[str(read.outcome)] += 1
        told["portraits"] += (read.portrait is not None) == page.portrait
        if said != page.lines:
            missed[page.kind] += 1
        if number % 50 == 49:
            report.progress(f"{number + 1} pages, {told['exact']} exact")
    report.look_at("pages", count)
    report.figure("exact_share", told["exact"] / count, at_least=0.95)
    report.figure("silently_wrong", told["wrong"], at_most=0)
    report.figure("portraits_right_share", told["portraits"] / count)
    report.figure("page_s_p50", percentile(times, 0.5))
    report.figure("page_s_p95", percentile(times, 0.95), at_most=0.8)
    for outcome in Outcome:
        report.figure(f"outcome_{outcome.lower()}", told[outcome])
    report.note(f"seed {seed}; seconds are of processor time, decoding of the file included")
    lost = ", ".join(f"{kind} {number}" for kind, number in sorted(missed.items()))
    report.note(f"not exact, by what was done to the page: {lost or 'none'}")


def drawn(seed: int, number: int) -> Page:
    """Page `number` of a seed: every kind of damage in turn, and every format."""
    kinds = tuple(KINDS)
    return draw_page(
        np.random.default_rng([seed, number]),
        kinds[number % len(kinds)],
        FORMATS[number // len(kinds) % len(FORMATS)],
    )
