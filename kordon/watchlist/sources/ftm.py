"""FollowTheMoney entities, one JSON object per line (OpenSanctions ``entities.ftm.json``).

https://followthemoney.tech. Persons become records, and so do vehicles with a plate.
Passports and identifications join the person who holds them, or stand alone as documents.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kordon.watchlist.sources.births import iso_date, read_birth
from kordon.watchlist.sources.bounds import BadRows, Options, clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.csvtext import decode
from kordon.watchlist.sources.opensanctions import quality_of
from kordon.watchlist.sources.records import (
    Document,
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
)

_DOCUMENTS = {"Passport": "passport", "Identification": "identity_card"}
_SEXES = {"male": "M", "female": "F", "m": "M", "f": "F"}
Entity = dict[str, Any]


def read_ftm(content: bytes, options: Options) -> Parsed:
    """Every person, loose document and plate of the file."""
    reading = _Reading(options)
    for line, text in enumerate(decode(content, options.encoding or "utf-8").split("\n"), 1):
        if text.strip("\r \ufeff"):
            reading.take(line, text)
    return reading.parsed()


class _Reading:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.bad = BadRows(options.max_bad_listed)
        self.rows = 0
        self.skipped: Counter[str] = Counter()
        self.records: dict[str, SourceRecord] = {}
        self.documents: list[tuple[list[str], SourceRecord]] = []
        self.known: set[str] = set()

    def take(self, line: int, text: str) -> None:
        self.rows += 1
        if self.rows > self.options.max_rows:
            raise SourceError("too_many_rows", f"More than {self.options.max_rows:,} lines.")
        try:
            self._take(read_entity(text, self.options))
        except BadEntity as error:
            self.bad.add(line, error.code, str(error), text)

    def _take(self, entity: Entity) -> None:
        ref, schema = clean(entity["id"], 120), clean(entity["schema"], 40)
        if ref in self.known:
            raise BadEntity("duplicate_reference", f"{ref} stands in the file twice.")
        if schema == "Person":
            self.records[ref] = _person(ref, entity, self.options)
        elif schema == "Vehicle":
            self.records[ref] = _vehicle(ref, entity, self.options)
        elif schema in _DOCUMENTS:
            self.documents.append((list(_texts(entity, "holder")), _document(ref, entity)))
        else:
            self.skipped[schema] += 1
        self.known.add(ref)

    def parsed(self) -> Parsed:
        joined = 0
        for holders, record in self.documents:
            persons = [
                h for h in holders if h in self.records and self.records[h].kind is Kind.PERSON
            ]
            for holder in persons:
                person = self.records[holder]
                together = tuple(dict.fromkeys((*person.documents, *record.documents)))
                self.records[holder] = replace(person, documents=together)
            if persons:
                joined += 1
            else:
                self.records[record.source_ref] = record
        return Parsed(
            format="ftm",
            records=tuple(self.records.values()),
            bad=tuple(self.bad.kept),
            bad_rows=self.bad.count,
            rows=self.rows,
            skipped=dict(self.skipped),
            joined={"document": joined} if joined else {},
        )


class BadEntity(Exception):
    """A line that is no entity we can use."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read_entity(text: str, options: Options) -> Entity:
    """The entity of one line. Raises ``BadEntity``."""
    if len(text) > options.max_row_bytes:
        raise BadEntity("too_long", f"The line is longer than {options.max_row_bytes:,}.")
    if "\ufffd" in text:
        raise BadEntity("bad_encoding", "The line holds bytes that are no UTF-8.")
    try:
        entity = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEntity("bad_json", "The line is not JSON.") from error
    if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
        raise BadEntity("no_entity", "The line is not an entity with properties.")
    named = (entity.get(key) for key in ("id", "schema"))
    if not all(isinstance(text, str) and clean(text, 120) for text in named):
        raise BadEntity("no_reference", "The entity has no id or no schema.")
    return entity


def _values(entity: Entity, *names: str) -> Iterator[Any]:
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        return
    for name in names:
        value = properties.get(name, [])
        yield from value if isinstance(value, list) else [value]


