"""PostgreSQL's own programs, told where the database is without a word on their command line."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from kordon.node.environment import LIBPQ, database

# Owners and grants belong to the server, not to the node: they may not exist elsewhere.
OURS_ALONE = ("--no-owner", "--no-privileges")
PROGRAMS = "Debian: postgresql-client"


class DumpFailed(Exception):
    """What PostgreSQL says, in a sentence."""


def dump(file: Path, described: dict[str, Any]) -> None:
    """Write a consistent dump of the database, whoever writes meanwhile. Raises ``DumpFailed``."""
    _run("pg_dump", ["--format=custom", f"--file={file}", *OURS_ALONE], _environment(described))


def load(file: Path, address: str) -> None:
    """Put a dump into the empty database at ``address``, whole or not at all.

    Raises ``DumpFailed``.
    """
    described = database(address, Path())
    environment = _environment(described)
    _check_empty(described)
    into = [*OURS_ALONE, "--exit-on-error", "--single-transaction"]
    _run("pg_restore", [*into, f"--dbname={described['NAME']}", str(file)], environment)


def _check_empty(described: dict[str, Any]) -> None:
    try:
        with psycopg.connect(**_told(described)) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
            ).fetchone()
    except psycopg.Error as error:
        raise DumpFailed(str(error).strip().split("\n")[0]) from error
    if found is None or found[0]:
        raise DumpFailed(
            f"The database {described['NAME']!r} is not empty. A node is restored into an empty one"
            " (createdb)."
        )


def _told(described: dict[str, Any]) -> dict[str, Any]:
    """What libpq is told of this database, by its own names."""
    told = {
        "dbname": described["NAME"],
        "user": described["USER"],
        "password": described["PASSWORD"],
        "host": described["HOST"],
        "port": str(described["PORT"]),
        **{name: described["OPTIONS"].get(name) for name in LIBPQ},
    }
    return {name: value for name, value in told.items() if value}


def _environment(described: dict[str, Any]) -> dict[str, str]:
    """As environment: a command line is shown to everybody on the machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    told = {name.replace("_", "").upper(): value for name, value in _told(described).items()}
    told["DATABASE"] = told.pop("DBNAME")
    return kept | {f"PG{name}": value for name, value in told.items()}


def _run(name: str, words: list[str], environment: dict[str, str]) -> None:
    program = shutil.which(name)
    if program is None:
        raise DumpFailed(f"{name} is not on this machine ({PROGRAMS}).")
    done = subprocess.run([program, *words], env=environment, capture_output=True, text=True)  # nosec B603
    if done.returncode:
        lines = done.stderr.strip().split("\n")
        told = next((line for line in lines if "error:" in line), lines[-1])
        raise DumpFailed(told[:500])
