"""``kordon backup``: everything of this node in one file, while it works."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from kordon.node.backing_up import CannotBackUp, back_up
from kordon.node.starting import check_identity


class Command(BaseCommand):
    help = "Write database, kept files, identity and signed heads of this node to one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; it must not exist")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, file: Path, json: bool, **_: Any) -> None:
        check_identity()
        try:
            done = back_up(file.absolute())
        except CannotBackUp as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(done) if json else _in_words(done, file))


def _as_json(done: Any) -> str:
    return json.dumps(asdict(done))


def _in_words(done: Any, file: Path) -> str:
    return (
        f"{file}: {done.entries} entries, {done.files} kept files, {done.bytes / 1e6:.1f} MB.\n"
        "It holds the node's key: keep it as safe as the node. "
        f"Prove it: kordon restore --verify {file}"
    )
