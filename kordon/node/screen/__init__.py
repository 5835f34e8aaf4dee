"""``kordon screen``: names against lists, or pairs of names, as JSON lines. Needs no node."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

# First of all: it tells the compiled matching where to keep itself between two calls.
import kordon.node.settings  # noqa: F401
from kordon.lib.screening import (
    THRESHOLD,
    Candidate,
    Index,
    Listing,
    Pair,
    Person,
    Reason,
    compare_names,
)
from kordon.watchlist.sources import (
    FIELDS,
    FORMATS,
    Kind,
    Options,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
    pack,
    read,
)
from kordon.watchlist.sources.births import read_birth
from kordon.watchlist.sources.countries import to_alpha3

WIDEST_RANGE = 15
BAD_ROWS_SHOWN = 20
OFAC_PARTS = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
HEAD = 4096
SEXES = {"M", "F"}


class Unreadable(Exception):
    """A file that is not what was promised; the text says which and why."""


def main(arguments: Sequence[str]) -> None:
    wishes = parser().parse_args(arguments)
    try:
        answers = _pairs(wishes.pairs) if wishes.pairs else _candidates(wishes)
        for answer in answers:
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    except (Unreadable, OSError) as error:
        sys.exit(str(error))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kordon screen",
        description="Look for the persons of a table in lists, or score pairs of names."
        " One JSON object for each, with every reason.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--queries", type=Path, help="CSV of persons; headers are understood")
    what.add_argument("--pairs", type=Path, help="CSV with the columns name1 and name2")
    parser.add_argument("--list", type=Path, nargs="+", default=[], help="lists to look in")
    parser.add_argument("--format", choices=FORMATS, help="of the lists, if not to be guessed")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="least score to show")
    parser.add_argument("--limit", type=int, default=10, help="most candidates for one person")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    return parser


def _candidates(wishes: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if not wishes.list:
        raise Unreadable("Say which lists to look in: --list FILE …")
    index = Index.build(listings(wishes.list, wishes.format))
    for number, (ref, person) in enumerate(people(wishes.queries), start=1):
        found = index.search(person, threshold=wishes.threshold, limit=wishes.limit)
        asked = {"number": number, "ref": ref, "names": person.names, "born": person.born}
        yield {**asked, "candidates": [_candidate(each) for each in found]}


def people(file: Path) -> Iterator[tuple[str, Person]]:
    """Reference and person of every row. What cannot be understood counts as unknown.

    A list with a wrong sex in it has a bad row; a traveller must be answered all the same.
    """
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.DictReader(stream)
        field_of = {name: _field(name) for name in rows.fieldnames or ()}
        if not {"name", "surname", "given_names"} & set(field_of.values()):
            raise Unreadable(f"{file}: no column of the first line is a name.")
        for row in rows:
            told = {field_of.get(name, ""): value or "" for name, value in row.items()}
            yield told.get("ref", ""), _person(told)


def _field(header: str) -> str:
    """Our name for a column, as the reader of lists would understand its header."""
    plain = " ".join(header.replace("_", " ").lower().split())
    return next((name for name, words in FIELDS.items() if plain in (*words, name)), plain)


def _person(told: Mapping[str, str]) -> Person:
    parts = [told.get(part, "") for part in ("given_names", "patronymic", "surname")]
    names = (told.get("name", ""), " ".join(filter(None, parts)))
    birth = read_birth(told.get("birth_date", ""))
    state = to_alpha3(told.get("nationality", ""))
    return Person(
        names=tuple(dict.fromkeys(name for name in names if name.strip())),
        born=(birth.birth if birth else None) or (0, 0, 0),
        nationalities=(state,) if state else (),
        sex=told.get("sex", "")[:1].upper() if told.get("sex", "")[:1].upper() in SEXES else "",
    )


def listings(files: Sequence[Path], format: str | None) -> Iterator[Listing]:
    """The persons of all lists; a key is the file's name and the list's own reference."""
    for file in files:
        for record in _read(file, format or guess_format(file)).records:
            if record.kind is Kind.PERSON:
                yield listing_of(record, f"{file.name}:{record.source_ref}")


def listing_of(record: SourceRecord, key: str) -> Listing:
    return Listing(
        key=key,
        names=_names(record, weak=False),
        births=_births(record),
        nationalities=record.nationalities,
        sex=record.sex,
        weak_names=_names(record, weak=True),
    )


def guess_format(file: Path) -> str:
    """By what the file begins with; the name alone says little."""
    with file.open("rb") as stream:
        head = stream.read(HEAD).lstrip(b"\xef\xbb\xbf \r\n\t")
    first = head.split(b"\n", 1)[0].lower()
    if file.name.lower() in OFAC_PARTS:
        return "ofac"
    if head.startswith(b"<"):
        return "un"
    if head.startswith(b"{"):
        return "ftm"
    return "opensanctions" if b"schema" in first and b"aliases" in first else "table"


def _read(file: Path, format: str) -> Parsed:
    content = file.read_bytes()
    if format == "ofac" and file.name.lower() == OFAC_PARTS[0]:
        beside = {name: file.with_name(name) for name in OFAC_PARTS}
        content = pack({name: p.read_bytes() for name, p in beside.items() if p.exists()})
    try:
        parsed = read(format, content, Options())
    except SourceError as error:
        raise Unreadable(f"{file}: {error}") from error
    for bad in parsed.bad[:BAD_ROWS_SHOWN]:
        print(f"{bad.file or file}, line {bad.line}: {bad.text}", file=sys.stderr)
    if parsed.bad_rows > BAD_ROWS_SHOWN:
        print(f"{file}: {parsed.bad_rows} bad rows in all", file=sys.stderr)
    return parsed


def _names(record: SourceRecord, *, weak: bool) -> tuple[str, ...]:
    return tuple(n.text for n in record.names if (n.quality is Quality.WEAK) is weak)


def _births(record: SourceRecord) -> tuple[tuple[int, int, int], ...]:
    """A range is given as its years; too wide a one says nothing."""
    narrow = [each for each in record.birth_ranges if each[1] - each[0] <= WIDEST_RANGE]
    years = ((year, 0, 0) for first, last in narrow for year in range(first, last + 1))
    return (*record.births, *years)


def _pairs(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream)
        header = [name.strip().lower() for name in next(rows, [])]
        if "name1" not in header or "name2" not in header:
            raise Unreadable(f"{file}: the first line must name the columns name1 and name2.")
        one, two = header.index("name1"), header.index("name2")
        for number, row in enumerate(rows, start=1):
            if len(row) <= max(one, two):
                print(f"{file}, line {rows.line_num}: too few columns", file=sys.stderr)
                continue
            yield _pair(number, row[one], row[two], compare_names(row[one], row[two]))


def _pair(number: int, one: str, two: str, pair: Pair) -> dict[str, Any]:
    asked = {"number": number, "name1": one, "name2": two}
    return {**asked, "score": round(pair.score, 4), "reasons": [_reason(r) for r in pair.reasons]}


def _candidate(it: Candidate) -> dict[str, Any]:
    return {
        "key": it.key,
        "score": round(it.score, 3),
        "matched_name": it.matched_name,
        "birth": str(it.birth),
        "reasons": [_reason(reason) for reason in it.reasons],
    }


def _reason(it: Reason) -> dict[str, Any]:
    said = {"code": it.code, "given": it.given, "listed": it.listed}
    return {**said, "weight": round(it.weight, 4), "text": it.text()}
