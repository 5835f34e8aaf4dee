"""``kordon mrz write``."""

import argparse
import json
import re
from dataclasses import fields
from datetime import date
from typing import Any

from kordon.lib.traveldocs import Format, MRZData, MRZError, PartialDate, Table, write_mrz
from kordon.node.mrz.lines import answer, read_lines, told
from kordon.node.mrz.transliterating import add_table_options, table_of

NAMES = frozenset(field.name for field in fields(MRZData)) | {"format"}
NEEDED = ("format", "document_code", "issuer", "nationality", "number", "birth")
PARTIAL = re.compile(r"(\d{4}|\?{4})-(\d\d|\?\?)-(\d\d|\?\?)")


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "write",
        description='Write MRZs: JSON lines with "format" (TD1, TD2, TD3, MRVA, MRVB) and '
        f"{', '.join(sorted(NAMES - {'format'}))}; dates as 1990-03-04, unknown parts as ??. "
        "Prints one JSON object for each; exit 1 if one could not be written.",
    )
    add_table_options(parser)
    parser.add_argument(
        "--empty-check-digit",
        choices=["<", "0"],
        default="<",
        help="what stands after an empty personal number (<)",
    )
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(answer=write)


def write(wishes: argparse.Namespace) -> bool:
    """Whether everything could be written."""
    table, good = table_of(wishes), True
    for number, line in read_lines():
        said: dict[str, Any] = {"line": number}
        try:
            said |= _written(line, table, wishes.empty_check_digit)
        except MRZError as error:
            said["error"], good = told(error), False
        answer(said)
    return good


def _written(line: str, table: Table | None, empty: str) -> dict[str, Any]:
    given = _given(line)
    name = given.pop("format")
    try:
        format = Format(name)
    except ValueError:
        raise MRZError("FORMAT", f"{name} is no format") from None
    document = MRZData(**_with_dates(given))
    lines = write_mrz(format, document, empty_check_digit=empty, table=table)
    return {"format": name, "lines": list(lines)}


def _given(line: str) -> dict[str, str]:
    """The fields of an input line, all of them text."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise MRZError("INPUT", "not a JSON object")
    for name, value in found.items():
        if name not in NAMES:
            raise MRZError("INPUT", f"{name!r} is no field")
        if not isinstance(value, str):
            raise MRZError("INPUT", f"{name} is not text")
    missing = [name for name in NEEDED if not found.get(name)]
    if missing:
        raise MRZError("INPUT", f"missing: {', '.join(missing)}")
    return {"surname": "", "given_names": "", **found}


def _with_dates(given: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = dict(given)
    for name in ("birth", "expiry"):
        if text := made.pop(name, ""):
            made[name] = _date(name, text)
    if text := made.pop("issued", ""):
        try:
            made["issued"] = date.fromisoformat(text)
        except ValueError:
            raise MRZError("DATE", f"issued: {text} is no date") from None
    return made


def _date(name: str, text: str) -> PartialDate:
    match = PARTIAL.fullmatch(text)
    if match is None:
        raise MRZError("DATE", f"{name}: {text} is not written as 1990-03-04")
    return PartialDate(*(None if "?" in part else int(part) for part in match.groups()))
