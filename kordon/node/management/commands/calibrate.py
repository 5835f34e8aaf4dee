"""``kordon calibrate``: what each threshold would cost and find on this node's own lists."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from kordon.accounts.queries import get_operator
from kordon.lib.screening import Person
from kordon.node.screen.lists import Unreadable
from kordon.node.screen.people import open_table
from kordon.watchlist import queries
from kordon.watchlist.calibration import PERSONS
from kordon.watchlist.proposing import Bounds, CalibrationReport, enough, invented_innocents

STATES = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "RUS", "CHN", "TUR")
SHOWN = (8.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 18.0, 20.0)


class Command(BaseCommand):
    help = (
        "Count, on the persons this node lists, what each threshold would show of innocent "
        "travellers and find of listed ones; propose two thresholds per category. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="innocents to replay instead: CSV or JSON lines, as for kordon screen",
        )
        add("--innocents", type=int, default=40_000, help="how many are invented (40000)")
        add("--listed", type=int, default=2_000, help="most listed persons that travel (2000)")
        add("--false-looks", type=float, default=1.0, help="borne per 1,000 and category (1)")
        add("--false-stops", type=float, default=1.0, help="borne per 10,000 and category (1)")
        add("--seed", type=int, default=9303, help="the same seed invents the same travellers")
        add("--as", dest="login", default="", help="act with this person's rights")
        add("--json", action="store_true", help="print one JSON object, every step of it")

    def handle(self, *args: Any, **wishes: Any) -> None:
        try:
            by = get_operator(wishes["login"])
        except LookupError as error:
            raise CommandError(str(error)) from error
        if wishes["innocents"] < 1 or wishes["listed"] < 1:
            raise CommandError("At least one innocent and one listed person have to travel.")
        if wishes["file"]:
            innocents = _replayed(wishes["file"])
        else:
            innocents = invented_innocents(wishes["innocents"], wishes["seed"], STATES)
        try:
            report = queries.calibrate(
                by=by,
                innocents=innocents,
                listed=wishes["listed"],
                bounds=Bounds(looks=wishes["false_looks"], stops=wishes["false_stops"]),
                seed=wishes["seed"],
            )
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if wishes["json"]:
            self.stdout.write(json.dumps(_told(report), ensure_ascii=False))
        else:
            _draw(report)
            needed = enough(Bounds(looks=wishes["false_looks"], stops=wishes["false_stops"]))
            if report.innocents < needed:
                self.stdout.write(f"To propose within these bounds {needed:,} have to travel.")


def _replayed(file: Path) -> Iterator[Person]:
    with open_table(file, {}, day_first=True) as table:
        for it in table.asked:
            if it.names:
                yield Person(it.names, it.born, it.nationalities, it.sex)


def _told(report: CalibrationReport) -> dict[str, Any]:
    return {
        "persons": report.persons,
        "innocents": report.innocents,
        "seed": report.seed,
        "weights": report.weights,
        "categories": {
            str(category): {
                "in_force": asdict(report.in_force[category]),
                "proposed": asdict(report.proposed[category]),
                "steps": [asdict(step) for step in report.steps(category)],
            }
            for category in PERSONS
            if category in report.counted
        },
    }


def _draw(report: CalibrationReport) -> None:
    console = Console(highlight=False)
    console.print(
        f"{report.persons:,} listed persons, {report.innocents:,} innocents "
        f"(seed {report.seed}), weights {report.weights}"
    )
    for category in PERSONS:
        if category not in report.counted:
            continue
        table = Table("from", "false looks of 1,000", "false stops of 10,000", "listed found")
        table.box = None
        for step in report.steps(category):
            if step.threshold in SHOWN:
                table.add_row(
                    f"{step.threshold:g}",
                    f"{step.looks_per_1000:.2f}",
                    f"{step.stops_per_10000:.2f}",
                    f"{step.recall:.1%}",
                )
        console.print(f"\n[bold]{category}[/]")
        console.print(table)
        now, then = report.in_force[category], report.proposed[category]
        console.print(f"in force: stops {now.stops:g}, looks {now.looks:g}", end="; ")
        console.print(f"proposed: stops {then.stops:g}, looks {then.looks:g}")
    console.print(
        "\nNothing was changed. To change it: PUT /api/v1/calibrations/ID, then a second person."
    )
