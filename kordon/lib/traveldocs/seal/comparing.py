"""A seal against zones, field by field.

Zones cut names off, and states spell one letter in several ways (Doc 9303-3, 6). Neither is a
difference; both are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kordon.lib.traveldocs import Reading, read_mrz
from kordon.lib.traveldocs.crosscheck.naming import begins, folded
from kordon.lib.traveldocs.names import words
from kordon.lib.traveldocs.seal.codings import Coding
from kordon.lib.traveldocs.seal.vds import Seal
from kordon.lib.traveldocs.seal.vds_nc import JSONSeal


class Same(StrEnum):
    """How one field of a seal and of a zone go together."""

    SAME = "SAME"
    CUT = "CUT"
    """One is the beginning of the other, and its zone was full."""
    SPELLED_OTHERWISE = "SPELLED_OTHERWISE"
    """Equal but for letters that Doc 9303 lets states write in several ways."""
    DIFFERENT = "DIFFERENT"
    UNREADABLE = "UNREADABLE"
    """The zone says nothing that could be compared."""


class Against(StrEnum):
    """Which zone."""

    DOCUMENT = "DOCUMENT"
    """The visa, sheet or card that bears the seal."""
    PASSPORT = "PASSPORT"
    """The passport of the holder."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field."""

    against: Against
    field: str
    same: Same
    in_seal: str
    in_zone: str


class _Name(NamedTuple):
    surname: str
    given_names: str
    cut: bool


def compare_seal(
    seal: Seal | JSONSeal, *, document: Reading | None = None, passport: Reading | None = None
) -> tuple[Compared, ...]:
    """Compare what a seal says with zones as read; never raises, verifies nothing.

    `document` is the zone of what bears the seal, where the seal holds one too; every character
    must be the same. `passport` is the zone of the holder's passport.
    """
    found: list[Compared] = []
    zone = None if isinstance(seal, JSONSeal) else _zone_of(seal, passport or document)
    if document is not None and zone is not None and isinstance(seal, Seal):
        found += _with_document(zone, document)
        if all(each.same is Same.SAME for each in found):
            found += _rest(seal.zone, document)
    if passport is not None:
        found += _with_passport(seal, zone, passport)
    return tuple(found)


def _zone_of(seal: Seal, beside: Reading | None) -> Reading | None:
    """The zone in the seal, its second line filled up where the seal holds only 28 characters."""
    lines = seal.zone.split("\n")
    if len(lines) != 2:
        return None
    width = len(lines[0])
    on = beside.on if beside is not None else seal.header.signed
    return read_mrz((lines[0], lines[1].ljust(width, "<")), on=on)


_PRINTED = (
    "document_code",
    "issuer",
    "surname",
    "given_names",
    "number",
    "nationality",
    "birth",
    "sex",
    "expiry",
)


def _with_document(zone: Reading, document: Reading) -> Iterator[Compared]:
    if zone.format is not document.format:
        yield _told(Against.DOCUMENT, "format", Same.DIFFERENT, zone.format, document.format)
        return
    for name in _PRINTED:
        if name not in zone.fields:
            continue  # the French card has fewer
        raws = [each.fields[name].raw for each in (zone, document)]
        yield _told(Against.DOCUMENT, name, _equal(*raws), *raws)


def _rest(held: str, document: Reading) -> Iterator[Compared]:
    """What no field of its own holds: optional data and check digits, as far as the seal goes."""
    first, second = held.split("\n")
    printed = (document.lines[0], document.lines[1][: len(second)])
    if printed != (first, second):
        yield _told(Against.DOCUMENT, "rest", Same.DIFFERENT, second, printed[1])


def _with_passport(
    seal: Seal | JSONSeal, zone: Reading | None, passport: Reading
) -> Iterator[Compared]:
    told = _facts_of_person(seal) if isinstance(seal, JSONSeal) else _facts_of(seal, zone)
    name = _name_in_person(seal) if isinstance(seal, JSONSeal) else _name_in(seal, zone)
    if name is not None:
        yield from _names(name, passport)
    known = {
        "number": passport.number_readings or (passport.number,),
        "issuer": (passport.issuer,),
        "nationality": (passport.nationality,),
        "birth": tuple(str(each) for each in passport.births),
        "sex": (passport.sex,),
    }
    for field, said in told.items():
        printed = tuple(each for each in known[field] if each)
        same = _equal(said, *printed) if printed else Same.UNREADABLE
        yield _told(Against.PASSPORT, field, same, said, printed[0] if printed else "")


def _facts_of(seal: Seal, zone: Reading | None) -> dict[str, str]:
    """What a seal says about passport and holder, by the words of zones."""
    names = {
        "passport_number": "number",
        "document_number": "number",
        "document_issuer": "issuer",
        "nationality": "nationality",
        "birth": "birth",
    }
    said = {
        names[name]: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in seal.values.items()
        if name in names
    }
    if zone is not None:
        said |= {"nationality": zone.nationality, "birth": str(zone.birth), "sex": zone.sex}
    return {field: value for field, value in said.items() if value}


def _facts_of_person(seal: JSONSeal) -> dict[str, str]:
    person = seal.person
    birth = seal.birth
    said = {
        "number": person.get("i", ""),
        "birth": birth.isoformat() if birth is not None else "",
        "sex": person.get("sex", ""),
    }
    return {field: value.upper() for field, value in said.items() if value}


def _name_in(seal: Seal, zone: Reading | None) -> _Name | None:
    if zone is not None:
        return _Name(zone.surname, zone.given_names, zone.name_truncated)
    feature = None if seal.kind is None else seal.kind.by_name.get("surname")
    if feature is None or feature.coding is not Coding.TEXT:
        return None  # names that no zone holds, in letters that no zone has
    primary, secondary = (seal.values.get(each, "") for each in ("surname", "given_names"))
    return _Name(words(str(primary)), words(str(secondary)), cut=False)


def _name_in_person(seal: JSONSeal) -> _Name | None:
    """Primary and secondary identifier are parted by two blanks, as in a zone by two fillers."""
    primary, _, secondary = seal.person.get("n", "").upper().partition("  ")
    if not primary:
        return None
    return _Name(words(primary), words(secondary), cut=False)


def _names(name: _Name, passport: Reading) -> Iterator[Compared]:
    """Both identifiers; without a parting of the two in the seal the whole name."""
    printed = _Name(passport.surname, passport.given_names, passport.name_truncated)
    if not name.given_names and printed.given_names:
        whole = " ".join(printed[:2])
        same = _same_name(name.surname, whole, name.cut, printed.cut)
        yield _told(Against.PASSPORT, "name", same, name.surname, whole)
        return
    for field, said, found in (
        ("surname", name.surname, printed.surname),
        ("given_names", name.given_names, printed.given_names),
    ):
        same = _same_name(said, found, name.cut, printed.cut)
        yield _told(Against.PASSPORT, field, same, said, found)


def _same_name(one: str, two: str, one_cut: bool, two_cut: bool) -> Same:
    if one == two:
        return Same.SAME
    if folded(one) == folded(two):
        return Same.SPELLED_OTHERWISE
    if (one_cut and begins(one, two)) or (two_cut and begins(two, one)):
        return Same.CUT
    return Same.DIFFERENT


def _equal(one: str, *others: str) -> Same:
    return Same.SAME if one in others else Same.DIFFERENT


def _told(against: Against, field: str, same: Same, *both: str) -> Compared:
    return Compared(against, field, same, *(str(each) for each in both))
