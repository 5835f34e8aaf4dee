"""``kordon mrz read``."""

import argparse
import json
from datetime import date
from typing import Any

from kordon.lib.traveldocs import find_unseen, read_mrz, repair_mrz, repair_to_json, to_json
from kordon.node.mrz.lines import answer, read_lines
from kordon.node.saying import day


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "read",
        description="Read MRZs: each on one line of the input with | between its own lines, or as "
        'JSON {"lines": ["…", "…"]}. Prints one JSON object for each.',
    )
    parser.add_argument(
        "--date",
        type=day,
        default=date.today(),
        help="the day to resolve two-digit years and expiry against (today)",
    )
    parser.add_argument("--strict", action="store_true", help="exit 1 unless every MRZ is valid")
    parser.add_argument(
        "--repair",
        action="store_true",
        help="tell beside what was read what a misread MRZ can have been, and which characters "
        "no check digit sees",
    )
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(answer=read)


def read(wishes: argparse.Namespace) -> bool:
    """Whether that is what was wished: with --strict, only valid zones."""
    all_valid = True
    for number, line in read_lines():
        text, trouble = _text_of(line)
        if trouble:
            said: dict[str, Any] = {"line": number, "valid": False, "error": trouble}
        else:
            said = _said(text, wishes)
        all_valid = all_valid and said["valid"]
        answer(said)
    return all_valid or not wishes.strict


def _said(text: str, wishes: argparse.Namespace) -> dict[str, Any]:
    reading = read_mrz(text, on=wishes.date)
    said: dict[str, Any] = {"type": str(reading.format), **to_json(reading)}
    if wishes.repair:
        repair = repair_mrz(reading)
        said["repair"] = repair_to_json(repair)
        said["unseen"] = [place._asdict() for place in find_unseen(repair.reading or reading)]
    return said


def _text_of(line: str) -> tuple[str, str]:
    """The MRZ of an input line, or what is wrong with the line."""
    if not line.lstrip().startswith("{"):
        return line.replace("|", "\n"), ""
    try:
        lines = json.loads(line)["lines"]
    except (ValueError, KeyError, TypeError, RecursionError):
        lines = None
    if isinstance(lines, list) and all(isinstance(each, str) for each in lines):
        return "\n".join(lines), ""
    return "", 'neither an MRZ nor JSON with "lines": a list of text'
