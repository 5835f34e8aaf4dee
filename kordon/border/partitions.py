"""The months that crossings lie in on PostgreSQL. Elsewhere there is nothing to do.

A crossing of a month that has no partition yet lands in the default one, so that recording
never fails; the worker makes months before they begin, and takes out of the default partition
what history or a late post has put there.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection

from kordon.journal.writing import writing

AHEAD = 3
"""Months made before they begin: so long may the worker be dead."""
PAST_YEARS = 30
"""Older months are left in the default partition: a false date must not cost a table."""

_EXISTING = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'border_crossing'::regclass
"""
_WAITING = """
SELECT DISTINCT extract(year FROM t)::int, extract(month FROM t)::int
FROM (SELECT crossed_at AT TIME ZONE 'UTC' AS t FROM border_crossing_default) AS waiting
"""


def make_months(*, now: datetime, since: datetime | None = None) -> int:
    """Make this month, those that come, and those that crossings wait for; returns how many.

    ``since``: from that month on, though nothing waits for them yet.
    """
    if connection.vendor != "postgresql":
        return 0
    this = _month(now.astimezone(UTC))
    first = _month(since.astimezone(UTC)) if since else this
    last = this + AHEAD
    wanted = set(range(first, last + 1))
    wanted |= {month for month in _waiting() if this - 12 * PAST_YEARS <= month <= last}
    existing = _existing()
    missing = sorted(month for month in wanted if _name(month) not in existing)
    for month in missing:
        # One at a time: whoever writes waits for one month, not for all of them.
        with writing():
            _make(month)
    return len(missing)


def _waiting() -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        for year, month in cursor.fetchall():
            yield 12 * year + month - 1


def _existing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_EXISTING)
        return {name for (name,) in cursor.fetchall()}


def _make(month: int) -> None:
    """A table beside, filled from the default partition, and only then attached."""
    name, first, end = _name(month), _begin(month), _begin(month + 1)
    bounds = f"crossed_at >= '{first}' AND crossed_at < '{end}'"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {name} (LIKE border_crossing INCLUDING DEFAULTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM border_crossing_default WHERE {bounds} RETURNING *) "  # noqa: S608  # nosec B608
            f"INSERT INTO {name} SELECT * FROM moved"
        )
        cursor.execute(
            f"ALTER TABLE border_crossing ATTACH PARTITION {name} "
            f"FOR VALUES FROM ('{first}') TO ('{end}')"
        )


def _month(moment: datetime) -> int:
    return 12 * moment.year + moment.month - 1


def _name(month: int) -> str:
    return f"border_crossing_{month // 12}_{month % 12 + 1:02}"


def _begin(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}-01 00:00:00+00"
