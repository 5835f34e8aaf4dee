"""``kordon check 'LINE1' 'LINE2'``: the check of the first line, on the command line."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.text import Text

from kordon.accounts.queries import get_operator
from kordon.border import commands, queries, words
from kordon.border.facts import Direction
from kordon.border.rules.presenting import Presentation
from kordon.journal.refusal import Refusal
from kordon.ui.words import country, written

MARKS = {"stop": ("■", "bold red"), "look": ("▲", "yellow"), "note": ("–", ""), "fine": ("●", "")}


class Command(BaseCommand):
    help = (
        "Check a traveller by the lines of a machine-readable zone, against this node's lists "
        "and records. The check is recorded, with who made it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lines", nargs="+", metavar="LINE", help="lines of the zone, in quotes")
        parser.add_argument("--direction", choices=[*Direction], default=Direction.ENTRY)
        parser.add_argument("--plate", default="", help="number plate of the vehicle")
        parser.add_argument("--as", dest="login", default="", help="act at this person's post")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **wishes: Any) -> None:
        presentation = Presentation(
            direction=Direction(wishes["direction"]),
            mrz="\n".join(wishes["lines"]),
            plate=wishes["plate"],
        )
        try:
            by = get_operator(wishes["login"])
            check = commands.check_traveller(by=by, check=uuid4(), presentation=presentation)
        except LookupError as error:
            raise CommandError(str(error)) from error
        except Refusal as error:
            raise type(error)(words.say_refusal(error)) from error
        view = queries.first_line_view(check)
        if wishes["json"]:
            self.stdout.write(json.dumps(view, ensure_ascii=False))
        else:
            show(view)


def show(view: dict[str, Any]) -> None:
    """The findings as the screen of the first line says them."""
    console, who = Console(highlight=False), view["identity"]
    console.print(Text(f"\n{who['surname']} {who['given_names']}", style="bold"))
    console.print(
        f"{country(who['nationality'])} · {who['sex']} · {written(who['birth'])} · "
        f"{who['document_type']} {who['issuer']} {who['number']}\n"
    )
    for finding in view["findings"]:
        said = words.say_finding(finding)
        mark, style = MARKS[said.level]
        console.print(Text(f"{mark} {said.text}", style=style))
        for line in (said.why, said.do):
            if line:
                console.print(Text(f"  {line}"))
        for match in view["matches"]:
            if match["match"] == finding["params"].get("match"):
                _show_match(console, match)
    console.print()
    for asked in view["sources"]:
        lamp = words.say_source(asked)
        console.print(Text(f"{lamp['name']}: {lamp['word'] or '✓'}", style="dim"))
    console.print()


def _show_match(console: Console, match: dict[str, Any]) -> None:
    if match.get("listed_name"):
        console.print(Text(f"  {match['listed_name']}", style="bold"))
    for reason in match.get("reasons", ()):
        console.print(Text(f"    {words.say_reason(reason)}"))
