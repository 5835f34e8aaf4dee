"""What must hold before a node may start; each says in one sentence why it does not."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kordon.journal import identity
from kordon.journal.receiving import apply_waiting
from kordon.node.listening import CannotStart
from kordon.watchlist import screening_index

FULL = 2


def check_identity() -> identity.Identity:
    """The node of this folder. Raises ``CannotStart``."""
    try:
        return identity.mine()
    except identity.NotInitialised as error:
        raise CannotStart(f"There is no node in {error} yet. Make one with: kordon init") from error


def check_durability() -> str:
    """Read back from the connection that a commit is on disk before it is answered.

    A power cut then loses nothing that was acknowledged. Asking for it is not enough:
    a file system without shared memory silently refuses WAL, and a server can be set otherwise.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            mode, level = (
                _ask(cursor, f"PRAGMA {name}") for name in ("journal_mode", "synchronous")
            )
            if (mode, level) != ("wal", FULL):
                raise CannotStart(
                    f"SQLite must run with journal_mode=wal and synchronous={FULL}, but answers "
                    f"{mode} and {level}. Is KORDON_HOME on a local disk?"
                )
            return "SQLite, WAL, synchronous=FULL"
        for name in ("fsync", "synchronous_commit"):
            if (value := _ask(cursor, f"SHOW {name}")) == "off":
                raise CannotStart(f"PostgreSQL must not run with {name}={value}.")
        return f"PostgreSQL {_ask(cursor, 'SHOW server_version')}"


def migrate(say: Callable[[str], None]) -> None:
    """Bring the tables to this version, saying so if there was anything to do.

    What a newer node told before this version knew it is applied now.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database to this version ({len(plan)} steps) …")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if count := apply_waiting():
        screening_index.discard()
        say(f"Applied {count} entries that an older version had kept.")


def _ask(cursor: object, question: str) -> object:
    cursor.execute(question)  # type: ignore[attr-defined]
    return cursor.fetchone()[0]  # type: ignore[attr-defined]
