"""Birth dates as the lists write them, often partial, about, or between two years."""

import re
from datetime import date
from typing import NamedTuple

from kordon.watchlist.sources.records import Birth


class Born(NamedTuple):
    """Exactly one of the two is set."""

    birth: Birth | None = None
    years: tuple[int, int] | None = None


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january янв января январь",
            "feb february фев февр февраля февраль",
            "mar march мар марта март",
            "apr april апр апреля апрель",
            "may мая май",
            "jun june июн июня июнь",
            "jul july июл июля июль",
            "aug august авг августа август",
            "sep sept september сен сент сентября сентябрь",
            "oct october окт октября октябрь",
            "nov november ноя нояб ноября ноябрь",
            "dec december дек декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.|ca\.?|около)\s+", re.I)
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?$")
_NUMBERS = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s*г\.?)?$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})[ .-]+)?([^\W\d_]{3,9})\.?,?[ .-]+(\d{4})(?:\s*г\.?)?$")
_WORDS_US = re.compile(r"^([^\W\d_]{3,9})\.? (\d{1,2}), ?(\d{4})$")
_RANGE = re.compile(r"^(.*?\d{4})\s*(?:to|-|–|—|and|по)\s*(.*?\d{4})$", re.I)
EARLIEST, LATEST, WIDEST = 1800, 2100, 40


def read_birth(text: str, *, day_first: bool = True) -> Born | None:
    """A date, a part of one, or a range of years; None if it is not to be understood.

    "about" a date says no more than its year.
    """
    text = " ".join(text[:80].split())
    about = _ABOUT.match(text)
    if about:
        text = text[about.end() :]
    found = _read_single(text, day_first)
    if found:
        return Born(birth=(found[0], 0, 0) if about else found)
    if parts := _RANGE.match(text):
        return _read_range(parts[1], parts[2], day_first)
    return None


def _read_range(first: str, last: str, day_first: bool) -> Born | None:
    start, end = _read_single(first, day_first), _read_single(last, day_first)
    if not start or not end:
        return None
    return range_of_years(start[0], end[0])


def range_of_years(first: int, last: int) -> Born | None:
    """A year if both are one; None if the range is no range or says nothing."""
    if not EARLIEST <= first <= last <= LATEST or last - first > WIDEST:
        return None
    return Born(birth=(first, 0, 0)) if first == last else Born(years=(first, last))


def _read_single(text: str, day_first: bool) -> Birth | None:
    if m := _ISO.match(text):
        return check_birth(int(m[1]), int(m[2] or 0), int(m[3] or 0))
    if m := _NUMBERS.match(text):
        day, month = (m[1], m[2]) if day_first else (m[2], m[1])
        return check_birth(int(m[3]), int(month), int(day))
    if m := _MONTH_YEAR.match(text):
        return check_birth(int(m[2]), int(m[1]), 0)
    if m := _WORDS.match(text):
        return check_birth(int(m[3]), MONTHS.get(m[2].lower(), -1), int(m[1] or 0))
    if m := _WORDS_US.match(text):
        return check_birth(int(m[3]), MONTHS.get(m[1].lower(), -1), int(m[2]))
    return None


def check_birth(year: int, month: int, day: int) -> Birth | None:
    """The partial date if the calendar has it; a day without its month is none."""
    if not EARLIEST <= year <= LATEST or (day and not month):
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return (year, month, day)


def iso_date(text: str) -> str:
    """The whole date a text gives, as ISO 8601, or "" if it gives none."""
    born = read_birth(text)
    if born is None or born.birth is None or 0 in born.birth:
        return ""
    return "{:04}-{:02}-{:02}".format(*born.birth)
