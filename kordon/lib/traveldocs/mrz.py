"""Reading a machine readable zone: `read_mrz` takes anything and never raises.

A reading says field by field what is known. `valid` is short for: a format was recognised and no
field has a refusing verdict (see `Verdict.refuses`). It does not say that the document is
genuine, in force or the traveller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from kordon.lib.traveldocs import wedge
from kordon.lib.traveldocs.alphabet import is_clean, sum_of
from kordon.lib.traveldocs.dates import PartialDate
from kordon.lib.traveldocs.everyday import plainly_valid
from kordon.lib.traveldocs.examine import Examination
from kordon.lib.traveldocs.formats import Format, Layout, layout_of
from kordon.lib.traveldocs.values import (
    NOTHING_READ,
    Values,
    examined_values,
    sliced_values,
)
from kordon.lib.traveldocs.verdicts import Field, Verdict, Warning_, WarningCode

MAX_INPUT = 4096
"""Characters; longer input is no machine readable zone and is not looked at."""

_NOTHING: Mapping[str, Field] = MappingProxyType({})


@dataclass(frozen=True, slots=True, init=False)
class Reading:
    """What was read. Fields are examined when first asked for; the value never changes.

    Compares by format, lines, reading date and what was noticed on the way in.
    """

    format: Format
    lines: tuple[str, ...]
    """Normalised: upper case, line ends and keyboard layout undone."""
    on: date
    """The reading date, by which centuries were chosen."""
    valid: bool
    """A format was recognised and no field has a refusing verdict."""
    noticed: tuple[Warning_, ...] = ()
    """Remarks about the input itself (keyboard layout, length)."""
    _layout: Layout | None = field(default=None, repr=False, compare=False)
    _seen: Examination | None = field(default=None, repr=False, compare=False)
    _values: Values | None = field(default=None, repr=False, compare=False)

    def __init__(
        self,
        format: Format,
        lines: tuple[str, ...],
        on: date,
        valid: bool,
        noticed: tuple[Warning_, ...] = (),
        layout: Layout | None = None,
        seen: Examination | None = None,
    ) -> None:
        _put_format(self, format)
        _put_lines(self, lines)
        _put_on(self, on)
        _put_valid(self, valid)
        _put_noticed(self, noticed)
        _put_layout(self, layout)
        _put_seen(self, seen)
        _put_values(self, None)

    def _examination(self) -> Examination | None:
        seen = self._seen
        if seen is None and self._layout is not None:
            seen = Examination(self._layout, "".join(self.lines), self.on)
            _put_seen(self, seen)
        return seen

    def _told(self) -> Values:
        """The values; only a zone found plainly valid comes here unexamined, and is sliced."""
        if self._seen is not None:
            told = examined_values(self._seen)
        elif self._layout is not None:
            told = sliced_values(self._layout, "".join(self.lines), self.on)
        else:
            told = NOTHING_READ
        _put_values(self, told)
        return told

    @property
    def fields(self) -> Mapping[str, Field]:
        """Every field of the format by name, in a fixed order; empty for UNKNOWN.

        Names: document_code issuer surname given_names number nationality birth sex expiry
        personal (TD3) optional optional_2 (TD1) office (FRA) composite.
        """
        seen = self._examination()
        return _NOTHING if seen is None else MappingProxyType(seen.fields)

    @property
    def warnings(self) -> tuple[Warning_, ...]:
        """Everything worth a look that does not refuse by itself."""
        seen = self._examination()
        return self.noticed if seen is None else self.noticed + tuple(seen.warnings)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Names of the fields whose verdict refuses."""
        return tuple(name for name, each in self.fields.items() if each.verdict.refuses)

    @property
    def document_code(self) -> str:
        """`P`, `PP`, `I`, `AC`, `V` … without filler."""
        return (self._values or self._told()).document_code

    @property
    def issuer(self) -> str:
        """Code of the issuing state or organisation without fillers (`KAZ`, `D`)."""
        return (self._values or self._told()).issuer

    @property
    def number(self) -> str:
        """The document number, long numbers put together, fillers at the end removed."""
        return (self._values or self._told()).number

    @property
    def number_readings(self) -> tuple[str, ...]:
        """The number; two where it cannot be told whether it runs on into the optional data."""
        return (self._values or self._told()).number_readings

    @property
    def surname(self) -> str:
        """Primary identifier, components separated by one space."""
        return (self._values or self._told()).surname

    @property
    def given_names(self) -> str:
        """Secondary identifier, components separated by one space."""
        return (self._values or self._told()).given_names

    @property
    def name_truncated(self) -> bool:
        """Whether the name fills its field, so that it may have been cut off."""
        return (self._values or self._told()).name_truncated

    @property
    def nationality(self) -> str:
        """Code without fillers; empty on the French card, which prints none."""
        return (self._values or self._told()).nationality

    @property
    def birth(self) -> PartialDate:
        """The likeliest date of birth; unknown parts are None."""
        return (self._values or self._told()).birth

    @property
    def births(self) -> tuple[PartialDate, ...]:
        """Every possible date of birth, likeliest first: two where both centuries are possible."""
        return (self._values or self._told()).births

    @property
    def sex(self) -> str:
        """`M`, `F`, `X` or empty."""
        return (self._values or self._told()).sex

    @property
    def expiry(self) -> PartialDate | None:
        """Date of expiry; None where none is printed or it cannot be read."""
        return (self._values or self._told()).expiry

    @property
    def optional(self) -> str:
        """Optional data: of TD3 the personal number, of TD1 what stands in line 1."""
        return (self._values or self._told()).optional

    @property
    def optional_2(self) -> str:
        """Optional data in line 2 of a TD1 card."""
        return (self._values or self._told()).optional_2


