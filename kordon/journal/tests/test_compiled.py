"""A question compiled once answers as its queryset would, from the rows as they are now."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db.models import BinaryField, CharField, DateTimeField, UUIDField

from kordon.journal.compiled import compiled
from kordon.journal.models import Body, Entry

pytestmark = pytest.mark.django_db
ADA, BEN = UUID(int=1), UUID(int=2)


def entry(number, by=ADA, kind="a"):
    at = datetime(2026, 11, 22, 10, number, 1, 5, tzinfo=UTC)
    told = {"node": "n", "incarnation": 1, "channel": "up", "by_name": "Ada", "seal": "s"}
    made = Entry.objects.create(number=number, by=by, kind=kind, at=at, body_hash="h", **told)
    Body.objects.create(entry=made, salt=b"\0", text=b"\xff")
    return made


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@compiled(by=UUIDField(), before=DateTimeField())
def _entries(by, before):
    return Entry.objects.filter(by=by, at__lt=before)


@compiled(kinds=CharField(), limit=None)
def _numbers(kinds, limit):
    return Entry.objects.filter(kind__in=kinds).values_list("number", "by", "at")[:limit]


@compiled(text=BinaryField())
def _bodies(text):
    return Body.objects.select_related("entry").filter(text=text)


def test_rows_are_what_the_framework_makes_of_them():
    first, second, third = entry(1), entry(2), entry(3)
    entry(4, by=BEN)
    found = _entries(by=ADA, before=third.at)
    assert [values(row) for row in found] == [values(first), values(second)]
    assert found[0] == first
    assert not found[0]._state.adding
    assert [row.number for row in _entries(by=BEN, before=datetime.now(UTC))] == [4]


def test_nothing_found_is_kept():
    late = datetime.now(UTC)
    assert _entries(by=ADA, before=late) == []
    entry(1)
    assert len(_entries(by=ADA, before=late)) == 1
    Entry.objects.update(by=BEN)
    assert _entries(by=ADA, before=late) == []


def test_lists_of_every_length_and_limits():
    one, two, three = entry(1, kind="a"), entry(2, kind="b"), entry(3, kind="c")
    assert _numbers(kinds=("a", "c"), limit=5) == [(1, ADA, one.at), (3, ADA, three.at)]
    assert _numbers(kinds=("b",), limit=5) == [(2, ADA, two.at)]
    assert _numbers(kinds=("c", "b", "a"), limit=2) == [(1, ADA, one.at), (2, ADA, two.at)]
    assert _numbers(kinds=("c", "b", "a"), limit=3)[2] == (3, ADA, three.at)
    assert _numbers(kinds=(), limit=5) == []


def test_what_is_read_along_asks_nothing_more(django_assert_num_queries):
    made = entry(1)
    with django_assert_num_queries(1):
        (body,) = _bodies(text=b"\xff")
        assert values(body.entry) == values(made)
