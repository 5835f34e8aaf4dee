"""What OFAC writes into the remarks of an entry, taken apart.

"DOB 01 Jan 1946 to 31 Dec 1948; alt. DOB circa 1956; nationality Iraq; Passport A123 (Iraq)
expires 4 May 2010; a.k.a. 'WEAK NAME'; Gender Male." The words themselves are kept beside it.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kordon.watchlist.sources.births import read_birth
from kordon.watchlist.sources.bounds import clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.records import Birth, Document

PASSPORT, IDENTITY, TRAVEL, VISA, OTHER = (
    "passport", "identity_card", "travel_document", "visa", "other",
)  # fmt: skip
# How OFAC names documents; the longer before the shorter.
_LABELS = (
    ("Diplomatic Passport", PASSPORT),
    ("British National Overseas Passport", PASSPORT),
    ("Stateless Person Passport", PASSPORT),
    ("Passport Booklet", PASSPORT),
    ("Passport", PASSPORT),
    ("Travel Document Number", TRAVEL),
    ("Refugee ID Card", TRAVEL),
    ("Stateless Person ID Card", TRAVEL),
    ("VisaNumberID", VISA),
    ("National Foreign ID Number", IDENTITY),
    ("National ID No.", IDENTITY),
    ("Personal ID Card", IDENTITY),
    ("Identification Number", IDENTITY),
    ("Citizen's Card Number", IDENTITY),
    ("Cedula No.", IDENTITY),
    ("D.N.I.", IDENTITY),
    ("Tazkira National ID Card", IDENTITY),
    ("Turkish Identificiation Number", IDENTITY),
    ("Kenyan ID No.", IDENTITY),
    ("Moroccan Personal ID No.", IDENTITY),
    ("Residency Number", OTHER),
    ("SSN", OTHER),
    ("C.U.R.P.", OTHER),
    ("Driver's License No.", OTHER),
)
_LABEL = re.compile("|".join(re.escape(label) for label, _ in _LABELS))
_TYPES = dict(_LABELS)
_ENDS_NUMBER = re.compile(r" \(| (?:issued|expires)\b")
_COUNTRY = re.compile(r"\(([^()]{1,80})\)")
_ALT = re.compile(r"^alt\. ")
_SEXES = {"male": "M", "female": "F"}


class Said(NamedTuple):
    """What could be understood of the remarks."""

    births: tuple[Birth, ...]
    birth_ranges: tuple[tuple[int, int], ...]
    nationalities: tuple[str, ...]
    sex: str
    places: tuple[str, ...]
    documents: tuple[Document, ...]
    weak_names: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass
class _Heard:
    births: dict[Birth, None] = field(default_factory=dict)
    birth_ranges: dict[tuple[int, int], None] = field(default_factory=dict)
    nationalities: dict[str, None] = field(default_factory=dict)
    sex: str = ""
    places: dict[str, None] = field(default_factory=dict)
    documents: dict[Document, None] = field(default_factory=dict)
    weak_names: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_remarks(remarks: str) -> Said:
    """Everything the screening of a traveller can use."""
    heard = _Heard()
    for part in remarks.split(";"):
        part = _ALT.sub("", clean(part, 500).rstrip("."))
        _hear(part, heard)
    return Said(
        births=tuple(heard.births),
        birth_ranges=tuple(heard.birth_ranges),
        nationalities=tuple(heard.nationalities),
        sex=heard.sex,
        places=tuple(heard.places),
        documents=tuple(heard.documents),
        weak_names=tuple(heard.weak_names),
        notes=tuple(heard.notes),
    )


def _hear(part: str, heard: _Heard) -> None:
    word, _, rest = part.partition(" ")
    if word == "DOB":
        _hear_birth(rest, heard)
    elif word in {"nationality", "citizen"}:
        _hear_country(rest, heard)
    elif word == "POB":
        heard.places[rest] = None
    elif word == "Gender":
        heard.sex = _SEXES.get(rest.lower(), heard.sex)
    elif word == "a.k.a." and rest.strip("'\" "):
        heard.weak_names[rest.strip("'\" ")] = None
    elif label := _LABEL.match(part):
        _hear_document(label.group(), part[label.end() :], heard)


def _hear_birth(text: str, heard: _Heard) -> None:
    born = read_birth(text)
    if born and born.birth:
        heard.births[born.birth] = None
    elif born and born.years:
        heard.birth_ranges[born.years] = None
    else:
        heard.notes.append(f"birth date not understood: {text[:80]}")


def _hear_country(text: str, heard: _Heard) -> None:
    if code := to_alpha3(text):
        heard.nationalities[code] = None
    else:
        heard.notes.append(f"country not known: {text[:80]}")


def _hear_document(label: str, rest: str, heard: _Heard) -> None:
    ends = _ENDS_NUMBER.search(rest)
    number = rest[: ends.start()] if ends else rest
    number = number.strip(" .:#")
    if not any(c.isdigit() for c in number):
        return
    country = _COUNTRY.search(rest)
    document = Document(_TYPES[label], number[:60], to_alpha3(country[1]) if country else "")
    heard.documents[document] = None
