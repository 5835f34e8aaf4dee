"""Writing a machine readable zone (Doc 9303-4 to 9303-7): what cannot be written raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kordon.lib.traveldocs.alphabet import (
    FILLER,
    LETTERS,
    check_digit,
)
from kordon.lib.traveldocs.dates import PartialDate, has_date_characters, split_date
from kordon.lib.traveldocs.errors import MRZError
from kordon.lib.traveldocs.formats import HARMONISED, LAYOUTS, SINGLE_SHEET, Format, Layout
from kordon.lib.traveldocs.names import check_name_field, write_name
from kordon.lib.traveldocs.states import find_state
from kordon.lib.traveldocs.transliteration import Table, transliterate


@dataclass(frozen=True, slots=True, kw_only=True)
class MRZData:
    """What a document says about its holder.

    Names as people write them: in Latin letters without accents, or in any script that the table
    given to `write_mrz` spells; numbers and optional data of A-Z 0-9 <; codes of Doc 9303 (`KAZ`,
    `D`). `optional` is the personal number of a passport and line 1 of a TD1 card, `optional_2`
    line 2 of a TD1 card. `expiry` None means that none is printed: cards only.

    `issued` is not printed; given, the code of a passport is held to what Doc 9303-4, 4.4 asks of
    passports issued from 2026 and from 2028. `name_field` is the state's own way of cutting a name
    that does not fit, checked and taken as it is; empty, this library cuts it in its own way.
    """

    document_code: str
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: PartialDate | date
    sex: str = ""
    expiry: PartialDate | date | None = None
    optional: str = ""
    optional_2: str = ""
    issued: date | None = None
    name_field: str = ""


FROM_2026 = date(2026, 1, 1)
"""Passports issued since then with a second letter bear a harmonised code (Doc 9303-4, 4.4)."""
FROM_2028 = date(2028, 1, 1)
"""All passports issued since then bear one."""
UNTIL_2037 = 2037
"""The last year in which a passport without one may expire."""

_FIRST_LETTERS = {
    Format.TD1: "AIC",
    Format.TD2: "AIC",
    Format.TD3: "P",
    Format.MRVA: "V",
    Format.MRVB: "V",
}


def write_mrz(
    format: Format,
    document: MRZData,
    *,
    empty_check_digit: str = "<",
    table: Table | None = None,
) -> tuple[str, ...]:
    """The lines of a machine readable zone; raises MRZError for what it cannot hold.

    Long names are cut as Doc 9303 asks, long numbers of cards run on into the optional data.
    `empty_check_digit` (`<` or `0`) stands after the empty personal number of a passport; Doc 9303
    leaves the choice to the state. The harmonised passport codes (`PP`, `PD` …) are the caller's to
    give; where the dates prove that one is needed, another is refused. With a `table` the names
    may be in any script it spells (`find_table`, `read_table`); without one they must be of A-Z.
    """
    layout = LAYOUTS.get(format)
    if layout is None or format not in _FIRST_LETTERS:
        raise MRZError("FORMAT", f"{format} cannot be written")
    if empty_check_digit not in ("<", "0"):
        raise MRZError("OPTIONAL", "an empty check digit is < or 0")
    if table is not None:
        surname = transliterate(document.surname, table)
        given_names = transliterate(document.given_names, table)
        document = replace(document, surname=surname, given_names=given_names)
    flat = _WRITERS[format](layout, document, empty_check_digit)
    assert len(flat) == layout.size, "every part fills its place"
    return layout.lines(flat)


def _head(layout: Layout, document: MRZData) -> str:
    """Document code and issuer: the first five characters."""
    code = document.document_code
    letters = set(code) <= LETTERS and 1 <= len(code) <= 2
    if not letters or not _is_code(layout.format, code):
        raise MRZError("CODE", f"{code!r} is no document code of {layout.format}")
    if layout.format is Format.TD3:
        _check_harmonised(document)
    return code.ljust(2, FILLER) + _state(document.issuer)


def _is_code(format: Format, code: str) -> bool:
    """Doc 9303-5 and 9303-6, note k: cards bear no V behind the first letter, no AI on TD1, and AC
    only on a crew member's TD1."""
    if format is Format.TD2 and code == SINGLE_SHEET:
        return True
    if code[0] not in _FIRST_LETTERS[format]:
        return False
    if format is Format.TD1:
        return code != "AI" and code[1:] != "V"
    return format is not Format.TD2 or (code != "AC" and code[1:] != "V")


def _check_harmonised(document: MRZData) -> None:
    code, issued, expiry = document.document_code, document.issued, document.expiry
    if code in HARMONISED:
        return
    if expiry is not None and (expiry.year or 0) > UNTIL_2037:
        text = f"a passport with the code {code} must expire before 2038"
    elif issued is not None and issued >= FROM_2028:
        text = f"a passport issued from 2028 bears a code such as PP, PD or PO, not {code}"
    elif issued is not None and issued >= FROM_2026 and len(code) > 1:
        text = f"since 2026 the second letter of {code} is no longer the state's to choose"
    else:
        return
    raise MRZError("CODE_NOT_HARMONISED", text)


