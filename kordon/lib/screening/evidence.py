"""What birth date, nationality and sex say, as log-likelihood ratios in nats.

Each weight is ln P(this agreement | same person) - ln P(it | another traveller), set from how
often such data are wrong on lists and in documents, and how many travellers share a date by
chance. What each class weighs stands in `weights`.
"""

from typing import Any

import numpy as np

from .compiled import compiled
from .scale import (
    DOCUMENT_SAME,
    DOCUMENT_SIMILAR,
    NATIONALITY_DIFFERS,
    NATIONALITY_SAME,
    PLACE_SAME,
    SEX_DIFFERS,
    SEX_SAME,
    Scale,
)
from .shape import Numbers, Shorts, Whole
from .values import BirthEvidence

(
    UNKNOWN, SAME, SWAPPED, ONE_DIGIT, CLOSE, YEAR_MONTH, YEAR_ONLY, YEAR_NEAR, YEAR_APART,
    SAME_YEAR, DIFFERENT, FIRST_JANUARY, TWO_DIGITS, YEAR_FAR,
) = range(14)  # fmt: skip

Marks = tuple[Numbers, Shorts]
"""Marks and the states they are of, see `marks`."""
PLACE, DOCUMENT, LOOK_ALIKE = range(3)
KIND_AT = 30  # bits of a mark before its kind

# Per class: code of the reason, what the caller may rule by.
BIRTH_CLASSES = (
    ("birth_unknown", BirthEvidence.UNKNOWN),
    ("birth_same", BirthEvidence.SAME),
    ("birth_day_month_swapped", BirthEvidence.SWAPPED),
    ("birth_one_digit", BirthEvidence.CLOSE),
    ("birth_close", BirthEvidence.CLOSE),
    ("birth_year_month", BirthEvidence.YEAR_ONLY),
    ("birth_year_only", BirthEvidence.YEAR_ONLY),
    ("birth_year_near", BirthEvidence.DIFFERENT),
    ("birth_differs", BirthEvidence.DIFFERENT),
    ("birth_differs", BirthEvidence.DIFFERENT),
    ("birth_differs", BirthEvidence.DIFFERENT),
    ("birth_first_january", BirthEvidence.YEAR_ONLY),
    ("birth_differs", BirthEvidence.DIFFERENT),
    ("birth_differs", BirthEvidence.DIFFERENT),
)
_PARTIAL_BY_YEARS = np.array([YEAR_ONLY, YEAR_NEAR, YEAR_APART])


@compiled
def _one_digit_apart(a: Whole, b: Whole) -> Any:
    """Whether two whole numbers differ in one decimal digit. Asked of every row gathered."""
    apart, place = abs(a - b), 1
    while apart and apart % 10 == 0:
        apart //= 10
        place *= 10
    return 0 < apart < 10 and max(a, b) // place % 10 - min(a, b) // place % 10 == apart


@compiled
def _digits_apart(a: Whole, b: Whole) -> Any:
    apart = 0
    while a > 0 or b > 0:
        apart += a % 10 != b % 10
        a //= 10
        b //= 10
    return apart


@compiled
def _full_dates(year: Whole, month: Whole, day: Whole, y: Whole, m: Whole, d: Whole) -> Any:
    """Class of two different dates, both known to the day."""
    if year == y and month == d and day == m:
        return SWAPPED
    if _one_digit_apart(year * 10000 + month * 100 + day, y * 10000 + m * 100 + d):
        return ONE_DIGIT
    if year == y and (month == m or day == d):
        return CLOSE
    apart = abs(year - y)
    if (apart <= 3 or apart == 10) and month == m and day == d:
        return CLOSE
    if year == y:
        return SAME_YEAR
    if apart <= 2 and month == d and day == m:
        return CLOSE
    near = (
        apart <= 10
        and _digits_apart(year * 10000 + month * 100 + day, y * 10000 + m * 100 + d) == 2
    )
    return TWO_DIGITS if near else DIFFERENT


