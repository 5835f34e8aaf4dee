"""How single features are written in octets (Doc 9303-13, 2.3; 9303-7, 9.1.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar, cast

from kordon.lib.traveldocs.seal.c40 import read_c40, write_c40
from kordon.lib.traveldocs.seal.errors import SealError, wrong

MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Duration:
    """How long somebody may stay: days, months and years, to be added up.

    All zero: until the visa ends. 255 each: decided at entry. 254 each: transit only.
    """

    days: int = 0
    months: int = 0
    years: int = 0

    @property
    def meaning(self) -> str:
        """`UNTIL_EXPIRY`, `DECIDED_AT_ENTRY`, `TRANSIT`, or `STAY` of the length given."""
        parts = (self.days, self.months, self.years)
        return _MEANINGS.get(parts, "STAY")

    def __str__(self) -> str:
        if self.meaning != "STAY":
            return self.meaning
        parts = (("D", self.days), ("M", self.months), ("Y", self.years))
        return " ".join(f"{number}{unit}" for unit, number in parts if number)


_MEANINGS = {
    (0, 0, 0): "UNTIL_EXPIRY",
    (255, 255, 255): "DECIDED_AT_ENTRY",
    (254, 254, 254): "TRANSIT",
}

Value = str | int | bytes | date | datetime | Duration
Some = TypeVar("Some")


class Coding(StrEnum):
    """The forms of features; a value of Python for each."""

    TEXT = "TEXT"
    """C40; `str` of A-Z, 0-9 and space."""
    UTF8 = "UTF8"
    """`str`."""
    MRZ_A = "MRZ_A"
    """Zone of MRV-A: line 1 and 28 characters of line 2; `str` of two lines."""
    MRZ_B = "MRZ_B"
    """Zone of MRV-B: line 1 and 28 characters of line 2."""
    MRZ_TD2 = "MRZ_TD2"
    """Zone of TD2, both lines."""
    NUMBER = "NUMBER"
    """One octet; `int`."""
    DURATION = "DURATION"
    """Three octets; `Duration`."""
    DATE = "DATE"
    """Three octets; `date`."""
    MOMENT = "MOMENT"
    """A date and the minute of the day in universal time, five octets; `datetime` with UTC."""
    OCTETS = "OCTETS"
    """`bytes` as they are."""


def write_date(day: date) -> bytes:
    """MMDDYYYY as one number of three octets."""
    return (day.month * 10**6 + day.day * 10**4 + day.year).to_bytes(3, "big")


def read_date(octets: bytes) -> date:
    """Raises SealError(WRONG_FORMAT) for what is no day."""
    number = int.from_bytes(octets, "big")
    try:
        return date(number % 10**4, number // 10**6, number // 10**4 % 100)
    except ValueError:
        raise wrong(f"{number:08} is no date") from None


def _write_moment(moment: datetime) -> bytes:
    if moment.tzinfo is None:
        raise SealError("VALUE", "a moment needs its time zone")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise SealError("VALUE", "a moment before or after all years") from None
    return write_date(moment.date()) + (60 * moment.hour + moment.minute).to_bytes(2, "big")


def _read_moment(octets: bytes) -> datetime:
    day, minute = read_date(octets[:3]), int.from_bytes(octets[3:], "big")
    if minute >= MINUTES:
        raise wrong(f"{minute} is no minute of a day")
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)


def _write_duration(stay: Duration) -> bytes:
    parts = (stay.days, stay.months, stay.years)
    if not all(0 <= each <= 255 for each in parts):
        raise SealError("VALUE", "a duration has at most 255 days, months and years")
    return bytes(parts)


def _write_number(number: int) -> bytes:
    if not 0 <= number <= 255:
        raise SealError("VALUE", f"{number} is not within 0 and 255")
    return bytes((number,))


def _read_utf8(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise wrong("text that is not UTF-8") from None


class Zone(NamedTuple):
    """Characters of the two lines that a seal holds."""

    first: int
    second: int


ZONES = {
    Coding.MRZ_A: Zone(44, 28),
    Coding.MRZ_B: Zone(36, 28),
    Coding.MRZ_TD2: Zone(36, 36),
}


def _write_zone(coding: Coding, text: str) -> bytes:
    """Lines may be given whole; what the seal does not hold of line 2 is left out."""
    zone, lines = ZONES[coding], text.replace("|", "\n").split()
    if len(lines) != 2 or len(lines[0]) != zone.first or len(lines[1]) < zone.second:
        text = f"a zone of {zone.first} and {zone.second} characters is needed"
        raise SealError("VALUE", text)
    return write_c40(lines[0] + lines[1][: zone.second])


def _read_zone(coding: Coding, octets: bytes) -> str:
    zone, text = ZONES[coding], read_c40(octets).replace(" ", "<")
    if len(text) != sum(zone):
        raise wrong(f"a zone of {len(text)} characters, not {sum(zone)}")
    return f"{text[: zone.first]}\n{text[zone.first :]}"


class _Form(NamedTuple):
    """A coding: the type of its values, the sizes it may have, and both ways."""

    type: type
    sizes: range
    write: Callable[[Value], bytes]
    read: Callable[[bytes], Value]


def _form(
    kind: type[Some], sizes: range, write: Callable[[Some], bytes], read: Callable[[bytes], Value]
) -> _Form:
    return _Form(kind, sizes, cast("Callable[[Value], bytes]", write), read)


def _zone_form(coding: Coding) -> _Form:
    return _form(
        str,
        range(1, 255),
        lambda text: _write_zone(coding, text),
        lambda octets: _read_zone(coding, octets),
    )


def _only(size: int) -> range:
    return range(size, size + 1)


_ANY = range(65_536)
_FORMS = {
    Coding.TEXT: _form(str, _ANY, write_c40, lambda octets: read_c40(octets).rstrip(" ")),
    Coding.UTF8: _form(str, _ANY, lambda text: text.encode("utf-8"), _read_utf8),
    Coding.NUMBER: _form(int, _only(1), _write_number, lambda octets: octets[0]),
    Coding.DURATION: _form(
        Duration,
        _only(3),
        _write_duration,
        lambda octets: Duration(octets[0], octets[1], octets[2]),
    ),
    Coding.DATE: _form(date, _only(3), write_date, read_date),
    Coding.MOMENT: _form(datetime, _only(5), _write_moment, _read_moment),
    Coding.OCTETS: _form(bytes, _ANY, lambda octets: octets, lambda octets: octets),
    **{each: _zone_form(each) for each in ZONES},
}


def write_value(coding: Coding, value: Value) -> bytes:
    """The octets of a value; raises SealError(VALUE)."""
    form = _FORMS[coding]
    if type(value) is not form.type:
        raise SealError("VALUE", f"{form.type.__name__} is needed, not {type(value).__name__}")
    try:
        return form.write(value)
    except UnicodeEncodeError:
        raise SealError("VALUE", "text that cannot be written in UTF-8") from None


def read_value(coding: Coding, octets: bytes) -> Value:
    """The value of octets; raises SealError(WRONG_FORMAT)."""
    form = _FORMS[coding]
    if len(octets) not in form.sizes:
        raise wrong(f"{len(octets)} octets where {coding} stands")
    return form.read(octets)
