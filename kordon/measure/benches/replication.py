"""Headquarters applying what busy posts recorded: entries a second, in one worker.

Four entries for each traveller, as large as real ones: the check, the line of the access log,
the crossing, a sign-in. Each batch of 500 is unpacked, its signature, seals and bodies are
examined, it is stored and applied in one transaction, and a receipt is signed. Not in it: the
network. Measured by the clock and, since a busy machine makes clocks lie, of the processor.
"""

from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report

ENTRIES = 50_000
BAR = 10_000
HERE = "kordon.measure.applying"


def measure(report: Report) -> None:
    entries = report.usually(ENTRIES)
    if report.only != "postgresql":
        report.progress("SQLite …")
        _measure_one(report, "sqlite", entries)
    if report.only == "sqlite":
        return
    try:
        with temporary_postgres(durable=True) as url:
            report.progress("PostgreSQL …")
            _measure_one(report, "postgresql", entries, bar=BAR, KORDON_DATABASE=url)
    except NoPostgres as reason:
        report.note(f"PostgreSQL was not measured: {reason}")


def _measure_one(
    report: Report, name: str, entries: int, *, bar: int | None = None, **changes: str
) -> None:
    with temporary_home(KORDON_KIND="hq", KORDON_LOG_LEVEL="ERROR", **changes) as home:
        found = home.call(f"{HERE}:apply", entries=entries)
    count = found["entries"]
    report.look_at(f"entries on {name}", count)
    report.figure(f"{name}_entries_per_s", count / found["seconds"], at_least=bar)
    report.figure(f"{name}_entries_per_processor_s", count / found["processor"])
    report.figure(f"{name}_bytes_per_entry_sent", found["bytes"] / count)
    share = found["appliers"] * count / found["processor"]
    report.figure(f"{name}_share_of_appliers", share)
    report.figure(f"{name}_lost_or_broken", count - found["held"] + len(found["faults"]), at_most=0)
