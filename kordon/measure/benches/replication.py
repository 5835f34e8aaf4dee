"""Headquarters applying what posts record, and how fast things reach each other over the broker.

First one worker, without a network: entries a second. Four entries for each traveller, as large
as real ones: the check, the line of the access log, the crossing, a sign-in. Each batch of 500 is
unpacked, its signature, seals and bodies are examined, it is stored and applied in one
transaction, and a receipt is signed. Measured by the clock and, since a busy machine makes clocks
lie, of the processor.

Then headquarters, a real broker and three posts, each a process: the time from a commit at a
post to the commit at headquarters while 200 entries a second are recorded; how fast a backlog
arrives; the time from the approval of an alert to its row being in force at each post. All of
them share this machine.
"""

from kordon.measure import deliveries
from kordon.measure.country import Country, temporary_country
from kordon.measure.home import temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile

ENTRIES = 50_000
BAR = 10_000
HERE = "kordon.measure.applying"
LIVE, LIVE_PER_S = 6_000, 200
BACKLOG = 60_000
ALERTS, ALERT_EVERY_S = 100, 0.1
MILLION = 1_000_000


def measure(report: Report) -> None:
    _measure_applying(report, report.usually(ENTRIES))
    with temporary_country(report) as country, country.open():
        _measure_delay(report, country, report.usually(LIVE))
        _measure_alerts(report, country, min(ALERTS, report.usually(ALERTS)))
        _measure_backlog(report, country, report.usually(BACKLOG))


def _measure_delay(report: Report, country: Country, entries: int) -> None:
    report.progress(f"{LIVE_PER_S} entries a second …")
    found = deliveries.live(country, entries=entries, per_s=LIVE_PER_S)
    report.look_at("commits at posts whose way to headquarters was timed", len(found.delays))
    report.figure("recorded_per_s", found.per_s)
    report.figure("commit_to_commit_p50_ms", percentile(found.delays, 0.5) * 1000, at_most=50)
    report.figure("commit_to_commit_p99_ms", percentile(found.delays, 0.99) * 1000, at_most=1000)


def _measure_alerts(report: Report, country: Country, alerts: int) -> None:
    report.progress(f"{alerts} alerts …")
    took = deliveries.alerts(country, count=alerts, every_s=ALERT_EVERY_S)
    report.look_at("alerts approved, each timed at every post", alerts)
    report.figure("alert_in_force_p50_ms", percentile(took, 0.5) * 1000)
    report.figure("alert_in_force_p99_ms", percentile(took, 0.99) * 1000, at_most=2000)


def _measure_backlog(report: Report, country: Country, entries: int) -> None:
    report.progress(f"a backlog of {entries} …")
    found = deliveries.backlog(country, entries=entries)
    report.look_at("entries of the backlog, at three posts", found.entries)
    report.figure("backlog_entries_per_s", found.per_s)
    report.figure("backlog_minutes_for_a_million", MILLION / found.per_s / 60, at_most=2)
    report.figure("backlog_s_with_the_start_of_the_posts", found.with_start_s)


def _measure_applying(report: Report, entries: int) -> None:
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
