"""The bench of the check with long lists, as small as it can be: what is filled, what is found."""

import pytest

from kordon.measure.benches import check
from kordon.measure.home import temporary_home
from kordon.measure.report import Report

PERSONS, DOCUMENTS = 300, 700
LISTS = "kordon.measure.wanted"


@pytest.fixture(scope="module")
def small():
    """The whole bench in a small world."""
    with pytest.MonkeyPatch.context() as sizes:
        for name, size in (("ALERTS", 100), ("CROSSINGS", 300), ("WARM_UP", 10), ("EVERY_S", 0)):
            sizes.setattr(check, name, size)
        report = Report(name="bench check", count=50, alerts=PERSONS, documents=DOCUMENTS)
        check.measure(report)
    return report


def test_everybody_listed_is_found_by_name_by_document_and_by_a_misread_one(small):
    for how, bar in check.FOUND.items():
        assert small.examined[f"travellers listed by {how.replace('_', ' ')}"] >= 3
        assert small.bars[f"found_by_{how}"].at_least == bar
        assert small.figures[f"found_by_{how}"] >= bar


def test_rows_are_those_that_appliers_make(small):
    assert small.examined["documents compared with what appliers make"] == DOCUMENTS - 1
    assert small.figures["documents_otherwise_than_appliers_make"] == 0
    assert small.bars["documents_otherwise_than_appliers_make"].at_most == 0
    assert small.examined["watchlist.Alert"] >= PERSONS + DOCUMENTS
    assert small.figures["check_p95_ms"] <= small.figures["check_max_ms"]
    assert small.bars["check_p95_ms"].at_most == 30


def test_indexes_are_made_again_and_another_row_is_noticed():
    with temporary_home() as home:
        found = home.call("kordon.measure.tests.test_check_bench:fill_and_spoil")
    assert found == {"indexes": True, "journal": "wal", "differs": [0, 1]}


def fill_and_spoil():
    """Runs in the node."""
    from django.db import connection  # noqa: PLC0415 (the testing process has another node)

    from kordon.measure import wanted  # noqa: PLC0415
    from kordon.watchlist.models import AlertDocument  # noqa: PLC0415

    def asked(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return sorted(cursor.fetchall())

    indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
    before = asked(indexes)
    wanted.fill(persons=10, documents=20)
    row = AlertDocument.objects.select_related("alert").get(number=wanted.number_of(7))
    differs = [int(wanted.differs(7, row.alert.position))]
    AlertDocument.objects.filter(pk=row.pk).update(confusable="OTHERWISE")
    differs.append(int(wanted.differs(7, row.alert.position)))
    return {
        "indexes": asked(indexes) == before,
        "journal": asked("PRAGMA journal_mode")[0][0],
        "differs": differs,
    }
