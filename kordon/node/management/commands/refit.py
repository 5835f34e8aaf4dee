"""``kordon refit``: weights fitted on what officers decided, before and after. Changes nothing."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from kordon.accounts.queries import get_operator
from kordon.border.queries import list_judged
from kordon.lib.screening.fitting import Decision, Finding, Quality, Refit, TooFew, refit
from kordon.watchlist.queries import get_calibration


class Command(BaseCommand):
    help = (
        "Fit the weights of findings on candidates that officers confirmed or rejected, on one "
        "half of them, and report how old and new weights do on the other. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--seed", type=int, default=9303, help="the same seed makes the same halves")
        add("--name", default="", help="version of the new weights (usual: fitted-DATE)")
        add("--write", type=Path, metavar="FILE", help="write the new weights there, as JSON")
        add("--as", dest="login", default="", help="act with this person's rights")
        add("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **wishes: Any) -> None:
        try:
            by = get_operator(wishes["login"])
            judged = list_judged(by=by)
            made = refit(
                [_decision(it) for it in judged],
                seed=wishes["seed"],
                version=wishes["name"] or f"fitted-{timezone.localdate()}",
                weights=get_calibration(by=by).weights,
            )
        except (LookupError, TooFew, ValueError) as error:
            raise CommandError(str(error)) from error
        if wishes["write"]:
            wishes["write"].write_text(json.dumps(asdict(made.new)) + "\n")
        shown_with = Counter(it.weights or "unknown" for it in judged)
        if wishes["json"]:
            more = {"moved": made.moved(), "shown_with": shown_with}
            self.stdout.write(json.dumps(asdict(made) | more))
        else:
            _draw(made, shown_with)


def _decision(it: Any) -> Decision:
    findings = (Finding(r.code, r.weight, bool(r.given), bool(r.listed)) for r in it.reasons)
    return Decision(it.alert, it.same, tuple(findings))


def _draw(made: Refit, shown_with: Counter[str]) -> None:
    console = Console(highlight=False)
    console.print(
        f"Fitted on {made.fitted_on} decisions ({made.fitted_on_same} confirmed), "
        f"judged on {made.held_out} others ({made.held_out_same} confirmed)."
    )
    versions = ", ".join(f"{version} ({n})" for version, n in shown_with.most_common())
    console.print(f"They were shown with weights {versions}.")
    table = Table("on the others", made.old.version, made.new.version, box=None)
    table.add_row("log loss", *(f"{it.log_loss:.4f}" for it in (made.before, made.after)))
    for rate in made.before.recall:
        said = f"confirmed found, {rate:.0%} of the rejected shown"
        table.add_row(said, *(_recall(it, rate) for it in (made.before, made.after)))
    console.print(table)
    moved = Table("weight", "old", "new", box=None)
    for name, (old, new) in made.moved().items():
        if name != "version":
            moved.add_row(name, f"{old:g}", f"{new:g}")
    console.print(moved)
    console.print(
        "Nothing was changed. Two persons may: --write FILE, PUT /api/v1/calibrations/ID."
    )


def _recall(it: Quality, rate: float) -> str:
    return f"{it.recall[rate]:.1%}"
