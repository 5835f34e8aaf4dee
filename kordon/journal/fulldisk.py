"""Whether the disk of the database is full: what it said itself when something was to be written.

Nobody can record that nothing can be recorded. So an empty file in ``KORDON_HOME`` says it to every
process of this node; its time says since when. Whatever is written next puts another in its
place, until somebody has recorded that it was so.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

FILE, FILE_BEFORE = "disk.full", "disk.was_full"
POSTGRES_DISK_FULL = "53100"


def is_disk_full(error: BaseException) -> bool:
    """Whether an exception says that nothing more can be written."""
    if isinstance(error, DatabaseError):
        cause = error.__cause__
        full = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        return full or getattr(cause, "sqlstate", None) == POSTGRES_DISK_FULL
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def noted() -> Iterator[None]:
    """Remember whether what is written inside found the database's disk full."""
    try:
        yield
    except DatabaseError as error:
        if is_disk_full(error):
            note()
        raise
    forget()


def note() -> None:
    """It is full. An empty file needs no room; if there is none even for that, nothing is said."""
    with suppress(OSError):
        _file().touch(exist_ok=False)


def forget() -> None:
    """It is not full, or not any more."""
    if _file().exists():
        with suppress(FileNotFoundError):  # somebody else was quicker
            _file().replace(_file(FILE_BEFORE))


def was_full() -> bool:
    """Whether it was full before, and nobody has recorded that yet."""
    return _file(FILE_BEFORE).exists()


def note_recorded() -> None:
    """It is in the journal that it was full."""
    _file(FILE_BEFORE).unlink(missing_ok=True)


def full_since() -> datetime | None:
    """When the disk was found full, if nothing could be written since."""
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _file(name: str = FILE) -> Path:
    return Path(settings.KORDON_HOME) / name
