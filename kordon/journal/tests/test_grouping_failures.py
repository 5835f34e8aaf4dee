"""A group that fails acknowledges nobody, and holds up nobody after it."""

import signal
import threading
from contextlib import contextmanager

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connection,
)

from kordon.journal import grouping
from kordon.journal.models import Body, ChainHead
from kordon.journal.tests.threads import (
    another_connection,
    at_once,
    fact,
    in_line,
    kinds,
    stumbles,
    until,
    waiting,
    writes,
    written,
)
from kordon.journal.writing import record, writing

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


def breaks_the_commit(by, found):
    """A body of no entry: the database looks at this when it commits, not before."""

    def block():
        record(fact(found), by=by)
        Body.objects.create(entry_id=10**9, salt=b"", text=b"")

    return block


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
