"""The quick way puts the very rows into the tables that the framework's way does."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from kordon.journal import inserting
from kordon.journal.inserting import (
    STREAMED,
    column_names,
    insert_row,
    insert_rows,
    insert_values,
    merge_rows,
    put_row,
)
from kordon.journal.models import ChainHead, Entry, PersonalRead
from kordon.journal.rebuilding import fact_made

pytestmark = pytest.mark.django_db
EXAMPLES = {
    models.UUIDField: UUID(int=7),
    models.DateTimeField: datetime(2026, 11, 22, 10, 30, 1, 5, tzinfo=UTC),
    models.DateField: date(1974, 8, 12),
    models.JSONField: {"Ж": ["x", 1, None, {"a": True}]},
    models.BooleanField: True,
    models.IntegerField: 3,
    models.FloatField: 0.25,
    models.BinaryField: b"\0\xff",
    models.TextField: "текст",
    models.CharField: "Ҷ",
}


def example(field):
    kind = next(kind for kind in type(field).__mro__ if kind in EXAMPLES)
    value = EXAMPLES[kind]
    return value[: field.max_length] if kind is models.CharField else value


def row(model, **changes):
    fields = [f for f in model._meta.local_concrete_fields if not isinstance(f, models.AutoField)]
    values = {f.attname: example(f) for f in fields if not f.is_relation}
    return model(**values | changes)


def plain_tables():
    """Tables that point at no other and have no automatic key."""
    for model in fact_made():
        fields = model._meta.local_concrete_fields
        if not any(field.is_relation for field in fields):
            yield model


@pytest.mark.parametrize("streamed", [1, STREAMED], ids=["stream", "statement"])
@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
@pytest.mark.parametrize("model", list(plain_tables()) if apps.ready else [], ids=str)
def test_rows_are_those_of_bulk_create(model, full, streamed, monkeypatch):
    monkeypatch.setattr(inserting, "STREAMED", streamed)
    absent = {f.attname: None for f in model._meta.local_concrete_fields if f.null and not full}
    model._base_manager.bulk_create([row(model, **absent)])
    expected = model._base_manager.values().get()
    model._base_manager.all()._raw_delete("default")
    insert_rows([row(model, **absent)])
    found = model._base_manager.values().get()
    if isinstance(model._meta.pk, models.AutoField):
        expected.pop(model._meta.pk.name), found.pop(model._meta.pk.name)
    assert found == expected


def test_nothing_is_inserted_for_nothing():
    insert_rows([])
    assert not Entry.objects.exists()


def test_what_was_inserted_is_no_new_row_any_more():
    made = row(PersonalRead, entry=1)
    insert_rows([made])
    assert not made._state.adding


def test_one_row_tells_its_number():
    first, second = row(Entry, number=1), row(Entry, number=2)
    numbers = [insert_row(first), insert_row(second)]
    assert list(Entry.objects.values_list("id", "number")) == list(
        zip(numbers, (1, 2), strict=True)
    )
    assert not first._state.adding


def test_a_row_is_put_in_the_place_of_its_own():
    for head in (row(ChainHead, channel="a"), row(ChainHead, channel="b")):
        put_row(head, by=("node", "channel"))
    put_row(row(ChainHead, channel="a", number=4, seal="new"), by=("node", "channel"))
    kept = ChainHead.objects.order_by("channel").values_list("channel", "number", "seal")
    assert list(kept) == [("a", 4, "new"), ("b", 3, "Ҷ")]


@pytest.mark.parametrize("count", [STREAMED - 1, STREAMED * 3], ids=["statements", "stream"])
def test_many_rows_are_those_of_bulk_create(count):
    hard = ["a\tb", "c\nd", "e\\f", "\\N", "", "Ж"]
    rows = [row(PersonalRead, entry=n, by_name=hard[n % len(hard)]) for n in range(count)]
    PersonalRead.objects.bulk_create(rows)
    expected = list(PersonalRead.objects.order_by("entry").values())
    PersonalRead.objects.all()._raw_delete("default")
    insert_rows([row(PersonalRead, entry=n, by_name=hard[n % len(hard)]) for n in range(count)])
    assert list(PersonalRead.objects.order_by("entry").values()) == expected


def test_merging_adds_what_is_new_and_changes_what_is_there():
    names = column_names(PersonalRead)
    known, new = row(PersonalRead, entry=1, found=2), row(PersonalRead, entry=2, found=5)
    insert_rows([known])
    values = [[getattr(each, name) for name in names] for each in (known, new)]
    table = PersonalRead._meta.db_table
    merge_rows(
        PersonalRead, values, key=["entry"], updates={"found": f"{table}.found + excluded.found"}
    )
    assert dict(PersonalRead.objects.values_list("entry", "found")) == {1: 4, 2: 5}
    assert PersonalRead.objects.filter(entry=2).values().get()["about"] == new.about


def test_values_are_inserted_in_the_order_of_the_columns():
    made = row(PersonalRead, entry=3)
    insert_values(PersonalRead, [[getattr(made, name) for name in column_names(PersonalRead)]])
    assert PersonalRead.objects.get().at == made.at


def test_a_stream_that_breaks_raises_as_every_other_statement_does():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([row(PersonalRead, entry=1) for _ in range(STREAMED)])
