"""The SDN list of the US Treasury (OFAC): sdn.csv, alt.csv, add.csv, sdn_comments.csv.

Layout: https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
(no header, "-0-" for nothing). Accepted are ``sdn.csv`` alone or an archive of them;
``pack`` makes that archive of single files, always the same for the same files.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO

from kordon.watchlist.sources.bounds import BadRows, Options, clean, unzip
from kordon.watchlist.sources.csvtext import Row, decode, read_rows
from kordon.watchlist.sources.ofac_remarks import read_remarks
from kordon.watchlist.sources.records import (
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
)

LEGAL_BASIS = "US Treasury, Office of Foreign Assets Control: SDN list"
PARTS = {"sdn": 12, "alt": 5, "add": 6, "sdn_comments": 2}


def pack(files: Mapping[str, bytes]) -> bytes:
    """One archive of several files; the same files always give the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return target.getvalue()


def read_ofac(content: bytes, options: Options) -> Parsed:
    """Every individual of the list with aliases, places, and what the remarks say."""
    parts = _open(content, options)
    return _Reading(parts, options).parsed()


def _open(content: bytes, options: Options) -> dict[str, str]:
    if not content.startswith(b"PK"):
        return {"sdn": decode(content, options.encoding)}
    files = {}
    for name, member in unzip(content, options).items():
        stem = name.rpartition("/")[2].lower().removesuffix(".csv")
        if stem in PARTS:
            files[stem] = decode(member, options.encoding)
    if "sdn" not in files:
        raise SourceError("not_this_format", "There is no sdn.csv in the archive.")
    return files


class _Reading:
    """One reading of the files; counts every row it meets."""

    def __init__(self, parts: Mapping[str, str], options: Options) -> None:
        self.parts, self.options = parts, options
        self.bad = BadRows(options.max_bad_listed)
        self.good_rows = 0
        self.skipped: Counter[str] = Counter()
        self.joined: Counter[str] = Counter()
        self.persons: dict[str, Row] = {}
        self.others: dict[str, str] = {}

    def parsed(self) -> Parsed:
        self._sort_entries()
        if not self.persons and not self.others:
            raise SourceError("not_this_format", "No row of this file is an entry of the SDN list.")
        aliases = self._group("alt", "alias")
        places = self._group("add", "address")
        comments = self._group("sdn_comments", "comment")
        records = tuple(
            self._record(
                row, aliases.get(number, []), places.get(number, []), comments.get(number, [])
            )
            for number, row in self.persons.items()
        )
        return Parsed(
            format="ofac",
            records=records,
            bad=tuple(self.bad.kept),
            bad_rows=self.bad.count,
            rows=self.good_rows + self.bad.count,
            skipped=dict(self.skipped),
            joined=dict(self.joined),
        )

    def _rows(self, part: str) -> Iterator[Row]:
        text = self.parts.get(part, "")
        options, bad = self.options, self.bad
        return read_rows(text, ",", options, bad, width=PARTS[part], file=f"{part}.csv")

    def _refuse(self, row: Row, part: str, code: str, text: str) -> None:
        self.bad.add(row.line, code, text, row.text, f"{part}.csv")

    def _sort_entries(self) -> None:
        for row in self._rows("sdn"):
            number, name, kind = row.cells[0], _value(row.cells[1]), _value(row.cells[2])
            if not number.isdecimal():
                self._refuse(row, "sdn", "no_reference", "The row has no entry number.")
            elif number in self.persons or number in self.others:
                self._refuse(row, "sdn", "duplicate_reference", f"{number} stands there twice.")
            elif kind.lower() != "individual":
                self.good_rows += 1
                self.others[number] = kind.lower() or "organisation"
                self.skipped[self.others[number]] += 1
            elif not name.strip(" ,"):
                self._refuse(row, "sdn", "no_name", "The entry has no name.")
            else:
                self.good_rows += 1
                self.persons[number] = row

    def _group(self, part: str, what: str) -> dict[str, list[Row]]:
        """Rows of a second file by the person they belong to."""
        found: dict[str, list[Row]] = {}
        for row in self._rows(part):
            number = row.cells[0]
            if number in self.persons:
                found.setdefault(number, []).append(row)
                self.joined[what] += 1
            elif number in self.others:
                self.skipped[f"{what} of {self.others[number]}"] += 1
            else:
                self._refuse(row, part, "orphan", "No entry has the number of this row.")
                continue
            self.good_rows += 1
        return found

    def _record(
        self, row: Row, aliases: list[Row], places: list[Row], comments: list[Row]
    ) -> SourceRecord:
        remarks = " ".join([_value(row.cells[11]), *(_value(c.cells[1]) for c in comments)])
        said = read_remarks(remarks)
        names = [Name(given_name_first(row.cells[1]))]
        names += [Name(given_name_first(alias.cells[3])) for alias in aliases]
        names += [Name(text, Quality.WEAK) for text in said.weak_names]
        lived = [
            clean(", ".join(_value(c) for c in p.cells[2:5] if _value(c)), 200) for p in places
        ]
        title = _value(row.cells[4])
        return SourceRecord(
            kind=Kind.PERSON,
            source_ref=row.cells[0],
            names=_once(names),
            births=said.births,
            birth_ranges=said.birth_ranges,
            nationalities=said.nationalities,
            sex=said.sex,
            places=tuple(dict.fromkeys(p for p in (*said.places, *lived) if p))[:50],
            documents=said.documents,
            remarks=clean(" · ".join(t for t in (title, remarks) if t), self.options.max_field),
            programme=clean(_value(row.cells[3]).replace("] [", ", "), 200),
            legal_basis=LEGAL_BASIS,
            notes=said.notes,
        )


def _value(cell: str) -> str:
    return "" if cell.strip() == "-0-" else cell.strip()


def _once(names: list[Name]) -> tuple[Name, ...]:
    """Each name once, with the quality it has where it stands first."""
    found: dict[str, Name] = {}
    for name in names:
        if name.text:
            found.setdefault(name.text.casefold(), name)
    return tuple(found.values())


_COMMA = re.compile(r"^([^,]+), ([^,]+)$")


def given_name_first(text: str) -> str:
    """ "ERIKSSON, Anna Maria" as "Anna Maria ERIKSSON"; anything else as it stands."""
    text = clean(_value(text), 300)
    found = _COMMA.match(text)
    return f"{found[2]} {found[1]}" if found else text.strip(" ,")
