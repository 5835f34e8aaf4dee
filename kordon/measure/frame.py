"""The frame of every ``kordon bench NAME`` and ``kordon prove NAME``.

It says on what machine, over what, and against which bars; a missed bar makes the exit code 1,
a machine on which nothing could be examined 3. With ``--json`` the last line of standard output
is one object: ``{"name", "ok", "skipped", "examined", "figures", "bars", "notes", "machine"}``.
Nothing here loads the framework or touches the user's node: see ``home.py``.
"""

import argparse
import ast
import importlib
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from kordon.measure.report import Report, machine

HERE = Path(__file__).parent
MISSED, SKIPPED = 1, 3


PARTS = {
    "bench": ("benches", "Measure what this machine can do."),
    "prove": ("proofs", "Prove what is claimed, by trying to break it."),
}


def bench(arguments: Sequence[str]) -> None:
    _main("bench", arguments)


def prove(arguments: Sequence[str]) -> None:
    _main("prove", arguments)


def names(folder: str) -> dict[str, str]:
    """Every bench or proof and the first line of what it says about itself."""
    found = {}
    for path in sorted((HERE / folder).glob("*.py")):
        if path.stem != "__init__":
            words = ast.get_docstring(ast.parse(path.read_text())) or ""
            found[path.stem] = words.split("\n")[0]
    return found


def parser(word: str) -> argparse.ArgumentParser:
    folder, about = PARTS[word]
    known = names(folder)
    listed = "\n".join(f"  {name:<10} {words}" for name, words in known.items())
    made = argparse.ArgumentParser(
        prog=f"kordon {word}",
        description=f"{about}\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("name", choices=known, metavar="NAME", help="one of the above")
    made.add_argument(
        *("--count", "--crossings", "--schedules", "--entries", "--cuts", "--persons"),
        type=int,
        help="how many to examine, if not as many as usual",
    )
    for database in ("postgresql", "sqlite"):
        alone = f"look at {database} alone, where both are looked at"
        made.add_argument(
            f"--{database}", dest="only", action="store_const", const=database, help=alone
        )
    seed = "play this one again, or so many from it on (simulation); these people (screening)"
    made.add_argument("--seed", type=int, help=seed)
    for what in (("alerts", "persons"), ("documents", "documents")):
        more = f"so many listed {what[1]} more than usual (check)"
        made.add_argument(f"--{what[0]}", type=int, default=0, help=more)
    _add_what_screening_takes(made)
    made.add_argument("--json", action="store_true", help="one JSON object as the last line")
    return made


def _add_what_screening_takes(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "files", nargs="*", type=Path, help="pairs (names), lists (lists), vectors (documents)"
    )
    made.add_argument("--innocents", type=int, help="how many asked for are on no list")
    made.add_argument("--travellers", type=int, help="how many asked for are on the list")
    made.add_argument("--flips", type=int, help="how many bits to flip (documents)")
    made.add_argument("--peers", action="store_true", help="other programs beside ours")


def _main(word: str, arguments: Sequence[str]) -> None:
    wishes = parser(word).parse_args(arguments)
    folder = PARTS[word][0]
    # Whoever ends us must not leave servers and folders behind: let every block be left.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    report = Report(
        name=f"{word} {wishes.name}",
        count=wishes.count,
        only=wishes.only or "",
        seed=wishes.seed,
        innocents=wishes.innocents,
        travellers=wishes.travellers,
        alerts=wishes.alerts,
        documents=wishes.documents,
        flips=wishes.flips,
        peers=wishes.peers,
        files=tuple(wishes.files),
    )
    if not wishes.json:
        print(f"{report.name}: {names(folder)[wishes.name]}\non {machine()}", flush=True)
    importlib.import_module(f"kordon.measure.{folder}.{wishes.name}").measure(report)
    print(json.dumps(report.as_json(), ensure_ascii=False) if wishes.json else _drawn(report))
    sys.exit(SKIPPED if report.skipped else MISSED if report.missed else 0)


def _drawn(report: Report) -> str:
    lines = [f"examined  {number:>12,} {what}" for what, number in report.examined.items()]
    for name, value in report.figures.items():
        bar = report.bars.get(name)
        verdict = f"   bar {bar}: {'met' if bar.met_by(value) else 'MISSED'}" if bar else ""
        lines.append(f"figure    {value:>12,g} {name}{verdict}")
    lines += [f"note      {text}" for text in report.notes]
    if report.skipped:
        return "\n".join([*lines, f"SKIPPED, NOTHING PROVED: {report.skipped}"])
    lines.append("MISSED: " + ", ".join(report.missed) if report.missed else "ok")
    return "\n".join(lines)
