"""``kordon parcel``: posts and headquarters by stick, where there is no line."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from kordon.journal.channels import UP, channel_for, is_post
from kordon.journal.nodes import state_of
from kordon.journal.receipts import acknowledged
from kordon.journal.receiving import Rejected
from kordon.journal.wire import BadBatch
from kordon.network.parcels import BadParcel, Carried, make_down, make_up, take
from kordon.network.steps import Stopped


class Command(BaseCommand):
    help = "Carry entries and files between a post and headquarters in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        make = deeds.add_parser("make", help="write what the other side has not")
        make.add_argument("--post", help="at headquarters: for which post")
        make.add_argument("--after", type=int, default=0, metavar="N", help="entries for all posts")
        make.add_argument("--after-own", type=int, default=0, metavar="N", help="for this post")
        make.add_argument(
            "--back", type=int, metavar="N", help="also what this post, restored, lost after N"
        )
        taking = deeds.add_parser("take", help="take over what such a file holds")
        for part in (make, taking):
            part.add_argument("file", type=Path)
            part.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, deed: str, file: Path, json: bool, **wishes: Any) -> None:
        try:
            done = self._take(file) if deed == "take" else self._make(file, **wishes)
        except (BadParcel, BadBatch, Rejected, Stopped) as error:
            raise CommandError(f"{file.name}: {error}") from error
        self.stdout.write(_as_json(done) if json else _in_words(done))

    def _make(
        self,
        file: Path,
        *,
        post: str | None,
        after: int,
        after_own: int,
        back: int | None,
        **_: Any,
    ) -> Carried:
        if is_post():
            return make_up(file, after=acknowledged(UP))
        if not post or not state_of(post):
            raise CommandError("Say for which enrolled post: --post CODE")
        reached = {"all": after, channel_for(post): after_own}
        return make_down(file, post=post, after=reached, back=back)

    def _take(self, file: Path) -> Carried:
        show = sys.stderr.isatty()

        def progress(entries: int) -> None:
            if show:
                self.stderr.write(f"\r{entries:,} entries", ending="")

        return take(file, progress=progress)


def _as_json(done: Carried) -> str:
    return json.dumps(asdict(done))


def _in_words(done: Carried) -> str:
    receipt = ", and a receipt of headquarters" if done.receipt else ""
    return f"{done.entries} entries in {done.batches} batches, {done.files} files{receipt}."
