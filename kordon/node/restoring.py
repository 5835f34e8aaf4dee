"""Putting a node back from a backup, and proving that a backup can be put back.

The restored node is the next incarnation. One that others know (a post, headquarters) first
takes back what they hold of it: until then it records nothing, so that no number it ever gave
away is given twice.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kordon.journal import identity
from kordon.node.archive import BadArchive, unpack

ALONE = "standalone"


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
    """Unpack a backup elsewhere, examine every chain of it, and throw it away again.

    Raises ``BadArchive`` or ``CannotRestore``. A dump of PostgreSQL is read, not restored.
    """
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".restore-") as folder:
        return _unpack_and_verify(file, Path(folder), database="")


def restore(file: Path, home: Path, *, database: str = "") -> Restored:
    """Put a backup into the empty folder ``home``, verified. Raises ``CannotRestore``.

    ``database``: for a PostgreSQL node, the address of an empty database.
    """
    if home.exists() and any(home.iterdir()):
        raise CannotRestore(f"{home} is not empty. A node is restored into an empty folder.")
    home.mkdir(parents=True, exist_ok=True)
    try:
        restored = _unpack_and_verify(file, home, database=database)
        if restored.kind != ALONE:
            identity.await_heads(home)
        identity.begin_again(home)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return restored


def _unpack_and_verify(file: Path, folder: Path, *, database: str) -> Restored:
    manifest = unpack(file, folder)
    for path in (folder / "home").iterdir():
        path.rename(folder / path.name)
    (folder / "home").rmdir()
    dump = folder / "kordon.pgdump"
    if dump.exists():
        entries = _restore_postgres(dump, folder, manifest, database)
    else:
        _check_sqlite(folder / "kordon.sqlite3")
        entries = _verify_chains(folder, manifest, "")
    return Restored(
        node=str(manifest["node"]),
        kind=str(manifest["kind"]),
        incarnation=int(manifest["incarnation"]) + 1,
        entries=entries,
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


def _restore_postgres(dump: Path, folder: Path, manifest: dict[str, Any], database: str) -> int:
    program = shutil.which("pg_restore")
    if program is None:
        raise CannotRestore("pg_restore is not on this machine (Debian: postgresql-client).")
    if not database:
        _run([program, "--list", str(dump)], dict(os.environ))
        return int(manifest["entries"])
    into = [program, "--no-owner", "--exit-on-error", "--single-transaction"]
    _run([*into, f"--dbname={database}", str(dump)], dict(os.environ))
    dump.unlink()
    return _verify_chains(folder, manifest, database)


def _verify_chains(folder: Path, manifest: dict[str, Any], database: str) -> int:
    """``kordon journal verify`` of the restored node, against the heads in the manifest."""
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
    code = "from kordon.node.cli import main; main()"
    words = ["journal", "verify", "--json", "--against", str(heads)]
    said = _run([sys.executable, "-c", code, *words], environment)
    heads.unlink()
    return int(json.loads(said)["entries"])


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # nosec B603
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).split("\n")[-1]
        raise CannotRestore(f"The backup does not hold: {words[:500]}")
    return done.stdout
