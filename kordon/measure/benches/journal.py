"""Commits a second with ten writers at once, each on disk before it is answered.

What is counted is the smallest transaction there is: one fact, sealed, its body stored, applied
to a row. Writers who stand in line share a commit and the signature of the chain's head; how
many did is told. Afterwards the chain is verified and the entries are counted. Beside it, the
same ten write by a whole command that also reads: there the processor sets the limit.
"""

from typing import Any

from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile

WRITERS = 10
COMMITS = 2000
HERE = "kordon.measure.writers"
BARS = {
    "sqlite": {"per_s": 1000, "p99": 50, "max": 250},
    "postgresql": {"per_s": 50},
}


def measure(report: Report) -> None:
    commits = report.usually(COMMITS)
    report.progress("SQLite, WAL, synchronous=FULL …")
    _measure_one(report, "sqlite", commits)
    try:
        with temporary_postgres(durable=True) as url:
            report.progress("PostgreSQL …")
            _measure_one(report, "postgresql", commits, KORDON_DATABASE=url)
    except NoPostgres as reason:
        report.note(f"PostgreSQL was not measured: {reason}")


def _measure_one(report: Report, name: str, commits: int, **changes: str) -> None:
    each = max(1, commits // WRITERS)
    with temporary_home(**changes) as home:
        noted = home.call(f"{HERE}:note_reads", writers=WRITERS, times=each)
        entries, _ = home.call(f"{HERE}:count_and_verify")
        commanded = home.call(f"{HERE}:set_up_booths", writers=WRITERS, times=max(1, each // 4))
        _, faults = home.call(f"{HERE}:count_and_verify")
    report.look_at(f"transactions on {name}", len(noted["latencies"]))
    _tell(report, name, noted)
    report.figure(f"{name}_commands_per_s", len(commanded["latencies"]) / commanded["took"])
    report.figure(f"{name}_lost", len(noted["latencies"]) - entries, at_most=0)
    report.figure(f"{name}_chain_faults", faults, at_most=0)


def _tell(report: Report, name: str, found: dict[str, Any]) -> None:
    latencies, bars = found["latencies"], BARS[name]
    report.figure(
        f"{name}_transactions_per_s", len(latencies) / found["took"], at_least=bars["per_s"]
    )
    for word, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
        report.figure(f"{name}_{word}_ms", percentile(latencies, part), at_most=bars.get(word))
    sizes = {int(size): times for size, times in found["sizes"] if times}
    groups = sum(sizes.values())
    report.look_at(f"commits on {name}", groups)
    report.figure(f"{name}_transactions_per_commit", len(latencies) / groups)
    listed = ", ".join(f"{times} of {size}" for size, times in sizes.items())
    report.note(f"transactions that shared a commit on {name}: {listed}")
