"""The worker: lets every reaction hear what has happened, does every duty when it is due, and keeps
in touch with other nodes.

One per node. On SQLite it lives beside the pages in the server's process, so that all writers
of the node stand in one fair queue; on PostgreSQL it may be a process of its own.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from kordon.journal.duties import Round
from kordon.journal.reacting import react
from kordon.network.contact import in_touch

PAUSE_S = 0.5
AFTER_A_FAULT_S = 5.0

log = structlog.get_logger("kordon.worker")


class AnotherWorks(Exception):
    """A worker of this node runs already; two would let reactions hear everything twice."""


@contextmanager
def only_worker() -> Iterator[None]:
    """Be the one worker of this node. Raises ``AnotherWorks``. The system frees it at any death."""
    path = Path(settings.KORDON_HOME) / "worker.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AnotherWorks("A worker of this node is running already.") from error
        yield


def work(stop: threading.Event) -> None:
    """Hear what happened and do what is due, until told to stop."""
    duties = Round()
    while not stop.is_set():
        pause = PAUSE_S
        try:
            close_old_connections()
            react()
            duties.do_due()
        except Exception:  # the worker outlives whatever befalls one round
            log.exception("round_failed")
            pause = AFTER_A_FAULT_S
        stop.wait(pause)
    connection.close()


@contextmanager
def beside(wanted: bool) -> Iterator[None]:
    """Run the worker in a thread of this process, unless another process of the node does."""
    stop = threading.Event()
    thread = threading.Thread(target=_work_alone, args=(stop,), name="worker", daemon=True)
    if wanted:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if wanted:
            thread.join(timeout=5)


def _work_alone(stop: threading.Event) -> None:
    try:
        with only_worker(), in_touch():
            work(stop)
    except AnotherWorks as error:
        log.info("not_needed", reason=str(error))
