"""Backing up a node while it works: database, kept files, identity and the heads of its chains.

A backup holds the node's key and everything it knows: keep it as safe as the node.
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kordon import __version__
from kordon.journal import identity
from kordon.journal.models import Entry
from kordon.journal.verifying import export_heads
from kordon.node.archive import Writer, may_hold
from kordon.node.dumping import DumpFailed, dump

MADE_ANEW = {"files", "index", "cache", identity.AWAITING_FILE}
"""In the node's folder, and not among its files: kept files are members of their own."""


class CannotBackUp(Exception):
    """What is missing on this machine, or wrong with the place."""


@dataclass(frozen=True, kw_only=True)
class BackedUp:
    """What lies in the file: journal entries, kept files, bytes in all; and what it took."""

    entries: int
    files: int
    bytes: int
    seconds: float


def back_up(file: Path | str) -> BackedUp:
    """Write a whole backup to ``file``. Raises ``CannotBackUp``; then there is no such file."""
    file, begun = Path(file), time.monotonic()
    if file.exists():
        raise CannotBackUp(f"{file} is there already.")
    home = Path(settings.KORDON_HOME)
    if home.resolve() in file.resolve().parents:
        raise CannotBackUp(
            "A backup lies outside the node's folder, or the next one would hold it."
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder,
        Writer(file) as writer,
    ):
        # Heads first: what is copied after them can only reach further.
        manifest = _describe()
        writer.add(*_database(Path(folder)))
        for path in _of_the_folder(home):
            writer.add(f"home/{path.relative_to(home)}", path)
        files = 0
        for path in _kept(home):
            writer.add(f"files/{path.parent.name}/{path.name}", path)
            files += 1
        writer.finish(manifest, identity.mine())
    return BackedUp(
        entries=manifest["entries"],
        files=files,
        bytes=file.stat().st_size,
        seconds=round(time.monotonic() - begun, 3),
    )


def _describe() -> dict[str, Any]:
    me = identity.mine()
    return {
        "what": "kordon-backup-v1",
        "version": __version__,
        "node": me.node,
        "kind": settings.KORDON_KIND,
        "incarnation": me.incarnation,
        "at": timezone.now().isoformat(),
        "entries": Entry.objects.count(),
        "heads": [witness.to_json() for witness in export_heads()],
    }


def _database(folder: Path) -> tuple[str, Path]:
    if connection.vendor == "sqlite":
        return "kordon.sqlite3", _copy_sqlite(folder / "kordon.sqlite3")
    return "kordon.pgdump", _dump_postgres(folder / "kordon.pgdump")


def _copy_sqlite(copy: Path) -> Path:
    """By the database's own backup call, in one step: writers go on, and the copy is one moment.

    In many steps it would begin anew at each commit of others, on a busy node for ever.
    """
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
    except sqlite3.Error as error:
        raise CannotBackUp(f"The database cannot be copied: {error}") from error
    finally:
        target.close()
        source.close()
    return copy


def _dump_postgres(file: Path) -> Path:
    try:
        dump(file, settings.DATABASES["default"])
    except DumpFailed as error:
        raise CannotBackUp(str(error)) from error
    return file


def _of_the_folder(home: Path) -> Iterator[Path]:
    """Who the node is and what it was told: its files, and those one folder further down.

    Not what is made anew (index, cache), nor the broker's store, which is never the record.
    """
    for path in sorted((*home.glob("*"), *home.glob("*/*"))):
        name = path.relative_to(home)
        passed = name.parts[0] in MADE_ANEW or name.name.startswith("kordon.sqlite3")
        passed = passed or name.suffix in {".lock", ".new", ".part"}
        if path.is_file() and not passed and may_hold(f"home/{name}"):
            yield path


def _kept(home: Path) -> Iterator[Path]:
    for path in sorted((home / "files").glob("??/*")):
        if len(path.name) == 64:
            yield path