_put_format, _put_lines, _put_on, _put_valid, _put_noticed, _put_layout, _put_seen, _put_values = (
    Reading.__dict__[name].__set__
    for name in ("format", "lines", "on", "valid", "noticed", "_layout", "_seen", "_values")
)
"""Frozen to everybody else; setting the slots directly is several times as fast."""


def read_mrz(text: str | Sequence[str], *, on: date) -> Reading:
    """Read one machine readable zone; never raises, whatever the characters.

    `text` is a string (lines ended by anything, by `|` or by nothing, any case, typed under a
    foreign keyboard layout) or its lines. `on` is the date of reading, by which centuries are
    chosen: for a stored record the date it was read then, not today.
    """
    if not isinstance(text, str):
        text = "\n".join(text)
    lines = _ready(text)
    flat = "".join(lines)
    layout = layout_of(flat)
    if layout is not None and len(lines) == layout.rows:
        raw = flat.encode("ascii", "replace")
        if plainly_valid(layout, flat, raw):
            return Reading(layout.format, lines, on, True, (), layout)
        if is_clean(raw):
            return _settle(_Attempt(Examination(layout, flat, on), wedge.AS_TYPED), on)
    return _read_slowly(text, on)


def _ready(text: str) -> tuple[str, ...]:
    """The lines when nothing but plain separators stands between lines of the right length."""
    width = _WIDTHS.get(len(text), 0)
    if not width:
        return ()
    if len(text) % width == 0:
        return tuple(text[at : at + width] for at in range(0, len(text), width))
    lines = text.split(text[width] if text[width] in "\n|" else "\n")
    return tuple(lines) if set(map(len, lines)) == {width} else ()


