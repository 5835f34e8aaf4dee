"""Simulated storms of crashes, restores and bad lines: in the end all nodes agree.

Each schedule is told by one number: headquarters and two or three posts in one process, with
the real journal and the real engine, in time of their own. The network loses, doubles, delays
and shuffles messages; nodes crash at any statement; disks are lost and restored from old
backups; keys are changed and nodes revoked. When the weather clears, every entry that was ever
acknowledged must be at headquarters once and in order, all chains must verify, all nodes agree,
and the rows made anew from the journal must be the rows that are there. A schedule that fails
is printed and played again with ``--seed``; those that once failed are played first, always.
Every core of the machine plays some of them.
"""

import collections
import os
import time
from concurrent import futures
from pathlib import Path
from typing import Any

from kordon.measure.home import temporary_home
from kordon.measure.report import Report

SCHEDULES = 1000
AT_ONCE = 250
FIRST_SEED = 1_000_000
HERE = "kordon.measure.proofs.simulation"
KEPT = Path(__file__).parents[3] / "tests" / "golden" / "seeds.txt"


def measure(report: Report) -> None:
    total: collections.Counter[str] = collections.Counter()
    failed: list[str] = []
    begun, played = time.monotonic(), 0
    seeds = _seeds(report)
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    with futures.ThreadPoolExecutor(os.cpu_count()) as several:
        for part, answer in zip(parts, several.map(_play_in_a_home, parts), strict=True):
            total.update(answer["total"])
            failed += answer["failed"]
            played += len(part)
            report.progress(f"{played} schedules, {len(failed)} failed")
    took = time.monotonic() - begun
    for what in sorted(total):
        report.look_at(what, total[what])
    report.figure("failed", len(failed), at_most=0)
    report.figure("schedules_per_s", len(seeds) / took)
    for words in failed[:10]:
        report.note(words)


def _seeds(report: Report) -> list[int]:
    """Those kept and many more; with a seed given that one, or so many from there on."""
    if report.seed is None:
        return [*kept_seeds(), *range(FIRST_SEED, FIRST_SEED + report.usually(SCHEDULES))]
    return list(range(report.seed, report.seed + report.usually(1)))


def _play_in_a_home(seeds: list[int]) -> Any:
    with temporary_home(KORDON_LOG_LEVEL="CRITICAL") as home:
        return home.call(f"{HERE}:play", seeds=seeds)


def kept_seeds() -> list[int]:
    """Schedules that once failed, where the source tree is at hand."""
    if not KEPT.exists():
        return []
    lines = (line.split("#")[0].strip() for line in KEPT.read_text().splitlines())
    return [int(line) for line in lines if line]


def play(seeds: list[int]) -> dict[str, Any]:
    """Runs in the node: one schedule for each seed."""
    from kordon.measure.agreeing import Broken  # noqa: PLC0415
    from kordon.measure.simulation import run, world  # noqa: PLC0415

    total: collections.Counter[str] = collections.Counter()
    failed = []
    with world() as (where, clock):
        for seed in seeds:
            try:
                outcome = run(where, clock, seed)
            except Broken as error:
                failed.append(str(error)[:500])
                continue
            total.update({f"storm: {what}": times for what, times in outcome.deeds.items()})
            total["schedules"] += 1
            total["crashes in the middle of a transaction or step"] += outcome.crashes
            total["entries at headquarters"] += outcome.entries
            total["messages"] += outcome.messages
            total["seconds of their time"] += int(outcome.seconds)
    return {"total": total, "failed": failed}
