"""Backing up a node while it works: database, kept files, identity and the heads of its chains.

A backup holds the node's key and everything it knows: keep it as safe as the node.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
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
from kordon.node.archive import HOME_FILES, Writer

PAGES = 2000
"""Copied at once; between these steps others write."""


class CannotBackUp(Exception):
    """What is missing on this machine, or wrong with the place."""


@dataclass(frozen=True, kw_only=True)
class BackedUp:
    """What lies in the file: journal entries, kept files, bytes in all."""

    entries: int
    files: int
    bytes: int


def back_up(file: Path) -> BackedUp:
    """Write a whole backup to ``file``. Raises ``CannotBackUp``; then there is no such file."""
    if file.exists():
        raise CannotBackUp(f"{file} is there already.")
    file.parent.mkdir(parents=True, exist_ok=True)
    home = Path(settings.KORDON_HOME)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        # Heads first: what is copied after them can only reach further.
        manifest = _describe()
        writer = Writer(file)
        writer.add(*_database(Path(folder)))
        for name in HOME_FILES:
            if (home / name).exists():
                writer.add(f"home/{name}", home / name)
        files = 0
        for path in _kept(home):
            writer.add(f"files/{path.parent.name}/{path.name}", path)
            files += 1
        writer.finish(manifest, identity.mine())
    return BackedUp(entries=manifest["entries"], files=files, bytes=file.stat().st_size)


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
    """By the database's own backup call: consistent, whoever writes meanwhile."""
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)
    target = sqlite3.connect(copy)
    try:
        source.backup(target, pages=PAGES)
    finally:
        target.close()
        source.close()
    return copy


def _dump_postgres(dump: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotBackUp("pg_dump is not on this machine (Debian: postgresql-client).")
    told = connection.get_connection_params()
    environment = {**os.environ, "PGPASSWORD": str(told.get("password", ""))}
    command = [program, "--format=custom", f"--file={dump}", "--no-owner"]
    for option, name in (("host", "host"), ("port", "port"), ("username", "user")):
        if told.get(name):
            command.append(f"--{option}={told[name]}")
    command.append(str(told["dbname"]))
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # nosec B603
    if done.returncode:
        raise CannotBackUp(done.stderr.strip().split("\n")[-1])
    return dump


def _kept(home: Path) -> Iterator[Path]:
    for path in sorted((home / "files").glob("??/*")):
        if len(path.name) == 64:
            yield path
