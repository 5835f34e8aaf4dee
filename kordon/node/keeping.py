"""``kordon backup`` and ``kordon restore``. Restoring begins where there is no node yet."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from kordon.node.archive import BadArchive
from kordon.node.restoring import ALONE, CannotRestore, Restored, restore, verify_backup


def main(arguments: Sequence[str]) -> None:
    """``kordon restore FILE [--verify]``."""
    wishes = parser().parse_args(arguments)
    home = Path(os.environ.get("KORDON_HOME", "")).expanduser().absolute()
    try:
        if wishes.verify:
            done = verify_backup(wishes.file.absolute())
        elif not os.environ.get("KORDON_HOME"):
            raise CannotRestore("Set KORDON_HOME to the folder, still empty, of the new node.")
        else:
            database = os.environ.get("KORDON_DATABASE", "")
            done = restore(wishes.file.absolute(), home, database=database)
    except (BadArchive, CannotRestore, OSError) as error:
        sys.exit(str(error))
    print(json.dumps(asdict(done)) if wishes.json else _say(done, verified_only=wishes.verify))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kordon restore",
        description="Put a backup into the empty folder KORDON_HOME (and, of a node on PostgreSQL,"
        " the empty database KORDON_DATABASE). Every hash and every chain is examined first.",
    )
    parser.add_argument("file", type=Path, help="made by kordon backup")
    parser.add_argument(
        "--verify", action="store_true", help="only prove that it could be restored"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _say(done: Restored, *, verified_only: bool) -> str:
    what = f"{done.node}, {done.kind}, of {done.at}: {done.entries} entries verified"
    if verified_only:
        return f"The backup is whole: {what}."
    if done.kind == ALONE:
        return f"Restored: {what}. Start it with: kordon run"
    return (
        f"Restored: {what}.\nStart it with: kordon run. It records nothing until it has taken back"
        " what others hold of it (docs/operations/backup.md)."
    )
