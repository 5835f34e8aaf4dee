"""Ten who write at once: the part of ``kordon bench journal`` that runs inside the node.

Loaded only inside a temporary node.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from kordon.accounts.commands import set_up_booth
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.facts import PersonalDataRead
from kordon.journal.reacting import SYSTEM
from kordon.journal.verifying import verify
from kordon.journal.writing import group_sizes, record, writing
from kordon.measure import world

BY = Actor(id=SYSTEM, name="bench", rights=frozenset((*COMMANDS, *QUERIES)))


def note_reads(writers: int, times: int) -> dict[str, Any]:
    """The smallest transaction there is, and the commonest: a line of the access log."""

    def note(writer: int, number: int) -> None:
        about = (f"writer:{writer}", f"number:{number}")
        with writing():
            record(PersonalDataRead(query="bench.write", about=about, found=1), by=BY)

    return _at_once(note, writers, times)


def set_up_booths(writers: int, times: int) -> dict[str, Any]:
    """A whole command through its door: right, post looked up, fact, row, booth read back."""
    world.found()

    def set_up(writer: int, number: int) -> None:
        set_up_booth(by=BY, post="NORTH", booth=f"{writer}-{number}")

    return _at_once(set_up, writers, times)


def count_and_verify() -> tuple[int, int]:
    """Entries there are, faults found in their chains."""
    verdict = verify()
    return verdict.entries, len(verdict.faults)


def _at_once(deed: Callable[[int, int], None], writers: int, times: int) -> dict[str, Any]:
    """Seconds taken, the milliseconds of each deed, and how many commits held how many."""
    latencies: list[float] = []
    start = threading.Barrier(writers + 1)

    def write(writer: int) -> None:
        connection.ensure_connection()
        start.wait()
        for number in range(times):
            begun = time.perf_counter()
            deed(writer, number)
            latencies.append(1000 * (time.perf_counter() - begun))
        connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    before = group_sizes()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    sizes = {size: times - before.get(size, 0) for size, times in group_sizes().items()}
    return {"took": took, "latencies": latencies, "sizes": sorted(sizes.items())}
