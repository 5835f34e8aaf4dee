"""Dates of six characters: parts may be unknown, the century is never printed.

Doc 9303-3, 4.8: YYMMDD; unknown parts of a birth date are fillers (some issuers print 00).
An unknown part stays unknown: nobody is born on 1 January because a form needs a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

OLDEST = 115  # years; beyond this the other century is no possible age of a living traveller
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=False, init=False)
class PartialDate:
    """A date of which any part may be unknown (None). Prints as 1974-08-12, 1974-??-??."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __init__(
        self, year: int | None = None, month: int | None = None, day: int | None = None
    ) -> None:
        _put_year(self, year)
        _put_month(self, month)
        _put_day(self, day)

    def __str__(self) -> str:
        return _written(self.year, self.month, self.day)

    @property
    def is_full(self) -> bool:
        """Whether all three parts are known."""
        return None not in (self.year, self.month, self.day)

    @property
    def exact(self) -> date | None:
        """The calendar date when all parts are known, otherwise None."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:  # a year before 1 or after 9999
            return None

    @property
    def two_digits(self) -> str:
        """The six characters of a machine readable zone, unknown parts as fillers."""
        year = "<<" if self.year is None else f"{self.year % 100:02d}"
        month = "<<" if self.month is None else f"{self.month:02d}"
        day = "<<" if self.day is None else f"{self.day:02d}"
        return year + month + day


@lru_cache(maxsize=40_000)
def _written(year: int | None, month: int | None, day: int | None) -> str:
    """A lifetime of days is remembered: every reading writes two of them."""
    parts = (
        "????" if year is None else f"{year:04d}",
        "??" if month is None else f"{month:02d}",
        "??" if day is None else f"{day:02d}",
    )
    return "-".join(parts)


_put_year, _put_month, _put_day = (
    PartialDate.__dict__[name].__set__ for name in ("year", "month", "day")
)
"""Frozen to everybody else; a reading makes two of them, and this is twice as fast."""

UNKNOWN_DATE = PartialDate()


class Printed(NamedTuple):
    """The parts of six characters before a century is chosen; `yy` is 0-99 or None."""

    yy: int | None
    month: int | None
    day: int | None

    def in_year(self, year: int | None) -> PartialDate:
        """The same parts with a full year."""
        return PartialDate(year, self.month, self.day)

    def exists_in(self, year: int) -> bool:
        """Whether this day exists in that year (29 February)."""
        return (self.month, self.day) != (2, 29) or is_leap(year)


def is_leap(year: int) -> bool:
    """Gregorian leap year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def has_date_characters(text: str) -> bool:
    """Whether only digits and fillers stand there (Doc 9303-3, 4.8)."""
    return text.isascii() and text.replace("<", "0").isdigit()


_Part = int | None
_PARTS: dict[str, _Part] = {f"{number:02d}": number for number in range(100)} | {"<<": None}
_MONTH_DAYS: dict[str, tuple[_Part, _Part]] = {
    month_text + day_text: (month or None, day or None)
    for month_text, month in _PARTS.items()
    for day_text, day in _PARTS.items()
    if (month or 0) <= 12 and (day or 0) <= (_DAYS[month] if month else 31)
}
"""MMDD that can stand in a date, by its four characters."""


def split_date(text: str) -> Printed | None:
    """Read YYMMDD; None when impossible. `<<`, and `00` for month and day, are unknown parts."""
    year, month_day = text[:2], _MONTH_DAYS.get(text[2:6])
    if month_day is None or year not in _PARTS:
        return None
    return Printed(_PARTS[year], month_day[0], month_day[1])


def expiry_in_century(printed: Printed, *, on: date) -> PartialDate | None:
    """The year nearest to the reading date (at most 50 years away); None for a day it lacks."""
    if printed.yy is None:
        return PartialDate(None, printed.month, printed.day)
    near = _nearest_year(printed.yy, on.year)
    return printed.in_year(near) if printed.exists_in(near) else None


@lru_cache(maxsize=1024)
def _nearest_year(yy: int, year: int) -> int:
    near = year - year % 100 + yy
    if near < year - 49:
        return near + 100
    return near - 100 if near > year + 50 else near


def births_in_century(
    printed: Printed, *, on: date, not_after: PartialDate | None = None
) -> tuple[PartialDate, ...]:
    """Every possible birth date, likeliest first; empty when the day exists in no century.

    The likeliest is the latest that is not after the reading date nor after `not_after` (the
    expiry or issue of the document). A second one, a century earlier, is given when it too is a
    possible living age (to 115 years): the officer confirms which.
    """
    yy, month, day = printed
    if yy is None:
        return (PartialDate(None, month, day),)
    last = (on.year, on.month, on.day)
    if not_after is not None and not_after.year is not None and not_after.year <= on.year:
        last = min(last, (not_after.year, not_after.month or 12, not_after.day or 31))
    year = last[0] if (month or 1, day or 1) <= last[1:] else last[0] - 1
    years = _birth_years(yy, year, on.year, month == 2 and day == 29)
    if len(years) == 1:
        return (PartialDate(years[0], month, day),)
    return tuple([PartialDate(each, month, day) for each in years])


@lru_cache(maxsize=4096)
def _birth_years(yy: int, latest: int, now: int, leap_day: bool) -> tuple[int, ...]:
    """The years ending in `yy`, `latest` or before; the second only as a living age in `now`."""
    century = now - now % 100
    found: list[int] = []
    for step in (100, 0, -100, -200):
        year = century + step + yy
        if year > latest or (leap_day and not is_leap(year)):
            continue
        if found and now - year > OLDEST:
            break
        found.append(year)
    return tuple(found)
