"""The Consolidated List of the United Nations Security Council, XML.

Schema: https://www.un.org/sc/resources/sc-sanctions.xsd. Individuals become records;
entities (organisations) are counted and skipped.
"""

import re
from typing import NamedTuple

from kordon.watchlist.sources.births import (
    Born,
    check_birth,
    iso_date,
    range_of_years,
    read_birth,
)
from kordon.watchlist.sources.bounds import BadRows, Options, clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.records import (
    Birth,
    Document,
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
)
from kordon.watchlist.sources.xmlstream import Element, walk

LEGAL_BASIS = "Resolutions of the United Nations Security Council under Chapter VII"
_QUALITIES = {"good": Quality.GOOD, "a.k.a.": Quality.GOOD, "f.k.a.": Quality.GOOD}
_BEFORE_NUMBER = re.compile(r"^.*?(?:\bnumber|\bno\b\.?|\bNo(?=\d)|№)[.:\s]*", re.I)


def read_un(content: bytes, options: Options) -> Parsed:
    """Every individual of the list. Raises ``SourceError`` if it is not that list."""
    bad = BadRows(options.max_bad_listed)
    records: dict[str, SourceRecord] = {}
    rows, skipped, as_of = 0, 0, ""
    for element in walk(content, frozenset({"INDIVIDUAL", "ENTITY"})):
        if not element.path:
            as_of = iso_date(element.attributes.get("dateGenerated", ""))
            if element.tag != "CONSOLIDATED_LIST":
                raise SourceError("not_this_format", "This is not the consolidated list of the UN.")
        if element.tag not in {"INDIVIDUAL", "ENTITY"}:
            continue
        rows += 1
        if rows > options.max_rows:
            raise SourceError("too_many_rows", f"The list has more than {options.max_rows:,} rows.")
        if element.tag == "ENTITY":
            skipped += 1
            continue
        record = _read_individual(element, options)
        reason = _reason_against(record, records)
        if reason:
            bad.add(element.line, *reason, excerpt=_excerpt(element))
        else:
            records[record.source_ref] = record
    return Parsed(
        format="un",
        records=tuple(records.values()),
        bad=tuple(bad.kept),
        bad_rows=bad.count,
        rows=rows,
        skipped={"organisation": skipped} if skipped else {},
        as_of=as_of,
    )


def _reason_against(record: SourceRecord, known: dict[str, SourceRecord]) -> tuple[str, str] | None:
    if not record.source_ref:
        return "no_reference", "The entry has no reference number."
    if record.source_ref in known:
        return "duplicate_reference", f"{record.source_ref} stands in the list twice."
    if not record.names:
        return "no_name", "The entry has no name."
    return None


def _excerpt(element: Element) -> str:
    return " ".join(part.text for part in element.parts[:8])


def _read_individual(it: Element, options: Options) -> SourceRecord:
    births = _read_births(it)
    countries = _read_countries([value.text for n in it.all("NATIONALITY") for value in n.parts])
    return SourceRecord(
        kind=Kind.PERSON,
        source_ref=clean(it.first("REFERENCE_NUMBER") or it.first("DATAID"), 60),
        names=_read_names(it),
        births=births.births,
        birth_ranges=births.ranges,
        nationalities=countries.codes,
        sex={"male": "M", "female": "F"}.get(it.first("GENDER").lower(), ""),
        places=_read_places(it),
        documents=_read_documents(it),
        remarks=_read_remarks(it, options),
        programme=clean(it.first("UN_LIST_TYPE"), 100),
        legal_basis=LEGAL_BASIS,
        listed_on=iso_date(it.first("LISTED_ON")),
        notes=(*births.notes, *countries.notes),
    )


def _read_names(it: Element) -> tuple[Name, ...]:
    whole = " ".join(it.first(f"{nth}_NAME") for nth in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    found = [Name(clean(whole, 300))]
    found += [
        Name(clean(text, 300), Quality.ORIGINAL_SCRIPT)
        for part in it.all("NAME_ORIGINAL_SCRIPT")
        for text in part.text.split(";")
    ]
    for alias in it.all("INDIVIDUAL_ALIAS"):
        quality = _QUALITIES.get(alias.first("QUALITY").lower(), Quality.WEAK)
        found += [Name(clean(text, 300), quality) for text in alias.first("ALIAS_NAME").split(";")]
    return tuple({name.text.casefold(): name for name in reversed(found) if name.text}.values())[
        ::-1
    ]


class _Births(NamedTuple):
    births: tuple[Birth, ...]
    ranges: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]


