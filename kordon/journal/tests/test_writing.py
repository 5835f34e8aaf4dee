"""Many write at once; the chain stays one."""

import pytest
from django.db import transaction

from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import ChainHead, Entry, PersonalRead
from kordon.journal.tests.threads import at_once
from kordon.journal.verifying import verify
from kordon.journal.writing import record, record_many, writing

THREADS, EACH = 8, 15


def read(found):
    return PersonalDataRead(query="x.y", about=(f"t:{found}",), found=found)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_unbroken_chain(ada):
    def write():
        for found in range(EACH):
            with writing():
                record(read(found), by=ada)

    assert at_once(*[write] * THREADS) == []
    numbers = list(Entry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, THREADS * EACH + 1))
    assert PersonalRead.objects.count() == THREADS * EACH
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_one_who_stumbles_costs_the_others_nothing(ada):
    def write():
        with writing():
            record(read(1), by=ada)

    def stumble():
        with writing():
            record(read(2), by=ada)
            raise ZeroDivisionError

    raised = at_once(write, stumble, write, stumble, write)
    assert [type(error) for error in raised] == [ZeroDivisionError] * 2
    assert list(Entry.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_writers_wait_for_other_transactions_of_the_node(ada):
    """A session being saved, say; nobody is told that the database is locked."""

    def save_elsewhere():
        for _ in range(EACH):
            with transaction.atomic():
                PersonalRead.objects.filter(entry=0).update(found=0)

    def write():
        for found in range(EACH):
            with writing():
                record(read(found), by=ada)

    assert at_once(write, save_elsewhere, write, save_elsewhere) == []
    assert Entry.objects.count() == 2 * EACH


def test_thousands_of_facts_are_as_good_as_one_by_one(ada):
    with writing():
        record(read(0), by=ada)
        assert record_many((read(found), ada) for found in range(1, 2500)) == 2499
    assert ChainHead.objects.get().number == 2500
    assert PersonalRead.objects.count() == 2500
    assert verify().faults == ()


def test_a_block_inside_a_block_joins_it(ada):
    with writing():
        record(read(1), by=ada)
        with writing():
            record(read(2), by=ada)
    assert ChainHead.objects.get().number == 2


def test_what_was_undone_inside_a_block_breaks_nothing(ada):
    with writing():
        record(read(1), by=ada)
    with pytest.raises(ZeroDivisionError), writing():  # noqa: PT012
        record(read(2), by=ada)
        raise ZeroDivisionError
    with writing():
        record(read(3), by=ada)
    assert [entry.number for entry in Entry.objects.all()] == [1, 2]
    assert verify().faults == ()


def test_an_entry_can_be_neither_saved_again_nor_deleted(ada):
    with writing():
        entry = record(read(1), by=ada)
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
