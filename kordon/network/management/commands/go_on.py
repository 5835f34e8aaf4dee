"""``kordon go-on``: a restored headquarters records again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from kordon.journal import identity
from kordon.journal.channels import is_post
from kordon.network.going_on import go_on, nodes_not_heard


class Command(BaseCommand):
    help = (
        "Let a restored headquarters record again, once every post was heard and has given back "
        "what was lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without",
            nargs="*",
            default=[],
            metavar="NODE",
            help="do not wait for these posts: what they alone hold of headquarters will be a fork",
        )

    def handle(self, *, without: list[str], **_: Any) -> None:
        if not identity.is_awaiting():
            raise CommandError("This node awaits nothing.")
        if is_post():
            raise CommandError("A post goes on by itself once headquarters has answered it.")
        if missing := [node for node in nodes_not_heard() if node not in without]:
            raise CommandError(
                f"Not heard since the restore, or still holding more: {', '.join(missing)}."
            )
        go_on()
        self.stdout.write("Headquarters records again.")
