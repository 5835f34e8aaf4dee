"""Writers at once, each in a thread with a connection of its own."""

import threading
import time

from django.db import connection

from kordon.journal.writing import _writers, writing

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
    raised, inside = [None] * len(blocks), threading.Event()

    def run(number):
        try:
            with writing(alone=number in alone):
                if number == 0:
                    inside.set()
                    until(lambda: waiting() == len(blocks) - 1)
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
            until(lambda number=number: waiting() == number)
    for thread in threads:
        thread.join(PATIENCE_S)
    return raised