@compiled
def _only_years(given: Whole, listed: Whole, apart: Whole) -> Any:
    """Class of two dates of which one at least is no more than a year."""
    if apart == 0 and given % 10000 == 1 and listed % 10000 == 1:
        return FIRST_JANUARY
    if apart <= 2:
        return _PARTIAL_BY_YEARS[apart]
    return YEAR_FAR if apart == 3 or apart == 10 else DIFFERENT


@compiled
def birth_class(given: Whole, listed: Whole) -> Any:
    """Class of two dates written yyyymmdd, see `birth_number`."""
    year, month, day = given // 10000, given // 100 % 100, given % 100
    y, m, d = listed // 10000, listed // 100 % 100, listed % 100
    if year == 0 or y == 0:
        return UNKNOWN
    if month == 0 or m == 0:
        return _only_years(given, listed, abs(year - y))
    if day == 0 or d == 0:
        if year == y:
            return YEAR_MONTH if month == m else SAME_YEAR
        return YEAR_APART if month == m and abs(year - y) <= 2 else DIFFERENT
    if given == listed:
        return SAME
    return _full_dates(year, month, day, y, m, d)


@compiled
def birth_weight(given: Whole, listed: Whole, scale: Scale) -> Any:
    """Weight of the class of two dates."""
    return scale.birth[birth_class(given, listed)]


@compiled
def nationality_weight(given: Shorts, listed: Shorts, scale: Scale) -> Any:
    """One nationality in common speaks for, none against; unknown says nothing."""
    if len(given) == 0 or len(listed) == 0:
        return 0.0
    for a in given:
        for b in listed:
            if a == b:
                return scale.context[NATIONALITY_SAME]
    return scale.context[NATIONALITY_DIFFERS]


@compiled
def sex_weight(given: Whole, listed: Whole, scale: Scale) -> Any:
    """0 is unknown and says nothing."""
    if given == 0 or listed == 0:
        return 0.0
    return scale.context[SEX_SAME if given == listed else SEX_DIFFERS]


@compiled
def mark_found(kind: Whole, given: Marks, listed: Marks) -> Any:
    """Position among the given marks of the first of a kind that is listed, too; -1 if none is.

    Marks are numbers and states; states that are both known must be the same.
    """
    mark, state = given
    for i in range(len(mark)):
        if mark[i] >> KIND_AT != kind:
            continue
        for j in range(len(listed[0])):
            if listed[0][j] == mark[i]:
                a, b = state[i], listed[1][j]
                if a == b or a == 0 or b == 0:
                    return i
    return -1


@compiled
def mark_weight(given: Marks, listed: Marks, scale: Scale) -> Any:
    """A place in common, a document in common: each counts once, however many there are."""
    if len(given[0]) == 0 or len(listed[0]) == 0:
        return 0.0
    weight = 0.0
    if mark_found(PLACE, given, listed) >= 0:
        weight += scale.context[PLACE_SAME]
    if mark_found(DOCUMENT, given, listed) >= 0:
        weight += scale.context[DOCUMENT_SAME]
    elif mark_found(LOOK_ALIKE, given, listed) >= 0:
        weight += scale.context[DOCUMENT_SIMILAR]
    return weight


def birth_number(born: tuple[int, int, int]) -> int:
    """A date as yyyymmdd with zeros where unknown; 1 January is a year written so: yyyy0001."""
    year, month, day = born
    if year <= 0:
        return 0
    if month == 1 and day == 1:
        return year * 10000 + 1
    if not 1 <= month <= 12:
        return year * 10000
    return year * 10000 + month * 100 + (day if 1 <= day <= 31 else 0)


def nationality_number(code: str) -> int:
    """An alpha-3 code as a number below 2**16; 0 if it is none (one and two letters count)."""
    code = code.strip().upper()
    if not 1 <= len(code) <= 3 or not all("A" <= c <= "Z" for c in code):
        return 0
    number = 0
    for letter in code:
        number = number * 27 + ord(letter) - 64
    return number


def nationality_code(number: int) -> str:
    """The code behind `nationality_number`."""
    code = ""
    while number:
        number, letter = divmod(number, 27)
        code = chr(letter + 64) + code
    return code


def sex_number(sex: str) -> int:
    """1 male, 2 female, 0 unknown or unspecified."""
    return {"M": 1, "F": 2}.get(sex.upper(), 0)
