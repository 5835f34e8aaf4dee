"""Commands and queries: permitted, whole or not at all, and never a read that nobody wrote down."""

import dataclasses
import threading

import pytest
from django.db import connection

from kordon.journal.command import command, note_read, query
from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.refusal import NotPermitted
from kordon.journal.tests.threads import at_once, until, waiting
from kordon.journal.writing import is_writing, record, writing

pytestmark = pytest.mark.usefixtures("declared", "db")


@pytest.fixture
def write():
    @command
    def write_line(*, by, fail=False):
        """Record one fact, and perhaps stumble afterwards."""
        entry = record(PersonalDataRead(query="x.y", about=(), found=1), by=by)
        if fail:
            raise ZeroDivisionError
        return entry

    return write_line


@pytest.fixture
def find():
    @query(personal=True)
    def find_traveller(*, by, number):
        """Show a person."""
        note_read(f"document:{number}")
        return number

    return find_traveller


def may(actor, *names):
    return dataclasses.replace(actor, rights=actor.rights | set(names))


def test_who_has_the_right_may(write, eve):
    entry = write(by=may(eve, "journal.write_line"))
    assert (entry.by_name, entry.number) == ("Eve", 1)


def test_who_lacks_the_right_may_not(write, eve):
    with pytest.raises(NotPermitted, match=r"journal\.write_line"):
        write(by=eve)
    assert not Entry.objects.exists()


def test_what_stumbles_leaves_nothing(write, eve):
    with pytest.raises(ZeroDivisionError):
        write(by=may(eve, "journal.write_line"), fail=True)
    assert not Entry.objects.exists()
    assert not PersonalRead.objects.exists()
    assert not is_writing()


def test_a_fact_is_recorded_inside_a_command_only(ada):
    with pytest.raises(RuntimeError, match="inside a command"):
        record(PersonalDataRead(query="x.y", about=(), found=1), by=ada)


def test_a_personal_query_needs_its_right(find, eve):
    with pytest.raises(NotPermitted):
        find(by=eve, number="KGZ/AC1")
    assert not PersonalRead.objects.exists()


def test_a_personal_query_is_on_disk_before_it_answers(find, eve):
    assert find(by=may(eve, "journal.find_traveller"), number="KGZ/AC1") == "KGZ/AC1"
    line = PersonalRead.objects.get()
    assert (line.query, line.about, line.found) == (
        "journal.find_traveller",
        ["document:KGZ/AC1"],
        1,
    )
    assert (line.by_name, line.post) == ("Eve", "NORTH")


def test_no_line_no_answer(find, eve, monkeypatch):
    """A node whose disk is full shows nobody."""
    with connection.execute_wrapper(_full_disk), pytest.raises(OSError, match="disk"):
        find(by=may(eve, "journal.find_traveller"), number="KGZ/AC1")


def _full_disk(execute, sql, parameters, many, context):
    if sql.startswith("INSERT"):
        raise OSError("disk full")
    return execute(sql, parameters, many, context)


def test_a_personal_query_that_finds_nobody_leaves_a_line_too(eve):
    @query(personal=True)
    def find_nobody(*, by):
        """Show nobody."""
        return ()

    find_nobody(by=may(eve, "journal.find_nobody"))
    assert PersonalRead.objects.get().found == 0


def test_queries_within_queries_add_to_one_line(find, eve):
    @query(personal=True)
    def find_family(*, by):
        """Show two persons and one of them twice."""
        return [find(by=by, number=number) for number in ("A1", "B2", "A1")]

    find_family(by=may(eve, "journal.find_family", "journal.find_traveller"))
    line = PersonalRead.objects.get()
    assert (line.query, line.about, line.found) == (
        "journal.find_family",
        ["document:A1", "document:B2"],
        3,
    )


def test_what_a_command_reads_is_in_its_transaction(find, eve):
    @command
    def look_and_fall(*, by):
        """Read a person, then stumble."""
        find(by=by, number="A1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        look_and_fall(by=may(eve, "journal.look_and_fall", "journal.find_traveller"))
    assert not PersonalRead.objects.exists()


def test_a_command_that_writes_late_leaves_the_journal_free_while_it_reads(eve):
    @command(writes_late=True)
    def read_then_write(*, by):
        """Think first, record last."""
        thinking = is_writing()
        with writing():
            return thinking, record(PersonalDataRead(query="x.y", about=(), found=1), by=by)

    thinking, entry = read_then_write(by=may(eve, "journal.read_then_write"))
    assert (thinking, entry.number) == (False, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("alone", [True, False])
def test_a_command_that_writes_at_length_shares_its_commit_with_nobody(eve, sizes, patient, alone):
    @command(alone=alone)
    def write_at_length(*, by):
        """Others come meanwhile."""
        writer.start()
        until(lambda: waiting() == 1)

    writer = threading.Thread(target=lambda: at_once(lambda: write_at_once(eve)))
    write_at_length(by=may(eve, "journal.write_at_length"))
    writer.join()
    assert sizes() == ({1: 2} if alone else {2: 1})


def write_at_once(by):
    with writing():
        record(PersonalDataRead(query="x.y", about=(), found=1), by=by)


def test_reading_persons_outside_is_a_bug():
    with pytest.raises(RuntimeError, match="personal query"):
        note_read("document:A1")
