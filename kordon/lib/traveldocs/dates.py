"""Dates of six characters: parts may be unknown, the century is never printed.

Doc 9303-3, 4.8: YYMMDD; unknown parts of a birth date are fillers (some issuers print 00).
An unknown part stays unknown: nobody is born on 1 January because a form needs a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

OLDEST = 115  # years; beyond this the other century is no possible age of a living traveller
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """A date of which any part may be unknown (None). Prints as 1974-08-12, 1974-??-??."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        year = "????" if self.year is None else f"{self.year:04d}"
        month = "??" if self.month is None else f"{self.month:02d}"
        day = "??" if self.day is None else f"{self.day:02d}"
        return f"{year}-{month}-{day}"

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


_PARTS = {f"{number:02d}": number for number in range(100)} | {"<<": -1}


def split_date(text: str) -> Printed | None:
    """Read YYMMDD; None when impossible. `<<`, and `00` for month and day, are unknown parts."""
    year, month, day = _PARTS.get(text[:2]), _PARTS.get(text[2:4]), _PARTS.get(text[4:6])
    if year is None or month is None or day is None or month > 12:
        return None
    if day > (_DAYS[month] if month > 0 else 31):
        return None
    return Printed(
        year if year >= 0 else None, month if month > 0 else None, day if day > 0 else None
    )


def expiry_in_century(printed: Printed, *, on: date) -> PartialDate | None:
    """The year nearest to the reading date (at most 50 years away); None for a day it lacks."""
    if printed.yy is None:
        return PartialDate(None, printed.month, printed.day)
    century = on.year - on.year % 100
    near = century + printed.yy
    if near < on.year - 49:
        near += 100
    elif near > on.year + 50:
        near -= 100
    return printed.in_year(near) if printed.exists_in(near) else None


def births_in_century(
    printed: Printed, *, on: date, not_after: PartialDate | None = None
) -> tuple[PartialDate, ...]:
    """Every possible birth date, likeliest first; empty when the day exists in no century.

    The likeliest is the latest that is not after the reading date nor after `not_after` (the
    expiry or issue of the document). A second one, a century earlier, is given when it too is a
    possible living age (to 115 years): the officer confirms which.
    """
    if printed.yy is None:
        return (PartialDate(None, printed.month, printed.day),)
    limit = min((on.year, on.month, on.day), _last_day(not_after))
    century = on.year - on.year % 100
    found: list[PartialDate] = []
    for step in (100, 0, -100, -200):
        year = century + step + printed.yy
        if (year, printed.month or 1, printed.day or 1) > limit or not printed.exists_in(year):
            continue
        if found and on.year - year > OLDEST:
            break
        found.append(printed.in_year(year))
    return tuple(found)


def _last_day(when: PartialDate | None) -> tuple[int, int, int]:
    """The latest day a partial date can mean; the end of time when its year is unknown."""
    if when is None or when.year is None:
        return (10_000, 1, 1)
    return (when.year, when.month or 12, when.day or 31)
