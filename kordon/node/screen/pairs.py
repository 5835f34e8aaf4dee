"""Pairs of names scored against each other, without any list."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from kordon.lib.screening import Pair, compare_names
from kordon.node.screen.lists import Unreadable
from kordon.node.screen.telling import reason_told


def score_pairs(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = _rows(file, stream)
        header = [name.strip().lower() for name in next(rows, (0, []))[1]]
        if "name1" not in header or "name2" not in header:
            raise Unreadable(f"{file}: the first line must name the columns name1 and name2.")
        one, two = header.index("name1"), header.index("name2")
        for number, (line, row) in enumerate(rows, start=1):
            if len(row) <= max(one, two):
                print(f"{file}, line {line}: too few columns", file=sys.stderr)
                continue
            yield _pair(number, row[one], row[two], compare_names(row[one], row[two]))


def _rows(file: Path, stream: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it ends on."""
    rows = csv.reader(stream)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise Unreadable(f"{file}, line {rows.line_num}: {error}.") from error


def _pair(number: int, one: str, two: str, pair: Pair) -> dict[str, Any]:
    asked = {"number": number, "name1": one, "name2": two}
    reasons = [reason_told(reason) for reason in pair.reasons]
    return {**asked, "score": round(pair.score, 4), "reasons": reasons}
