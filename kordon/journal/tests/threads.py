"""Writers at once, each in a thread with a connection of its own."""

import threading
import time
from contextlib import contextmanager

from django.db import connection, connections

from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import Entry, PersonalRead
from kordon.journal.verifying import verify
from kordon.journal.writing import _writers, record, writing

PATIENCE_S = 60


def at_once(*deeds):
    """Run each in a thread with a connection of its own; return what they raised."""
    start, raised = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait()
            deed()
        except Exception as error:  # shown to the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def until(condition):
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < limit, "it never came to that"
        time.sleep(0.001)  # asks again


def waiting():
    """How many stand in the line before the journal."""
    return len(_writers._line._waiting)


def is_held():
    """Whether somebody writes."""
    return _writers._line._held


def in_line(*blocks, alone=()):
    """Run each in a writing block of a thread of its own, asked for in this order.

    The first does not end before the last stands in line. Returns what each raised, or None.
    """
    raised = [None] * len(blocks)
    inside, all_in_line = threading.Event(), threading.Event()

    def run(number):
        try:
            with writing(alone=number in alone):
                if number == 0:
                    inside.set()
                    until(lambda: waiting() == len(blocks) - 1)
                    all_in_line.set()
                blocks[number]()
        except Exception as error:  # shown to the test
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(blocks))]
    for number, thread in enumerate(threads):
        thread.start()
        if number == 0:
            assert inside.wait(PATIENCE_S)
        else:
            # Once the last one stands there, they may be gone before it is seen.
            until(lambda number=number: all_in_line.is_set() or waiting() == number)
    for thread in threads:
        thread.join(PATIENCE_S)
    return raised


def fact(found):
    return PersonalDataRead(query="x.y", about=(f"t:{found}",), found=found)


def writes(by, found):
    return lambda: record(fact(found), by=by)


def stumbles(by, found):
    def block():
        record(fact(found), by=by)
        raise ZeroDivisionError

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
