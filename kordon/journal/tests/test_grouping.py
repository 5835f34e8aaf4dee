"""Blocks that stand in line are committed together, and none pays for another."""

import threading

import pytest
from django.db import (
    connection,
    connections,
    transaction,
)

from kordon.journal import grouping
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.tests.threads import (
    at_once,
    fact,
    in_line,
    is_held,
    kinds,
    seen_elsewhere,
    stumbles,
    until,
    waiting,
    writes,
    written,
)
from kordon.journal.writing import record, writing

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 8, 25


def test_many_writers_write_everything_once(ada, sizes):
    def write(thread):
        for number in range(EACH):
            with writing():
                record(fact(thread * EACH + number), by=ada)

    assert at_once(*[lambda thread=thread: write(thread) for thread in range(THREADS)]) == []
    assert sorted(written()) == list(range(THREADS * EACH))
    assert sum(size * times for size, times in sizes().items()) == THREADS * EACH


def test_who_stands_in_line_shares_the_commit_in_the_order_of_asking(ada, patient, sizes):
    assert in_line(*[writes(ada, number) for number in range(6)]) == [None] * 6
    assert written() == [0, 1, 2, 3, 4, 5]
    assert sizes() == {6: 1}


def test_a_group_is_no_larger_than_allowed(ada, patient, sizes, monkeypatch):
    monkeypatch.setattr(grouping, "MOST_BLOCKS", 2)
    assert in_line(*[writes(ada, number) for number in range(5)]) == [None] * 5
    assert written() == [0, 1, 2, 3, 4]
    assert sizes() == {2: 2, 1: 1}


def test_a_group_that_is_old_lets_nobody_in(ada, sizes, monkeypatch):
    monkeypatch.setattr(grouping, "OLDEST_S", 0)
    assert in_line(*[writes(ada, number) for number in range(3)]) == [None] * 3
    assert sizes() == {1: 3}


@pytest.mark.parametrize("alone", [0, 1, 2])
def test_what_takes_long_is_committed_alone(ada, patient, sizes, alone):
    assert in_line(*[writes(ada, number) for number in range(3)], alone={alone}) == [None] * 3
    assert written() == [0, 1, 2]
    assert sizes() == ({1: 3} if alone == 1 else {1: 1, 2: 1})


@pytest.mark.parametrize("who", [0, 1, 3])
def test_one_who_stumbles_amid_a_group_harms_nobody(ada, patient, who):
    blocks = [writes(ada, number) for number in range(4)]
    blocks[who] = stumbles(ada, who)
    raised = in_line(*blocks)
    assert kinds(raised) == [ZeroDivisionError if number == who else None for number in range(4)]
    assert written() == [number for number in range(4) if number != who]


def test_whoever_stumbles_last_still_commits_for_the_others(ada, patient, sizes):
    raised = in_line(writes(ada, 0), stumbles(ada, 1), stumbles(ada, 2))
    assert kinds(raised) == [None, ZeroDivisionError, ZeroDivisionError]
    assert written() == [0]
    with writing():
        record(fact(3), by=ada)
    assert written() == [0, 3]


def test_nobody_comes_back_before_the_commit(ada, patient):
    seen, back, go_on = [], threading.Event(), threading.Event()

    def first():
        with writing():
            record(fact(1), by=ada)
            until(lambda: waiting() == 1)
        back.set()
        seen.append(seen_elsewhere())

    def second():
        until(lambda: Entry.objects.count() == 0 and is_held())
        with writing():
            # On the shared connection the first block is there, elsewhere it is not.
            seen.append(Entry.objects.count())
            seen.append(seen_elsewhere())
            record(fact(2), by=ada)
            assert not back.wait(0.2)
            assert go_on.wait(60)

    def third():
        until(lambda: len(seen) == 2)
        assert not back.is_set()
        go_on.set()

    assert at_once(first, second, third) == []
    assert seen == [1, 0, 2]


def test_everyone_reads_what_is_written_on_a_connection_of_their_own(ada, patient):
    connected = []

    def write(found):
        def block():
            record(fact(found), by=ada)
            assert PersonalRead.objects.get(found=found).by == ada.id
            connected.append(connections["default"])

        return block

    assert in_line(write(0), write(1)) == [None, None]
    assert connected[0] is connected[1]
    assert connections["default"] is not connected[0]


def test_what_is_wished_after_the_commit_happens_in_the_thread_that_wished_it(ada, patient):
    called, threads = [], {}

    def wishes(found, fails=False):
        def call():
            called.append(found)
            assert threads[found] is threading.current_thread()
            assert seen_elsewhere() >= 2
            assert not connection.in_atomic_block

        def block():
            record(fact(found), by=ada)
            threads[found] = threading.current_thread()
            transaction.on_commit(call)
            if fails:
                raise ZeroDivisionError

        return block

    raised = in_line(wishes(0), wishes(1, fails=True), wishes(2))
    assert kinds(raised) == [None, ZeroDivisionError, None]
    assert sorted(called) == [0, 2]


def test_after_the_commit_one_may_write_again(ada):
    with writing():
        transaction.on_commit(lambda: write_again(ada))
        record(fact(1), by=ada)
    assert written() == [1, 2]


def write_again(by):
    with writing():
        record(fact(2), by=by)


def test_what_was_undone_inside_a_block_leaves_the_chain_whole(ada):
    with writing():
        record(fact(1), by=ada)
        with pytest.raises(ZeroDivisionError), writing():
            stumbles(ada, 2)()
        record(fact(3), by=ada)
    assert written() == [1, 3]


def test_what_was_marked_to_be_undone_is_not_acknowledged(ada, patient):
    def marks():
        record(fact(1), by=ada)
        transaction.set_rollback(True)

    raised = in_line(writes(ada, 0), marks, writes(ada, 2))
    assert kinds(raised) == [None, grouping.NotWritten, None]
    with pytest.raises(grouping.NotWritten), writing():
        marks()
    assert written() == [0, 2]


def test_inside_a_transaction_of_the_callers_own_nothing_is_shared(ada, sizes):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        with writing():
            record(fact(1), by=ada)
        raise ZeroDivisionError
    assert written() == []
    with transaction.atomic():
        for number in range(3):
            with writing():
                record(fact(number), by=ada)
    assert written() == [0, 1, 2]
    assert sizes() == {}