_WIDTHS = {92: 30, 89: 44, 73: 36, 90: 30, 88: 44, 72: 36}
"""Length of the text, with one character between the lines or none → length of a line."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to understand the input."""

    exam: Examination
    keyboard: wedge.Keyboard
    extra: bool = False

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Valid before invalid, then what is proven, then codes that exist."""
        unknown = sum(
            each.verdict in (Verdict.UNKNOWN_CODE, Verdict.BAD_CHARACTER)
            for each in self.exam.fields.values()
        )
        return (self.exam.valid, self.exam.proven, -unknown)


def _read_slowly(text: str, on: date) -> Reading:
    if len(text) > MAX_INPUT:
        return _unknown((), on, WarningCode.TOO_LONG, f"longer than {MAX_INPUT} characters")
    foreign = wedge.is_foreign(text) or text.count("|") > 4
    typed = _attempt(text, wedge.AS_TYPED, on)
    if foreign and not (typed is not None and typed.exam.valid):
        keyboards = wedge.keyboards_for(text, labelled=typed is None)
        tried = [_attempt(text, each, on) for each in keyboards]
        return _best(typed, [each for each in tried if each is not None], text, on)
    if typed is None:
        return _unreadable(text, on)
    return _settle(typed, on)


def _settle(typed: _Attempt, on: date) -> Reading:
    """Written in the alphabet: as typed, unless Y and Z are exchanged."""
    flat = typed.exam.flat
    if typed.exam.valid or not ("Y" in flat or "Z" in flat):
        return _reading(typed)
    return _perhaps_swapped(typed, on)


def _attempt(text: str, keyboard: wedge.Keyboard, on: date) -> _Attempt | None:
    """The input under one keyboard layout, if a zone of a known size can be found in it."""
    rows = wedge.split_lines(keyboard.translate(text))
    flat = wedge.whole(rows)
    if flat is not None:
        return _Attempt(_examine(flat, on), keyboard)
    for inside in wedge.embedded(rows):
        if _promising(inside):
            exam = _examine(inside, on)
            if exam.valid:
                return _Attempt(exam, keyboard, extra=True)
    return None


def _layout(flat: str) -> Layout:
    layout = layout_of(flat)
    assert layout is not None, "only called with lines of a known size"
    return layout


def _examine(flat: str, on: date) -> Examination:
    return Examination(_layout(flat), flat, on)


def _promising(flat: str) -> bool:
    """Cheap look before an examination: alphabet, sex and the digit of the birth date."""
    layout = _layout(flat)
    return (
        flat[layout.sex] in "MF<X"
        and flat[0].isalpha()
        and wedge.is_written_in_alphabet(flat)
        and flat[layout.birth_check] == str(sum_of(flat[layout.birth].encode()))
    )


def _best(typed: _Attempt | None, tried: list[_Attempt], text: str, on: date) -> Reading:
    """The layout that the check digits prove; the input as typed when they prove none."""
    as_typed = _reading(typed) if typed is not None else _unreadable(text, on)
    if not tried:
        return as_typed
    best = max(tried, key=lambda each: each.rank)
    before = typed.exam.proven if typed is not None else 0
    if not best.exam.valid and best.exam.proven <= before:
        return as_typed
    name = best.keyboard.name
    said = Warning_(WarningCode.KEYBOARD_LAYOUT, "", f"typed under the keyboard layout: {name}")
    others = [
        each.keyboard.name
        for each in tried
        if each.rank == best.rank and each.exam.flat != best.exam.flat
    ]
    if not others:
        return _reading(best, said)
    text = f"{name} or {', '.join(others)}: letters that no check digit covers may be exchanged"
    return _reading(best, said, Warning_(WarningCode.KEYBOARD_LAYOUT_AMBIGUOUS, "", text))


def _perhaps_swapped(typed: _Attempt, on: date) -> Reading:
    """Y and Z exchanged though every character is of the alphabet.

    One field that the exchange would prove is not enough: in a zone with one changed character it
    happens by chance one time in ten. Two fields or codes must gain; with one it is only said.
    """
    flat = wedge.SWAPPED.translate(typed.exam.flat.lower())
    swapped = _Attempt(_examine(flat, on), wedge.SWAPPED)
    if not swapped.exam.valid:
        return _reading(typed)
    if _gained(typed, swapped) > 1:
        text = "typed under the keyboard layout: QWERTZ (Y and Z exchanged)"
        return _reading(swapped, Warning_(WarningCode.KEYBOARD_LAYOUT, "", text))
    text = "the check digits would hold with Y and Z exchanged: look at the keyboard layout"
    return _reading(typed, Warning_(WarningCode.KEYBOARD_LAYOUT_SUSPECTED, "", text))


def _gained(before: _Attempt, after: _Attempt) -> int:
    """Fields other than the composite that became proven or known."""
    count = 0
    for name, field_before in before.exam.fields.items():
        bad = field_before.verdict.refuses or field_before.verdict is Verdict.UNKNOWN_CODE
        now = after.exam.fields[name].verdict
        count += name != "composite" and bad and now in (Verdict.OK, Verdict.UNCHECKED)
    return count


def _reading(attempt: _Attempt, *noticed: Warning_) -> Reading:
    exam = attempt.exam
    if attempt.extra:
        text = "characters before or after the machine readable zone were left out"
        noticed = (*noticed, Warning_(WarningCode.EXTRA_CHARACTERS, "", text))
    lines = exam.layout.lines(exam.flat)
    return Reading(exam.layout.format, lines, exam.on, exam.valid, noticed, exam.layout, exam)


def _unreadable(text: str, on: date) -> Reading:
    rows = tuple(wedge.split_lines(wedge.AS_TYPED.translate(text)))
    if not rows:
        return _unknown((), on, WarningCode.EMPTY, "nothing was typed")
    lengths = " + ".join(str(len(row)) for row in rows[:6])
    found = f"one line of {lengths}" if len(rows) == 1 else f"lines of {lengths}"
    text = f"{found} characters; a zone has 3 lines of 30, 2 of 36 or 2 of 44"
    return _unknown(rows, on, WarningCode.WRONG_LENGTH, text)


def _unknown(lines: tuple[str, ...], on: date, code: WarningCode, text: str) -> Reading:
    return Reading(Format.UNKNOWN, lines, on, False, (Warning_(code, "", text),))