def _read_births(it: Element) -> _Births:
    births: list[Birth] = []
    ranges: list[tuple[int, int]] = []
    notes: list[str] = []
    stated = [(part, _born(part)) for part in it.all("INDIVIDUAL_DATE_OF_BIRTH")]
    for alias in it.all("INDIVIDUAL_ALIAS"):
        if text := alias.first("DATE_OF_BIRTH"):
            stated.append((alias, read_birth(text)))
    for part, born in stated:
        if born and born.birth:
            births.append(born.birth)
        elif born and born.years:
            ranges.append(born.years)
        elif text := clean(" ".join(p.text for p in part.parts if p.tag != "TYPE_OF_DATE"), 80):
            notes.append(f"birth date not understood: {text}")
    return _Births(tuple(dict.fromkeys(births)), tuple(dict.fromkeys(ranges)), tuple(notes))


def _born(part: Element) -> Born | None:
    about = part.first("TYPE_OF_DATE").upper() == "APPROXIMATELY"
    for tag in ("DATE", "YEAR"):
        if text := part.first(tag):
            return read_birth(f"about {text}" if about else text)
    first, last = part.first("FROM_YEAR"), part.first("TO_YEAR")
    if _is_year(first) and _is_year(last):
        return range_of_years(int(first), int(last))
    if _is_year(first or last):
        birth = check_birth(int(first or last), 0, 0)
        return Born(birth=birth) if birth else None
    return read_birth(part.first("NOTE"))


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()


class _Countries(NamedTuple):
    codes: tuple[str, ...]
    notes: tuple[str, ...]


def _read_countries(texts: list[str]) -> _Countries:
    cleaned = [clean(text, 100) for text in texts]
    stated = [text for text in cleaned if text and text.lower() not in {"na", "n/a", "unknown"}]
    codes = dict.fromkeys(code for text in stated if (code := to_alpha3(text)))
    notes = [f"country not known: {text}" for text in stated if not to_alpha3(text)]
    return _Countries(tuple(codes), tuple(notes))


def _read_places(it: Element) -> tuple[str, ...]:
    places = []
    for tag in ("INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_ADDRESS"):
        for part in it.all(tag):
            words = [clean(inner.text, 200) for inner in part.parts if inner.tag != "NOTE"]
            places.append(", ".join(word for word in words if word))
    return tuple(dict.fromkeys(place for place in places if place))[:50]


def _read_documents(it: Element) -> tuple[Document, ...]:
    documents = []
    for part in it.all("INDIVIDUAL_DOCUMENT"):
        number = read_number(part.first("NUMBER"))
        if number:
            kind = f"{part.first('TYPE_OF_DOCUMENT')} {part.first('TYPE_OF_DOCUMENT2')}"
            country = part.first("ISSUING_COUNTRY") or part.first("COUNTRY_OF_ISSUE")
            documents.append(Document(document_type(kind), number, to_alpha3(country)))
    return tuple(dict.fromkeys(documents))[:50]


def read_number(text: str) -> str:
    """The number itself out of "Libyan Passport No. 96/184442"; "" if there is no digit."""
    text = clean(text, 200)
    if not any(c.isdigit() for c in text):
        return ""
    bare = _BEFORE_NUMBER.sub("", text)
    return (bare if any(c.isdigit() for c in bare) else text)[:60]


def document_type(words: str) -> str:
    """Our type of document for what a list calls it."""
    words = words.lower()
    if "pass" in words and "port" in words:  # passport, passeport, pasaporte
        return "passport"
    if "pasaporte" in words or "паспорт" in words:
        return "passport"
    if "travel document" in words:
        return "travel_document"
    if "ident" in words or "cedula" in words or "tazkira" in words or "national id" in words:
        return "identity_card"
    return "other"


def _read_remarks(it: Element, options: Options) -> str:
    parts = [
        value.text for tag in ("TITLE", "DESIGNATION") for p in it.all(tag) for value in p.parts
    ]
    parts.append(it.first("COMMENTS1"))
    parts += [part.first("NOTE") for part in it.parts if part.parts]
    return clean(" · ".join(text.strip() for text in parts if text.strip()), options.max_field)
