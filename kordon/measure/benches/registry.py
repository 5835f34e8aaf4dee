"""The registry at scale: history of a document, who is inside, figures of days and months.

Twenty million invented crossings of two years on PostgreSQL, five million on SQLite. They are
not recorded one by one: SQL puts into the tables the rows that appliers would have put there
(crossing, line of the timeline, stay, figures of the day), and a sample of the documents is
then paired anew by the appliers' own rule and compared. What is measured goes through the
queries of ``border``, and applying through its appliers, on top of the full tables.
"""

from kordon.measure.home import Home, temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report, percentile

ON_POSTGRES, ON_SQLITE = 20_000_000, 5_000_000
CHUNK = 500_000
LOOKUPS = 2000
APPLIED = 20_000
HERE = "kordon.measure.crossings"


def measure(report: Report) -> None:
    if report.only in ("", "postgresql"):
        try:
            with (
                temporary_postgres(durable=True) as url,
                temporary_home(KORDON_DATABASE=url) as home,
            ):
                _measure_one(report, home, "postgresql", report.usually(ON_POSTGRES))
        except NoPostgres as reason:
            report.note(f"PostgreSQL was not measured: {reason}")
    if report.only in ("", "sqlite"):
        with temporary_home() as home:
            _measure_one(report, home, "sqlite", min(report.usually(ON_SQLITE), ON_SQLITE))


def _measure_one(report: Report, home: Home, name: str, number: int) -> None:
    _fill(report, home, name, number)
    report.progress("asking …")
    took = home.call(f"{HERE}:ask", number=number, lookups=LOOKUPS)
    _say(report, f"{name}_history", took["history"], p99=5)
    _say(report, f"{name}_history_with_its_line_in_the_access_log", took["logged"])
    _say(report, f"{name}_inside_longer_than_90_days", took["inside"], p99=200)
    _say(report, f"{name}_inside_of_one_post", took["inside_of_post"], p99=200)
    _say(report, f"{name}_one_day", took["day"], p99=50)
    _say(report, f"{name}_two_years_by_month", took["months"], p99=2000)
    _say(report, f"{name}_two_years_by_month_and_nationality", took["nationalities"], p99=2000)
    report.progress("applying …")
    applied = home.call(f"{HERE}:apply_more", number=APPLIED)
    report.figure(f"{name}_crossings_applied_per_s", applied)


def _fill(report: Report, home: Home, name: str, number: int) -> None:
    indexes = home.call(f"{HERE}:prepare")
    for first in range(0, number, CHUNK):
        last = min(first + CHUNK, number)
        home.call(f"{HERE}:fill_crossings", first=first, last=last, number=number)
        report.progress(f"{last:,} of {number:,} crossings on {name}")
    report.progress("stays and figures …")
    held = home.call(f"{HERE}:fill_the_rest")
    report.progress("indexes …")
    home.call("kordon.measure.loading:finish", indexes=indexes)
    for what, rows in held.items():
        report.look_at(f"{what} on {name}", rows)
    sample = home.call(f"{HERE}:compare", number=number)
    report.look_at(f"documents paired anew on {name}", sample["documents"])
    report.figure(f"{name}_documents_paired_otherwise", sample["different"], at_most=0)
    report.figure(f"{name}_crossings_not_counted", sample["uncounted"], at_most=0)


def _say(report: Report, name: str, took: list[float], *, p99: float | None = None) -> None:
    report.look_at(name, len(took))
    report.figure(f"{name}_p50_ms", percentile(took, 0.5))
    report.figure(f"{name}_p99_ms", percentile(took, 0.99), at_most=p99)
