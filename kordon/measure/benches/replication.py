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

import time

from kordon.measure.children import Child, running, wait_for
from kordon.measure.country import ENDS, Country, temporary_country
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
PATIENCE_S = 600.0


def measure(report: Report) -> None:
    _measure_applying(report, report.usually(ENTRIES))
    with temporary_country(report) as country, country.open():
        _measure_delay(report, country, report.usually(LIVE))
        _measure_alerts(report, country, min(ALERTS, report.usually(ALERTS)))
        _measure_backlog(report, country, report.usually(BACKLOG))


def _measure_delay(report: Report, country: Country, entries: int) -> None:
    report.progress(f"{LIVE_PER_S} entries a second …")
    each = -(-entries // len(country.posts))
    pace = LIVE_PER_S / len(country.posts)
    country.begin(entries=each, pace=pace, at_once=4, after=country.heads)
    country.wait_until_done(each, PATIENCE_S + entries / LIVE_PER_S)
    country.end()
    begun = min(post.committed[0][1] for post in country.posts)
    ended = max(post.committed[-1][1] for post in country.posts)
    delays = country.delays()
    report.look_at("commits at posts whose way to headquarters was timed", len(delays))
    report.figure("recorded_per_s", entries / (ended - begun))
    report.figure("commit_to_commit_p50_ms", percentile(delays, 0.5) * 1000, at_most=50)
    report.figure("commit_to_commit_p99_ms", percentile(delays, 0.99) * 1000, at_most=1000)


def _measure_alerts(report: Report, country: Country, alerts: int) -> None:
    report.progress(f"{alerts} alerts …")
    approved: dict[str, float] = {}
    officers = Child(
        country.hq,
        f"{ENDS}:approve",
        {"alerts": alerts, "every_s": ALERT_EVERY_S},
        lambda said: approved.update({said["approved"]: said["at"]} if "approved" in said else {}),
    )
    for post in country.posts:
        country.let(post, "watch")
    heads = country.heads
    wait_for(lambda: all(p.all >= heads for p in country.posts), country.children, PATIENCE_S, "")

    def there() -> bool:
        return len(approved) == alerts and all(
            len(post.in_force) == alerts for post in country.posts
        )

    with running(officers):
        wait_for(there, [officers, *country.children], PATIENCE_S, "alerts are in force")
    country.end()
    took = [post.in_force[a] - at for post in country.posts for a, at in approved.items()]
    report.look_at("alerts approved, each timed at every post", alerts)
    report.figure("alert_in_force_p50_ms", percentile(took, 0.5) * 1000)
    report.figure("alert_in_force_p99_ms", percentile(took, 0.99) * 1000, at_most=2000)


def _measure_backlog(report: Report, country: Country, entries: int) -> None:
    report.progress(f"writing a backlog of {entries} …")
    each = -(-entries // len(country.posts))
    ends = [
        post.home.call(f"{ENDS}:write", entries=each, seed=seed)
        for seed, post in enumerate(country.posts)
    ]
    for taken in country.taken.values():
        taken.clear()
    report.progress("catching up …")
    for post in country.posts:
        country.let(post, "live", entries=0, pace=0, seed=0)
    begun = time.monotonic()
    country.wait_until_done(ends[0], PATIENCE_S + entries / 100)
    country.end()
    # From the first batch on: the start of three processes is not what is measured.
    first = min(taken[0][1] for taken in country.taken.values())
    last = max(taken[-1][1] for taken in country.taken.values())
    report.look_at("entries of the backlog, at three posts", each * len(ends))
    rate = each * len(ends) / max(last - first, 0.001)
    report.figure("backlog_entries_per_s", rate)
    report.figure("backlog_minutes_for_a_million", MILLION / rate / 60, at_most=2)
    report.figure("backlog_s_with_the_start_of_the_posts", time.monotonic() - begun)


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