def _texts(entity: Entity, *names: str) -> dict[str, None]:
    """The different texts of some properties, in order."""
    texts = (v for v in _values(entity, *names) if isinstance(v, str))
    return dict.fromkeys(text for v in texts if (text := clean(v, 500)))


def _person(ref: str, entity: Entity, options: Options) -> SourceRecord:
    names = [Name(text[:300], quality_of(text)) for text in _texts(entity, "name", "alias")]
    names += [Name(text[:300], Quality.WEAK) for text in _texts(entity, "weakAlias")]
    if not any(name.quality is not Quality.WEAK for name in names):
        whole = " ".join((*_texts(entity, "firstName"), *_texts(entity, "lastName")))
        names = [*([Name(whole[:300])] if whole else []), *names]
    if not names:
        raise BadEntity("no_name", "The person has no name.")
    births = {text: read_birth(text) for text in _texts(entity, "birthDate")}
    countries = {text: to_alpha3(text) for text in _texts(entity, "nationality", "citizenship")}
    sexes = [_SEXES.get(text.lower(), "") for text in _texts(entity, "gender")]
    notes = [f"birth date not understood: {text[:80]}" for text, it in births.items() if not it]
    notes += [f"country not known: {text[:80]}" for text, code in countries.items() if not code]
    return SourceRecord(
        kind=Kind.PERSON,
        source_ref=ref,
        names=tuple(dict.fromkeys(names)),
        births=tuple(dict.fromkeys(b.birth for b in births.values() if b and b.birth)),
        nationalities=tuple(dict.fromkeys(code for code in countries.values() if code)),
        sex=sexes[0] if sexes else "",
        places=tuple(_texts(entity, "birthPlace", "address"))[:50],
        documents=tuple(dict.fromkeys(_documents_of(entity)))[:50],
        remarks=_remarks(entity, options),
        programme=" · ".join(_texts(entity, "program", "programId"))[:200],
        listed_on=iso_date(str(entity.get("first_seen") or "")[:40]),
        notes=tuple(notes),
    )


def _remarks(entity: Entity, options: Options) -> str:
    return clean(" · ".join(_texts(entity, "position", "notes", "summary")), options.max_field)


def _documents_of(entity: Entity) -> Iterator[Document]:
    """Numbers told as properties, and documents nested into the person."""
    for number in _texts(entity, "passportNumber"):
        yield Document("passport", number[:60])
    for number in _texts(entity, "idNumber"):
        yield Document("identity_card", number[:60])
    properties = entity["properties"]
    for nested in (v for name in properties for v in _values(entity, name)):
        if isinstance(nested, dict) and nested.get("schema") in _DOCUMENTS:
            yield from _document_of(nested)


def _document_of(entity: Entity) -> Iterator[Document]:
    issuer = next((c for text in _texts(entity, "country") if (c := to_alpha3(text))), "")
    for number in _texts(entity, "number", "passportNumber"):
        yield Document(_DOCUMENTS[entity["schema"]], number[:60], issuer)


def _document(ref: str, entity: Entity) -> SourceRecord:
    documents = tuple(_document_of(entity))
    if not documents:
        raise BadEntity("no_number", "The document has no number.")
    return SourceRecord(kind=Kind.DOCUMENT, source_ref=ref, documents=documents)


def _vehicle(ref: str, entity: Entity, options: Options) -> SourceRecord:
    plates = list(_texts(entity, "registrationNumber"))
    if not plates:
        raise BadEntity("no_plate", "The vehicle has no registration number.")
    country = next((c for text in _texts(entity, "country") if (c := to_alpha3(text))), "")
    return SourceRecord(
        kind=Kind.VEHICLE,
        source_ref=ref,
        plate=plates[0][:20],
        plate_country=country,
        remarks=_remarks(entity, options),
        listed_on=iso_date(str(entity.get("first_seen") or "")[:40]),
        notes=tuple(f"further plate: {plate[:20]}" for plate in plates[1:]),
    )
