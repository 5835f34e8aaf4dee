"""What a source says, whatever its format: records, bad rows, and how many of each.

Records are written as canonical JSON lines, so that the same edition always has the same
hash and rows can be made from it again years later, without the parser that read it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Birth = tuple[int, int, int]
"""Year, month, day; 0 where unknown."""


class SourceError(Exception):
    """The file as a whole cannot be read. ``code`` is for machines, the text for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Kind(StrEnum):
    """What an alert is about."""

    PERSON = "person"
    DOCUMENT = "document"
    VEHICLE = "vehicle"


class Quality(StrEnum):
    """How far a name may be relied on; ``weak`` is the list's own word for its poor aliases."""

    GOOD = "good"
    WEAK = "weak"
    ORIGINAL_SCRIPT = "original_script"


@dataclass(frozen=True)
class Name:
    text: str
    quality: Quality = Quality.GOOD


@dataclass(frozen=True)
class Document:
    """``type``: passport, identity_card, travel_document, visa or other. ``issuer``: alpha-3."""

    type: str
    number: str
    issuer: str = ""


@dataclass(frozen=True)
class SourceRecord:
    """One listed person, document or vehicle.

    ``births`` are alternatives, ``birth_ranges`` pairs of years; ``nationalities`` and
    issuers are alpha-3 codes; ``listed_on`` is an ISO date or empty. ``notes`` say what
    could not be taken over; the words themselves stay in ``remarks``.
    """

    kind: Kind
    source_ref: str
    names: tuple[Name, ...] = ()
    births: tuple[Birth, ...] = ()
    birth_ranges: tuple[tuple[int, int], ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    places: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    plate: str = ""
    plate_country: str = ""
    remarks: str = ""
    programme: str = ""
    legal_basis: str = ""
    listed_on: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BadRow:
    """A row that became no record. ``line`` counts from 1; ``excerpt`` is how it begins."""

    line: int
    code: str
    text: str
    excerpt: str
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """All of an edition: ``rows == len(records) + bad_rows + sum(skipped) + sum(joined)``.

    ``skipped`` counts rows that are no person, document or vehicle, by what they are;
    ``joined`` those that became part of another row's record (aliases, addresses).
    ``bad`` lists the first bad rows, ``bad_rows`` counts all of them.
    """

    format: str
    records: tuple[SourceRecord, ...]
    bad: tuple[BadRow, ...]
    bad_rows: int
    rows: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    joined: Mapping[str, int] = field(default_factory=dict)
    as_of: str = ""
    header: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


def to_lines(records: Iterable[SourceRecord]) -> bytes:
    """Canonical JSON lines: sorted by reference, keys sorted, empty fields left out."""
    lines = sorted((record.source_ref, to_line(record)) for record in records)
    return "".join(line + "\n" for _, line in lines).encode()


def to_line(record: SourceRecord) -> str:
    """One record as canonical JSON, without the line's end."""
    filled = {key: value for key, value in vars(record).items() if value}
    for parts in ("names", "documents"):
        if parts in filled:
            filled[parts] = [vars(part) for part in filled[parts]]
    return json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_lines(content: bytes) -> Iterable[SourceRecord]:
    """The records of ``to_lines`` again."""
    return (from_line(line) for line in content.decode().split("\n") if line)


def from_line(line: str) -> SourceRecord:
    it: dict[str, Any] = json.loads(line)
    it["kind"] = Kind(it["kind"])
    it["names"] = tuple(Name(n["text"], Quality(n["quality"])) for n in it.get("names", ()))
    it["documents"] = tuple(Document(**document) for document in it.get("documents", ()))
    for key in ("births", "birth_ranges"):
        it[key] = tuple(tuple(value) for value in it.get(key, ()))
    for key in ("nationalities", "places", "notes"):
        it[key] = tuple(it.get(key, ()))
    return SourceRecord(**it)


def bad_to_lines(rows: Iterable[BadRow]) -> bytes:
    """Bad rows as JSON lines, in their order."""
    return "".join(
        json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) + "\n" for row in rows
    ).encode()


def bad_from_lines(content: bytes) -> list[BadRow]:
    """The bad rows of ``bad_to_lines`` again."""
    return [BadRow(**json.loads(line)) for line in content.decode().split("\n") if line]
