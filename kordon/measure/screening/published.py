"""Published lists and files of innocents, as the same values as invented people."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from kordon.measure.population import Listed, Traveller
from kordon.measure.population.people import Born
from kordon.watchlist.sources import Kind, SourceError, SourceRecord, pack, read
from kordon.watchlist.sources.countries import to_alpha3

OFAC_FILES = ("sdn.csv", "alt.csv", "add.csv")
WIDEST_RANGE = 15
"""Years; a wider range of births says nothing."""


class Unreadable(Exception):
    """A file that is neither a list nor innocents; the text says why."""


def read_files(files: Iterable[Path]) -> tuple[list[Listed], list[Traveller]]:
    """The persons of all lists, numbered through, and all innocents. Raises `Unreadable`."""
    records: list[SourceRecord] = []
    strangers: list[Traveller] = []
    for file in files:
        try:
            if is_of_innocents(file):
                strangers += _innocents(file, len(strangers))
            else:
                records += _records(file)
        except (OSError, UnicodeDecodeError, csv.Error, SourceError) as problem:
            raise Unreadable(f"{file}: {problem}") from None
    persons = [each for each in records if each.kind == Kind.PERSON and each.names]
    return [_listed(number, each) for number, each in enumerate(persons)], strangers


def is_of_innocents(file: Path) -> bool:
    if file.suffix != ".csv" or file.name in OFAC_FILES:
        return False
    with file.open("rb") as source:
        return b"full_name" in source.readline(500)


def _records(file: Path) -> tuple[SourceRecord, ...]:
    if file.name in OFAC_FILES:
        file = file.parent
    if file.is_dir():
        parts = {path.name: path.read_bytes() for path in file.iterdir() if path.name in OFAC_FILES}
        if "sdn.csv" not in parts:
            raise Unreadable(f"{file}: there is no sdn.csv")
        return read("ofac", pack(parts)).records
    form = "un" if file.suffix == ".xml" else "ftm" if file.suffix == ".json" else ""
    if not form:
        raise Unreadable(f"{file}: neither UN XML, OFAC CSV, FollowTheMoney nor innocents")
    return read(form, file.read_bytes()).records


def _listed(number: int, record: SourceRecord) -> Listed:
    births: list[Born] = list(record.births)
    for first, last in record.birth_ranges:
        if last - first <= WIDEST_RANGE:
            births += [(year, 0, 0) for year in range(first, last + 1)]
    full = next((born for born in births if born[2]), (0, 0, 0))
    names = tuple((name.text, str(name.quality)) for name in record.names)
    return Listed(number, "", names, tuple(births), record.nationalities, record.sex, full)


def _innocents(file: Path, known: int) -> list[Traveller]:
    text = io.StringIO(file.read_text(encoding="utf-8-sig"))
    found: list[Traveller] = []
    for row in csv.DictReader(text):
        parts = (row.get("date_of_birth") or "").split("-")
        year, month, day = (int(p) for p in parts) if len(parts) == 3 else (0, 0, 0)
        sex = {"male": "M", "female": "F"}.get((row.get("gender") or "").lower(), "")
        state = to_alpha3(row.get("nationality") or "") or ""
        number = -len(found) - known - 1
        name = row["full_name"]
        found.append(Traveller(number, "", name, "", False, (year, month, day), state, sex))
    return found
