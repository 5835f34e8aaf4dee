"""What is said about a reading: field by field, never one boolean alone."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What is known about one field."""

    OK = "OK"
    """Its check digit (its own or the composite one) holds."""
    UNCHECKED = "UNCHECKED"
    """Well formed; no check digit covers it, so nothing is proven."""
    UNKNOWN_CODE = "UNKNOWN_CODE"
    """Three letters that are no code we know. Not a refusal: lists age, an officer looks."""
    WRONG_CHECK_DIGIT = "WRONG_CHECK_DIGIT"
    """The printed check digit is not the computed one."""
    BAD_CHARACTER = "BAD_CHARACTER"
    """A character that may not stand in this field."""
    BAD_DATE = "BAD_DATE"
    """Six characters that are no date."""
    MISSING = "MISSING"
    """Empty where the format demands something."""

    @property
    def refuses(self) -> bool:
        """Whether a field with this verdict makes the whole reading invalid."""
        return self is not _OK and self is not _UNCHECKED and self is not _UNKNOWN


_OK, _UNCHECKED, _UNKNOWN = Verdict.OK, Verdict.UNCHECKED, Verdict.UNKNOWN_CODE


class Field(NamedTuple):
    """One field: what is printed, what it means, what is known about it.

    `raw` is as printed, `value` without fillers (dates as 1974-08-12, unknown parts as ??),
    `check` the printed check digit and `expected` the computed one, both empty where none covers
    this field alone.
    """

    name: str
    raw: str
    value: str
    verdict: Verdict
    check: str = ""
    expected: str = ""


class WarningCode(StrEnum):
    """Things worth an officer's or an administrator's look that do not refuse by themselves."""

    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    WRONG_LENGTH = "WRONG_LENGTH"
    EXTRA_CHARACTERS = "EXTRA_CHARACTERS"
    KEYBOARD_LAYOUT = "KEYBOARD_LAYOUT"
    KEYBOARD_LAYOUT_AMBIGUOUS = "KEYBOARD_LAYOUT_AMBIGUOUS"
    KEYBOARD_LAYOUT_SUSPECTED = "KEYBOARD_LAYOUT_SUSPECTED"
    REPAIRED = "REPAIRED"
    NATIONAL_LAYOUT = "NATIONAL_LAYOUT"
    DOCUMENT_CODE_UNUSUAL = "DOCUMENT_CODE_UNUSUAL"
    DOCUMENT_CODE_NOT_HARMONISED = "DOCUMENT_CODE_NOT_HARMONISED"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    HISTORICAL_CODE = "HISTORICAL_CODE"
    SPECIMEN_CODE = "SPECIMEN_CODE"
    NAME_MAY_BE_TRUNCATED = "NAME_MAY_BE_TRUNCATED"
    NUMBER_AMBIGUOUS = "NUMBER_AMBIGUOUS"
    SEX_X = "SEX_X"
    PARTIAL_DATE = "PARTIAL_DATE"
    CENTURY_AMBIGUOUS = "CENTURY_AMBIGUOUS"
    NO_EXPIRY = "NO_EXPIRY"


class Warning_(NamedTuple):  # noqa: N801  (Warning is a builtin)
    """One remark: a stable code, the field it concerns ('' = all), one English sentence."""

    code: WarningCode
    field: str
    text: str
