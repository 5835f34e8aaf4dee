"""Commits a second with ten writers at once, each on disk before it is answered.

Every commit is one fact recorded in one transaction: sealed, its body stored, applied to a
row, the chain's head signed. Afterwards the chain is verified and the entries are counted.
"""

import threading
import time

from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile

WRITERS = 10
COMMITS = 2000
HERE = "kordon.measure.benches.journal"


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
    with temporary_home(**changes) as home:
        took, latencies = home.call(f"{HERE}:write_at_once", writers=WRITERS, commits=commits)
        entries, faults = home.call(f"{HERE}:count_and_verify")
    report.look_at(f"commits on {name}", len(latencies))
    report.figure(f"{name}_commits_per_s", len(latencies) / took, at_least=50)
    for word, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
        report.figure(f"{name}_{word}_ms", percentile(latencies, part))
    report.figure(f"{name}_lost", len(latencies) - entries, at_most=0)
    report.figure(f"{name}_chain_faults", faults, at_most=0)


def write_at_once(writers: int, commits: int) -> tuple[float, list[float]]:
    """Runs in the node: seconds taken and each commit's milliseconds."""
    latencies: list[float] = []
    start = threading.Barrier(writers + 1)
    each = commits // writers
    threads = [
        threading.Thread(target=_write, args=(start, each, latencies)) for _ in range(writers)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    from kordon.journal.writing import group_sizes

    print(sorted(group_sizes().items()))
    import sys

    print(sorted(group_sizes().items()), file=sys.stderr)
    return took, latencies


def _write(start: threading.Barrier, times: int, latencies: list[float]) -> None:
    from django.db import connection  # noqa: PLC0415  (only the child has the framework)

    from kordon.journal.actor import Actor  # noqa: PLC0415
    from kordon.journal.facts import PersonalDataRead  # noqa: PLC0415
    from kordon.journal.reacting import SYSTEM  # noqa: PLC0415
    from kordon.journal.writing import record, writing  # noqa: PLC0415

    by = Actor(id=SYSTEM, name="bench")
    connection.ensure_connection()
    start.wait()
    for number in range(times):
        begun = time.perf_counter()
        with writing():
            what = PersonalDataRead(query="bench.write", about=(f"number:{number}",), found=1)
            record(what, by=by)
        latencies.append(1000 * (time.perf_counter() - begun))
    connection.close()


def count_and_verify() -> tuple[int, int]:
    """Runs in the node: entries there are, faults found in their chains."""
    from kordon.journal.verifying import verify  # noqa: PLC0415

    verdict = verify()
    return verdict.entries, len(verdict.faults)
