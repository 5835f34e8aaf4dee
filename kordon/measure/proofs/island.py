"""A busy post alone for 72 hours, then back: it catches up while another post goes on.

The post records 1.8 million entries in three days of its own time, as seven a second come from
ten busy booths. Then the line is there again: its engine sends everything to headquarters, one
worker on PostgreSQL, while another post records live entries and waits for its receipts.
"""

from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile

ENTRIES = 1_800_000
BAR = 5_000
HERE = "kordon.measure.alone:come_back"


def measure(report: Report) -> None:
    entries = report.usually(ENTRIES)
    report.progress("writing three days, then catching up …")
    try:
        with temporary_postgres(durable=True) as url:
            _measure_on(report, url, entries)
    except NoPostgres as reason:
        report.note(f"headquarters was on SQLite: {reason}")
        _measure_on(report, "", entries)


def _measure_on(report: Report, database: str, entries: int) -> None:
    with temporary_home(KORDON_LOG_LEVEL="ERROR") as home:
        found = home.call(HERE, entries=entries, database=database)
    report.look_at("entries recorded alone", entries)
    report.look_at("live entries of another post meanwhile", len(found["delays"]))
    report.figure("written_alone_per_s", entries / found["wrote"])
    report.figure("catch_up_entries_per_s", entries / found["seconds"], at_least=BAR)
    report.figure("catch_up_minutes", found["seconds"] / 60)
    if found["delays"]:
        report.figure("live_delay_p50_s", percentile(found["delays"], 0.5))
        report.figure("live_delay_worst_s", max(found["delays"]))
    report.figure("lost", found["lost"], at_most=0)
    report.figure("chain_faults", len(found["faults"]), at_most=0)
    report.note("Entries of one chain arrive in order: the post's own live ones come last.")
