"""Posts on lines of 64 kbit/s: how soon things reach each other, and what the line carries.

The country of the proofs, each post on a line of its own that carries 64 kbit/s in each direction
and takes 300 ms from one end to the other, as a satellite or an old telephone line does. The
first post goes through a leaf, the others straight to the hub. A traveller every ten seconds at
each; then alerts; then a backlog. Bytes are counted on the line, encryption and broker included,
but not what TCP and IP add (about 3 %).
"""

from kordon.measure import deliveries
from kordon.measure.country import Country, temporary_country
from kordon.measure.relay import Pace, Relay
from kordon.measure.report import Report, percentile

PACE = Pace(bits_per_s=64_000, delay_s=0.3)
LIVE, LIVE_PER_S = 240, 1.2
ALERTS, ALERT_EVERY_S = 20, 3.0
BACKLOG = 6_000


def measure(report: Report) -> None:
    with temporary_country(report, pace=PACE) as country, country.open():
        _measure_live(report, country)
        _measure_alerts(report, country)
        _measure_backlog(report, country, report.usually(BACKLOG))


def _measure_live(report: Report, country: Country) -> None:
    entries = min(LIVE, report.usually(LIVE))
    report.progress("a traveller every ten seconds at each post …")
    before = _carried(country)
    found = deliveries.live(country, entries=entries, per_s=LIVE_PER_S)
    report.look_at("commits at posts whose way to headquarters was timed", len(found.delays))
    report.figure("commit_to_commit_p50_s", percentile(found.delays, 0.5))
    report.figure("commit_to_commit_p99_s", percentile(found.delays, 0.99))
    report.figure("bytes_per_entry_live", (_carried(country) - before) / entries)


def _measure_alerts(report: Report, country: Country) -> None:
    count = min(ALERTS, report.usually(ALERTS))
    report.progress(f"{count} alerts …")
    took = deliveries.alerts(country, count=count, every_s=ALERT_EVERY_S)
    report.look_at("alerts approved, each timed at every post", count)
    report.figure("alert_in_force_p50_s", percentile(took, 0.5))
    report.figure("alert_in_force_p99_s", percentile(took, 0.99))


def _measure_backlog(report: Report, country: Country, entries: int) -> None:
    report.progress(f"a backlog of {entries} …")
    before = _carried(country)
    found = deliveries.backlog(country, entries=entries)
    carried = _carried(country) - before
    report.look_at("entries of the backlog, at three posts", found.entries)
    report.figure("backlog_entries_per_s_and_post", found.per_s / len(country.posts))
    report.figure("backlog_bytes_per_entry", carried / found.entries)
    used = 8 * carried / found.entries * found.per_s / len(country.posts) / PACE.bits_per_s
    report.figure("backlog_share_of_the_line_used", used)


def _carried(country: Country) -> int:
    """Bytes that went from posts to the hub."""
    return sum(post.line.carried[0] for post in country.posts if isinstance(post.line, Relay))
