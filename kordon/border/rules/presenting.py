"""What a traveller presents: the zone as scanned, what the officer typed, and both together."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from kordon.border.facts import Correction, Direction, FieldRead, Identity, Purpose
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.page import PagePresented
from kordon.border.rules.refusals import IdentityIncomplete, TextTooLong, Unreadable
from kordon.border.rules.seal import SealPresented
from kordon.border.rules.writing import check_characters
from kordon.lib.traveldocs import Format, Reading, read_mrz

MAX_MRZ = 1000
LIMITS = {
    "document_type": 4,
    "issuer": 3,
    "number": 40,
    "surname": 120,
    "given_names": 120,
    "nationality": 3,
    "birth": 10,
    "sex": 1,
    "expiry": 10,
}
PARTIAL_DATE = re.compile(r"(\d{4}|\?{4})-(0[1-9]|1[0-2]|\?\?)-(0[1-9]|[12]\d|3[01]|\?\?)")
CODES = ("document_type", "issuer", "number", "nationality", "sex")
NAMES = ("surname", "given_names")
DATES = ("birth", "expiry")
UNCHANGED = Identity()


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """``mrz`` as scanned, if there is one; ``typed`` what the officer read from the page.

    Without a zone ``typed`` is the whole document; beside one it holds the fields in which
    the page says otherwise. Both forms are screened.
    """

    direction: Direction
    mrz: str = ""
    typed: Identity = UNCHANGED
    plate: str = ""
    purpose: Purpose = Purpose.UNSTATED
    companions: str = ""
    route: str = ""
    chip: ChipPresented | None = None
    page: PagePresented | None = None
    seal: SealPresented | None = None


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A presentation understood. ``numbers`` are all readings of the document number."""

    reading: Reading | None
    read: Identity
    identity: Identity
    corrections: tuple[Correction, ...]
    numbers: tuple[str, ...]

    @property
    def format(self) -> str:
        return str(self.reading.format) if self.reading else ""

    @property
    def fields(self) -> tuple[FieldRead, ...]:
        """Every field of the zone with its verdict."""
        if self.reading is None:
            return ()
        found = self.reading.fields.values()
        return tuple(
            FieldRead(field=field.name, value=field.value, verdict=str(field.verdict))
            for field in found
        )

    @property
    def proven(self) -> frozenset[str]:
        """The fields of the zone whose check digit holds."""
        return frozenset(each.field for each in self.fields if each.verdict == "OK")

    @property
    def forms(self) -> tuple[tuple[str, Identity], ...]:
        """The forms of the identity to ask about: as read, and as typed where that differs."""
        if self.reading is None:
            return (("typed", self.identity),)
        if not self.corrections:
            return (("read", self.read),)
        return (("read", self.read), ("typed", self.identity))


def check_presentation(it: Presentation) -> None:
    """Bounds of what is typed. Raises a ``Refusal`` that names the field."""
    for name, limit in (("mrz", MAX_MRZ), ("plate", 20), ("companions", 200), ("route", 200)):
        _check_text(name, getattr(it, name), limit)
    if it.seal is not None:
        _check_text("seal_zone", it.seal.zone, MAX_MRZ)
    for name, limit in LIMITS.items():
        _check_text(name, getattr(it.typed, name), limit)
    for name in DATES:
        value = getattr(it.typed, name)
        if value and not PARTIAL_DATE.fullmatch(value):
            raise IdentityIncomplete(name)
    if it.typed.sex.upper() not in {"", "F", "M", "X"}:
        raise IdentityIncomplete("sex")


def read_presentation(it: Presentation, *, on: date) -> Presented:
    """Read the zone and lay over it what was typed. Raises ``Refusal`` if that is too little."""
    check_presentation(it)
    typed = _tidied(it.typed)
    reading = read_mrz(it.mrz, on=on) if it.mrz.strip() else None
    if reading is not None and reading.format is Format.UNKNOWN:
        if typed == UNCHANGED:
            raise Unreadable("This is no machine-readable zone.")
        reading = None
    read = _identity(reading) if reading else UNCHANGED
    identity, corrections = _overlay(read, typed)
    _check_complete(identity)
    numbers = [identity.number, *(reading.number_readings if reading else ())]
    return Presented(
        reading=reading,
        read=read,
        identity=identity,
        corrections=corrections if reading else (),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
    )


def _check_text(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(name)
    check_characters(name, text)


def _identity(reading: Reading) -> Identity:
    return Identity(
        document_type=reading.document_code[:4],
        issuer=reading.issuer[:3],
        number=reading.number[:40],
        surname=reading.surname[:120],
        given_names=reading.given_names[:120],
        nationality=reading.nationality[:3],
        birth=_date(str(reading.birth)),
        sex=reading.sex,
        expiry=_date(str(reading.expiry)) if reading.expiry else "",
    )


def _date(text: str) -> str:
    return "" if text == "????-??-??" else text


def _tidied(typed: Identity) -> Identity:
    """Codes in capitals, blanks single, nothing else changed."""
    changes = {name: getattr(typed, name).upper().strip() for name in CODES}
    changes |= {name: " ".join(getattr(typed, name).split()) for name in NAMES}
    return replace(typed, **changes)


def _overlay(read: Identity, typed: Identity) -> tuple[Identity, tuple[Correction, ...]]:
    changes, corrections = {}, []
    for field in fields(Identity):
        before, after = getattr(read, field.name), getattr(typed, field.name)
        if after and not _same(field.name, before, after):
            changes[field.name] = after
            corrections.append(Correction(field=field.name, read=before, typed=after))
    return replace(read, **changes), tuple(corrections)


def _same(name: str, before: str, after: str) -> bool:
    if name in NAMES:
        return before.casefold() == after.casefold()
    return before == after


def _check_complete(who: Identity) -> None:
    missing = [name for name in ("issuer", "number") if not getattr(who, name)]
    if not who.surname and not who.given_names:
        missing.append("surname")
    if missing:
        raise IdentityIncomplete(", ".join(missing))
