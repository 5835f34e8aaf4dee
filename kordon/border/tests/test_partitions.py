"""Crossings by month: an insert never fails, and the worker moves it where it belongs."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from kordon.border.facts import CrossingRecorded, Decision, Direction, Identity
from kordon.border.models import Crossing
from kordon.border.partitions import AHEAD, make_months
from kordon.journal.rebuilding import digests
from kordon.journal.writing import record, writing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
partitioned = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL's tables are partitioned"
)


@pytest.fixture
def crossed(ada):
    """A crossing of that moment is recorded."""

    def make(number, at):
        it = CrossingRecorded(
            crossing=UUID(int=number),
            check=None,
            direction=Direction.ENTRY,
            decision=Decision.ADMIT,
            crossed_at=at,
            identity=Identity(issuer="UTO", number=f"A{number}", surname="X"),
        )
        with writing():
            record(it, by=ada)

    return make


def where():
    """In which table each crossing lies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tableoid::regclass::text FROM border_crossing")
        return {number.int: table for number, table in cursor.fetchall()}


@pytest.mark.skipif(connection.vendor == "postgresql", reason="the one that is partitioned")
def test_elsewhere_there_is_nothing_to_make(crossed):
    crossed(1, NOW)
    assert make_months(now=NOW) == 0


@partitioned
def test_a_month_is_made_before_it_begins_and_only_once(crossed):
    assert make_months(now=NOW) == 1 + AHEAD
    assert make_months(now=NOW) == 0
    crossed(1, NOW)
    crossed(2, datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    crossed(3, datetime(2027, 1, 1, tzinfo=UTC))
    assert where() == {
        1: "border_crossing_2026_11",
        2: "border_crossing_2026_12",
        3: "border_crossing_2027_01",
    }


@partitioned
def test_what_lay_in_the_default_partition_moves_and_stays_the_same(crossed):
    crossed(1, datetime(2025, 2, 3, tzinfo=UTC))
    crossed(2, datetime(2025, 2, 28, tzinfo=UTC))
    crossed(3, NOW)
    assert set(where().values()) == {"border_crossing_default"}
    before = digests()
    assert make_months(now=NOW) == 2 + AHEAD
    assert where()[1] == where()[2] == "border_crossing_2025_02"
    assert digests() == before
    assert Crossing.objects.filter(pk=UUID(int=2)).count() == 1


@partitioned
def test_a_false_date_costs_no_table(crossed):
    make_months(now=NOW)
    crossed(1, datetime(1970, 1, 1, tzinfo=UTC))
    crossed(2, datetime(9000, 1, 1, tzinfo=UTC))
    assert make_months(now=NOW) == 0
    assert set(where().values()) == {"border_crossing_default"}


@partitioned
def test_the_history_of_a_document_is_looked_for_in_one_partition(db):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT * FROM border_timeline WHERE document_key = 'UTO/A1'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("on border_timeline_") == 1
