"""``kordon mrz read``: machine readable zones from standard input, without the framework."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kordon.lib.traveldocs import read_mrz, to_json

LONGEST_LINE = 10_000


def main(arguments: Sequence[str]) -> None:
    """Answer each input line in order; a line that cannot be read costs no other line."""
    wishes = parser().parse_args(arguments)
    all_valid = True
    for number, line in _lines():
        text, trouble = _text_of(line)
        answer: dict[str, Any]
        if trouble:
            answer = {"line": number, "valid": False, "error": trouble}
        else:
            reading = read_mrz(text, on=wishes.date)
            answer = {"type": str(reading.format), **to_json(reading)}
        all_valid = all_valid and answer["valid"]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if wishes.strict and not all_valid:
        sys.exit(1)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kordon mrz",
        description="Read MRZs: one per line with | between its lines, or JSON lines"
        ' {"lines": ["…", "…"]}. Prints one JSON object for each.',
    )
    parser.add_argument("deed", choices=["read"])
    parser.add_argument(
        "--date",
        type=date.fromisoformat,
        default=date.today(),
        help="the day to resolve two-digit years and expiry against (today)",
    )
    parser.add_argument("--strict", action="store_true", help="exit 1 unless every MRZ is valid")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    return parser


def _lines() -> Iterator[tuple[int, str]]:
    """Lines that hold something, never more of one than an MRZ could need."""
    stream = sys.stdin.buffer
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if text := line.decode("utf-8", "replace").strip("\r\n\ufeff"):
            yield number, text


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
