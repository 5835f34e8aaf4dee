"""Lists given as files: their persons indexed, their documents by number."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Self

from kordon.lib.screening import Listing
from kordon.watchlist.sources import (
    Kind,
    Options,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
    pack,
    read,
)
from kordon.watchlist.spelling import confusable_number, plain_number

WIDEST_RANGE = 15
BAD_ROWS_SHOWN = 20
OFAC_PARTS = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
HEAD = 4096


class Unreadable(Exception):
    """A file that is not what was promised; the text says which and why."""


@dataclass(frozen=True)
class Numbered:
    """A listed document: key of its record, number in plain letters, issuing state."""

    key: str
    plain: str
    issuer: str


@dataclass
class Documents:
    """Listed documents by what is easily confused with their numbers."""

    by_number: dict[str, list[Numbered]] = field(default_factory=dict)

    def add(self, record: SourceRecord, key: str) -> None:
        for document in record.documents:
            if plain := plain_number(document.number):
                self._add(Numbered(key, plain, document.issuer))

    def written(self) -> str:
        """For other processes of this run, which ``read`` it."""
        return json.dumps([astuple(it) for each in self.by_number.values() for it in each])

    @classmethod
    def read(cls, text: str) -> Self:
        made = cls()
        for key, plain, issuer in json.loads(text):
            made._add(Numbered(key, plain, issuer))
        return made

    def _add(self, it: Numbered) -> None:
        self.by_number.setdefault(confusable_number(it.plain), []).append(it)

    def like(self, number: str, issuer: str) -> Iterator[tuple[Numbered, bool]]:
        """Listed numbers like this one, and whether they are the same. Another state's is none."""
        plain = plain_number(number)
        for listed in self.by_number.get(confusable_number(plain), ()) if plain else ():
            if not issuer or listed.issuer in {"", issuer}:
                yield listed, listed.plain == plain


def records_of(files: Sequence[Path], format: str | None) -> Iterator[tuple[str, SourceRecord]]:
    """The entries of all lists; a key is the file's name and the list's own reference."""
    for file in files:
        for record in _read(file, format or guess_format(file)).records:
            yield f"{file.name}:{record.source_ref}", record


def listings(
    records: Iterable[tuple[str, SourceRecord]], documents: Documents
) -> Iterator[Listing]:
    """The persons among the entries, for the index; every document goes to ``documents``."""
    for key, record in records:
        documents.add(record, key)
        if record.kind is Kind.PERSON:
            yield listing_of(record, key)


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
    if file.stat().st_size > Options().max_bytes:
        raise Unreadable(f"{file} is larger than {Options().max_bytes:,} bytes.")
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