def _state(code: str) -> str:
    if find_state(code) is None or FILLER in code:
        raise MRZError("CODE", f"{code!r} is no code of Doc 9303-3")
    return code.ljust(3, FILLER)


def _checked(text: str) -> str:
    return text + str(check_digit(text))


def _date(when: PartialDate | date | None, *, partial: bool) -> str:
    if when is None:
        return "<<<<<<"
    if isinstance(when, date):
        when = PartialDate(when.year, when.month, when.day)
    six = when.two_digits
    if len(six) != 6 or not has_date_characters(six) or split_date(six) is None:
        raise MRZError("DATE", f"{when} is no date")
    if when.is_full and when.exact is None:
        raise MRZError("DATE", f"{when} is no date")
    if not partial and not when.is_full:
        raise MRZError("DATE", "the date of expiry must be complete")
    return six


def _birth_sex_expiry(layout: Layout, document: MRZData) -> tuple[str, str, str]:
    if document.sex not in ("", "M", "F", "X", "<"):
        raise MRZError("SEX", f"{document.sex!r} is not M, F, X or empty")
    if document.expiry is None and layout.format not in (Format.TD1, Format.TD2):
        raise MRZError("DATE", "passports and visas have a date of expiry")
    sex = document.sex if document.sex in ("M", "F") else FILLER  # X stands in the visual zone only
    birth = _checked(_date(document.birth, partial=True))
    return birth, sex, _checked(_date(document.expiry, partial=False))


def _alphabet(text: str, code: str, what: str) -> str:
    """Spaces as fillers, the rest must be of the alphabet."""
    written = text.replace(" ", FILLER)
    check_digit(written)
    if written.startswith(FILLER) and written.strip(FILLER):
        raise MRZError(code, f"{what} {text!r} begins with a filler")
    return written.rstrip(FILLER)


def _optional(text: str, room: int) -> str:
    written = text.replace(" ", FILLER)
    check_digit(written)
    if len(written) > room:
        raise MRZError("OPTIONAL", f"optional data of {len(written)} characters, room for {room}")
    return written.ljust(room, FILLER)


def _number_and_optional(layout: Layout, document: MRZData, room: int) -> tuple[str, str]:
    """Number with check digit (ten characters) and the optional data behind it."""
    number = _alphabet(document.number, "NUMBER", "number")
    if not number:
        raise MRZError("NUMBER", "the document number is empty")
    if len(number) <= 9:
        return _checked(number.ljust(9, FILLER)), _optional(document.optional, room)
    if len(number) > layout.long_number:
        raise MRZError("NUMBER", f"{number} is longer than {layout.long_number} characters")
    if FILLER in number:
        raise MRZError("NUMBER", f"{number}: a long number may not hold fillers")
    extension = number[9:] + str(check_digit(number)) + FILLER
    rest = _optional(document.optional, room - len(extension))
    return number[:9] + FILLER, extension + rest


def _name(document: MRZData, width: int) -> str:
    surname, given_names = document.surname, document.given_names
    if document.name_field:
        return check_name_field(document.name_field, surname, given_names, width)
    return write_name(surname, given_names, width)


def _write_td1(layout: Layout, document: MRZData, empty: str) -> str:
    number, optional = _number_and_optional(layout, document, 15)
    birth, sex, expiry = _birth_sex_expiry(layout, document)
    nationality, second = _state(document.nationality), _optional(document.optional_2, 11)
    first = _head(layout, document) + number + optional
    composite = check_digit(number + optional + birth + expiry + second)
    name = _name(document, 30)
    return f"{first}{birth}{sex}{expiry}{nationality}{second}{composite}{name}"


def _write_two_lines(layout: Layout, document: MRZData, optional_room: int) -> tuple[str, str, str]:
    """Line 1, line 2 up to the expiry, and the optional data."""
    if document.optional_2:
        raise MRZError("OPTIONAL", f"{layout.format} has no second optional data")
    number, optional = _number_and_optional(layout, document, optional_room)
    birth, sex, expiry = _birth_sex_expiry(layout, document)
    name = _name(document, layout.width - 5)
    second = number + _state(document.nationality) + birth + sex + expiry
    return _head(layout, document) + name, second, optional


def _write_td2(layout: Layout, document: MRZData, empty: str) -> str:
    first, second, optional = _write_two_lines(layout, document, 7)
    covered = second[:10] + second[13:20] + second[21:28] + optional
    return f"{first}{second}{optional}{check_digit(covered)}"


def _write_td3(layout: Layout, document: MRZData, empty: str) -> str:
    first, second, optional = _write_two_lines(layout, document, 14)
    personal = _checked(optional) if optional.strip(FILLER) else optional + empty
    covered = second[:10] + second[13:20] + second[21:28] + personal
    return f"{first}{second}{personal}{check_digit(covered)}"


def _write_visa(layout: Layout, document: MRZData, empty: str) -> str:
    room = layout.width - 28
    return "".join(_write_two_lines(layout, document, room))


_WRITERS: dict[Format, Callable[[Layout, MRZData, str], str]] = {
    Format.TD1: _write_td1,
    Format.TD2: _write_td2,
    Format.TD3: _write_td3,
    Format.MRVA: _write_visa,
    Format.MRVB: _write_visa,
}
