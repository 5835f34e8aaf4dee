"""What the writing side refuses."""

import unicodedata
from typing import Any


class MRZError(ValueError):
    """Something that a machine readable zone cannot hold.

    `code` is stable for machines, `text` is one English sentence for people. Codes:

    BAD_CHARACTER    a character outside A-Z 0-9 < where nothing may be replaced
    NAME_CHARACTER   a character of the name has no form in A-Z (transliterate it first)
    NAME_MISSING     neither surname nor given names
    NAME_FIELD       a name field given as printed is no permitted way of cutting the name
    CODE             document code, issuer or nationality is not a code of Doc 9303
    CODE_NOT_HARMONISED  a passport of this date of issue or expiry needs a code such as PP
    NUMBER           the document number is empty or too long for the format
    DATE             a date cannot be written in six characters
    SEX              sex is not M, F, X or empty
    OPTIONAL         the optional data does not fit or may not stand there
    FORMAT           the format cannot be written
    LETTER_UNMAPPED  the table has nothing for a letter of the name (`UnmappedLetter`)
    TABLE            a table of letters is unknown, or is none
    TOO_LONG         more text than any name
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), (self.code, self.text)


class UnmappedLetter(MRZError):
    """A letter for which a table has no row. Never replaced by a guess.

    `letter` as given (with its combining marks), `place` counted from 1 in the text as given,
    `table` the name of the table.
    """

    def __init__(self, letter: str, place: int, table: str) -> None:
        named = " + ".join(unicodedata.name(each, f"U+{ord(each):04X}") for each in letter)
        text = f"{letter!r} ({named}) at place {place} has no row in the table {table}"
        super().__init__("LETTER_UNMAPPED", text)
        self.letter = letter
        self.place = place
        self.table = table

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), (self.letter, self.place, self.table)
