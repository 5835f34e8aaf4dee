"""A full disk is told in words, to people and to machines, and is no error 500."""

import errno
import sqlite3

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import RequestFactory

from kordon.journal import fulldisk
from kordon.journal.fulldisk import is_disk_full
from kordon.node.middleware import DiskFull, answer_refusals
from kordon.ui.views import server_error


def full():
    """What a full disk raises, made by the database itself: not a page more may be written."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cause = OperationalError("could not extend file: No space left on device")
            cause.__cause__ = type("Full", (Exception,), {"sqlstate": "53100"})()
            return cause
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        try:
            cursor.execute("CREATE TABLE much (content)")
            cursor.execute("INSERT INTO much VALUES (zeroblob(10000000))")
        except DatabaseError as error:
            return error
        finally:
            cursor.execute("PRAGMA max_page_count=1073741823")
            cursor.execute("DROP TABLE IF EXISTS much")
    raise AssertionError("it was not full")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/api/v1/checks"])
def test_it_is_answered_in_words(path, client):
    error = full()
    assert is_disk_full(error)
    middleware = answer_refusals(lambda request: None)
    response = middleware.process_exception(RequestFactory().post(path), error)
    assert response.status_code == DiskFull.status == 507
    assert "No room is left" in response.content.decode()


@pytest.mark.parametrize(
    "error",
    [OperationalError("database is locked"), ValueError("x"), OSError(errno.EACCES, "no")],
)
def test_nothing_else_is_taken_for_it(error):
    error.__cause__ = sqlite3.OperationalError("database is locked")
    assert not is_disk_full(error)


def test_a_file_that_cannot_be_kept_says_so_too():
    assert is_disk_full(OSError(errno.ENOSPC, "No space left on device"))


def test_a_database_that_broke_down_for_want_of_room_is_said_to_be_full():
    request = RequestFactory().get("/")
    assert server_error(request).status_code == 500
    fulldisk.note()
    try:
        answer = server_error(request)
    finally:
        fulldisk.forget()
        fulldisk.note_recorded()
    assert answer.status_code == 507
    assert "No room is left" in answer.content.decode()
