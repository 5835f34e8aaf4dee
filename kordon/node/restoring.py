"""Putting a node back from a backup, and proving that a backup can be put back.

The restored node is the next incarnation. One that others know (a post, headquarters) first
takes back what they hold of it: until then it records nothing, so that no number it ever gave
away is given twice.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kordon import __version__
from kordon.journal import identity
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.node.archive import BadArchive, sync_folder, unpack
from kordon.node.dumping import DumpFailed, load

ALONE = "standalone"
DUMP = "kordon.pgdump"
WANTS_DATABASE = (
    "This node lies in PostgreSQL: set KORDON_DATABASE to the address of an empty database."
)
WANTS_NONE = "This node lies in SQLite: leave KORDON_DATABASE empty."


class CannotRestore(Exception):
    """Why not, in a sentence. What was there is untouched."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """The node that came out of a backup; ``entries`` of its journal were verified."""

    node: str
    kind: str
    incarnation: int
    entries: int
    at: str


def verify_backup(file: Path) -> Restored:
    """Restore a backup elsewhere, examine every chain of it, and throw it away again.

    A dump of PostgreSQL is restored into a server of its own, started for that beside the
    backup. Raises ``BadArchive`` or ``CannotRestore``.
    """
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-") as folder:
        manifest = _unpack(file, Path(folder))
        if not (Path(folder) / DUMP).exists():
            return _examine(Path(folder), manifest, database="")
        try:
            with temporary_postgres(durable=False, under=file.parent) as database:
                return _examine(Path(folder), manifest, database=database)
        except NoPostgres as error:
            raise CannotRestore(f"A dump is proved by restoring it, and {error}.") from error


def restore(file: Path, home: Path, *, database: str = "") -> Restored:
    """Put a backup into the empty folder ``home``, verified. Raises ``CannotRestore``.

    ``database``: for a PostgreSQL node, the address of an empty database.

    The node gets its name (``node.json``) last of all, when it has been examined and is the
    next incarnation: whatever breaks this off, nothing that could start is left.
    """
    made = not home.exists()
    if not made and any(path.name != "lost+found" for path in home.iterdir()):
        raise CannotRestore(f"{home} is not empty. A node is restored into an empty folder.")
    stage = home / ".restoring"
    stage.mkdir(parents=True)
    try:
        manifest = _unpack(file, stage)
        if (stage / DUMP).exists() != bool(database):
            raise CannotRestore(WANTS_DATABASE if not database else WANTS_NONE)
        restored = _examine(stage, manifest, database=database)
        if restored.kind != ALONE:
            identity.await_heads(stage)
        identity.begin_again(stage)
        _move_in(stage, home)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        if made:
            home.rmdir()
        raise
    return restored


def _move_in(stage: Path, home: Path) -> None:
    ordered = sorted(stage.iterdir(), key=lambda path: path.name == identity.IDENTITY_FILE)
    for path in ordered:
        if path.name == identity.IDENTITY_FILE:
            sync_folder(home)
        path.rename(home / path.name)
    sync_folder(home)
    stage.rmdir()


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    manifest = unpack(file, folder)
    made_by = str(manifest["version"])
    if _numbers(made_by) > _numbers(__version__):
        raise CannotRestore(f"It was made by Kordon {made_by}: install that first.")
    for path in (folder / "home").iterdir():
        path.rename(folder / path.name)
    (folder / "home").rmdir()
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _examine(folder: Path, manifest: dict[str, Any], *, database: str) -> Restored:
    if database:
        try:
            load(folder / DUMP, database)
        except DumpFailed as error:
            raise CannotRestore(str(error)) from error
        (folder / DUMP).unlink()
    else:
        _check_sqlite(folder / "kordon.sqlite3")
    return Restored(
        node=str(manifest["node"]),
        kind=str(manifest["kind"]),
        incarnation=int(manifest["incarnation"]) + 1,
        entries=_verify_chains(folder, manifest, database),
        at=str(manifest["at"]),
    )


def _check_sqlite(file: Path) -> None:
    database = sqlite3.connect(file)
    try:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise BadArchive(f"The database is damaged: {error}") from error
    finally:
        database.close()
    if said != "ok":
        raise BadArchive(f"The database is damaged: {said}")


def _verify_chains(folder: Path, manifest: dict[str, Any], database: str) -> int:
    """Every chain of the restored node, against the heads in the manifest."""
    heads = folder / "heads.jsonl"
    heads.write_text("\n".join(manifest["heads"]) + "\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KORDON_")}
    environment = {
        **kept,
        "KORDON_HOME": str(folder),
        "KORDON_KIND": str(manifest["kind"]),
        "KORDON_DATABASE": database,
        "KORDON_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "kordon.node.examining", str(heads)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # nosec B603
    heads.unlink()
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).split("\n")[0 if done.stdout else -1]
        more = " The database now holds what was found: drop it." if database else ""
        raise CannotRestore(f"The backup does not hold: {words[:500]}{more}")
    return int(done.stdout)
