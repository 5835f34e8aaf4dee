"""Blocks that stand in line are committed together, and none pays for another."""

import signal
import threading
from contextlib import contextmanager

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)

from kordon.journal import grouping
from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import Body, ChainHead, Entry, PersonalRead
from kordon.journal.tests.threads import at_once, in_line, is_held, until, waiting
from kordon.journal.verifying import verify
from kordon.journal.writing import group_sizes, record, writing

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"
THREADS, EACH = 8, 25


@pytest.fixture
def patient(monkeypatch):
    """A group waits for who is late on a busy machine."""
    monkeypatch.setattr(grouping, "OLDEST_S", 600)


@pytest.fixture
def sizes():
    """What was committed since the test began."""
    before = group_sizes()

    def since():
        grown = {size: times - before.get(size, 0) for size, times in group_sizes().items()}
        return {size: times for size, times in grown.items() if times}

    return since


def fact(found):
    return PersonalDataRead(query="x.y", about=(f"t:{found}",), found=found)


def writes(by, found):
    return lambda: record(fact(found), by=by)


def stumbles(by, found):
    def block():
        record(fact(found), by=by)
        raise ZeroDivisionError

    return block


def breaks_the_commit(by, found):
    """A body of no entry: the database looks at this when it commits, not before."""

    def block():
        record(fact(found), by=by)
        Body.objects.create(entry_id=10**9, salt=b"", text=b"")

    return block


def written():
    assert verify().faults == ()
    numbers = list(Entry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    return list(PersonalRead.objects.order_by("entry").values_list("found", flat=True))


def kinds(raised):
    return [error and type(error) for error in raised]


@contextmanager
def another_connection():
    """As another process has it."""
    other = connections.create_connection("default")
    try:
        yield other
    finally:
        other.close()


def seen_elsewhere():
    with another_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        return cursor.fetchone()[0]


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


def test_a_commit_that_fails_acknowledges_nobody(ada, patient, sizes):
    raised = in_line(writes(ada, 0), breaks_the_commit(ada, 1), writes(ada, 2), stumbles(ada, 3))
    assert kinds(raised) == [grouping.NotWritten] * 3 + [ZeroDivisionError]
    assert isinstance(raised[0].__cause__, IntegrityError)
    assert written() == []
    assert sizes() == {}
    with writing():
        record(fact(4), by=ada)
    assert ChainHead.objects.get().number == 1
    assert written() == [4]


def test_whose_thread_commits_hears_the_error_itself(ada):
    with pytest.raises(IntegrityError), writing():
        breaks_the_commit(ada, 1)()
    assert written() == []


# SQLite rolls back as it does when a disk is full; PostgreSQL goes away.
GIVES_UP = (
    "INSERT OR ROLLBACK INTO journal_body SELECT * FROM journal_body"
    if ON_SQLITE
    else "SELECT pg_terminate_backend(pg_backend_pid())"
)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_transaction_the_database_gave_up_fails_the_whole_group(ada, patient, hidden):
    def gives_up():
        record(fact(1), by=ada)
        try:
            with connection.cursor() as cursor:
                cursor.execute(GIVES_UP)
        except DatabaseError:
            if not hidden:
                raise
        # Without a transaction around it, this would be there for good.
        record(fact(1), by=ada)

    raised = in_line(writes(ada, 0), gives_up, writes(ada, 2))
    assert kinds(raised[:1]) == [grouping.NotWritten]
    assert raised[1] is not None
    assert raised[2] is None
    assert written() == [2]


@pytest.mark.skipif(not ON_SQLITE, reason="a file of SQLite's")
def test_a_full_disk_acknowledges_nobody(ada, patient):
    def full():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            for number in range(1000):
                record(fact(number), by=ada)
        finally:
            with another_connection():
                connection.connection.execute("PRAGMA max_page_count = 1073741823")

    raised = in_line(writes(ada, 0), full, writes(ada, 2))
    assert isinstance(raised[1], OperationalError)
    assert "full" in str(raised[1])
    # Either SQLite undid only the statement, or everything; never is somebody told otherwise.
    there = [number for number, error in ((0, raised[0]), (2, raised[2])) if error is None]
    assert written() == there


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


@contextmanager
def another_process_writes():
    """It has the lock of the database until the block ends."""
    with another_connection() as other, other.cursor() as cursor:
        if ON_SQLITE:
            cursor.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute("SELECT pg_advisory_lock(hashtext('kordon.journal'))")
        yield
        if ON_SQLITE:
            cursor.execute("COMMIT")


def test_who_writes_waits_for_another_process(ada):
    begun, done = threading.Event(), threading.Event()

    def other():
        with another_process_writes():
            begun.set()
            assert not done.wait(0.3)

    def write():
        assert begun.wait(60)
        with writing():
            record(fact(1), by=ada)
        done.set()

    assert at_once(other, write) == []
    assert written() == [1]


def test_a_transaction_that_cannot_begin_holds_up_nobody_after_it(ada):
    def give_up():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 1" if ON_SQLITE else "SET lock_timeout = 1")
        with another_process_writes(), pytest.raises(OperationalError), writing():
            record(fact(0), by=ada)
        assert not connection.in_atomic_block

    assert at_once(give_up) == []
    with writing():
        record(fact(1), by=ada)
    assert written() == [1]


def interrupt():
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


def test_who_is_interrupted_in_line_leaves_it(ada):
    begun = threading.Event()

    def hold():
        with writing():
            record(fact(0), by=ada)
            begun.set()
            until(lambda: waiting() == 1)
            interrupt()
            until(lambda: waiting() == 0)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(60)
    with pytest.raises(KeyboardInterrupt), writing():
        record(fact(1), by=ada)
    holder.join()
    with writing():
        record(fact(2), by=ada)
    assert written() == [0, 2]


def test_whose_connection_the_group_works_on_waits_for_its_end_even_if_interrupted(ada, patient):
    def follow():
        with writing():
            interrupt()
            record(fact(1), by=ada)
        connection.close()

    follower = threading.Thread(target=follow)
    with pytest.raises(KeyboardInterrupt), writing():  # noqa: PT012
        record(fact(0), by=ada)
        follower.start()
        until(lambda: waiting() == 1)
    assert written() == [0, 1]
    follower.join()
