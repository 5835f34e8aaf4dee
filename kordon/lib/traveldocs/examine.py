"""Every field of one machine readable zone, examined: values, verdicts, remarks."""

from __future__ import annotations

from datetime import date

from kordon.lib.traveldocs import dates
from kordon.lib.traveldocs.alphabet import (
    DIGITS,
    FILLER,
    LETTERS,
    NAME_CHARACTERS,
    is_clean,
    sum_of,
)
from kordon.lib.traveldocs.dates import UNKNOWN_DATE, PartialDate
from kordon.lib.traveldocs.formats import (
    CODE,
    HARMONISED,
    ISSUER,
    SINGLE_SHEET,
    Format,
    Layout,
)
from kordon.lib.traveldocs.names import split_name, words
from kordon.lib.traveldocs.states import CURRENT, PRINTED, StateKind
from kordon.lib.traveldocs.verdicts import Field, Verdict, Warning_, WarningCode

_WRITTEN = "0123456789"
_DATED_LETTERS = frozenset("PV")  # passports and visas always expire; cards need not
_ORDER = (
    "document_code",
    "issuer",
    "surname",
    "given_names",
    "number",
    "nationality",
    "birth",
    "sex",
    "expiry",
    "personal",
    "optional",
    "optional_2",
    "office",
    "composite",
)


# Members of an enumeration are slow to look up by the class, so they are bound once.
_OK = Verdict.OK
_UNCHECKED = Verdict.UNCHECKED
_UNKNOWN_CODE = Verdict.UNKNOWN_CODE
_WRONG_CHECK_DIGIT = Verdict.WRONG_CHECK_DIGIT
_BAD_CHARACTER = Verdict.BAD_CHARACTER
_BAD_DATE = Verdict.BAD_DATE
_MISSING = Verdict.MISSING


class Examination:
    """All that is known about one machine readable zone."""

    __slots__ = (
        "births",
        "clean",
        "expiry",
        "fields",
        "flat",
        "layout",
        "name_truncated",
        "number_readings",
        "on",
        "raw",
        "warnings",
    )

    def __init__(self, layout: Layout, flat: str, on: date) -> None:
        self.layout = layout
        self.flat = flat
        self.raw = flat.encode("ascii", "replace")
        self.clean = is_clean(self.raw)
        self.on = on
        self.fields: dict[str, Field] = {}
        self.warnings: list[Warning_] = []
        self.births: tuple[PartialDate, ...] = ()
        self.expiry: PartialDate | None = None
        self.name_truncated = False
        self.number_readings: tuple[str, ...] = ()
        self._examine()

    def _examine(self) -> None:
        self._document_code()
        self._state("issuer", ISSUER)
        self._state("nationality", self.layout.nationality)
        self._names()
        self._number_and_optional()
        self._sex()
        self._expiry()
        self._birth()
        self._office()
        self._composite()
        found = self.fields
        self.fields = {name: found[name] for name in _ORDER if name in found}

    @property
    def valid(self) -> bool:
        """Whether no field refuses."""
        for field in self.fields.values():
            verdict = field.verdict
            if verdict is not _OK and verdict is not _UNCHECKED and verdict.refuses:
                return False
        return True

    @property
    def proven(self) -> int:
        """How many fields their check digits prove."""
        return sum(field.verdict is _OK for field in self.fields.values())

    @property
    def is_russian_internal(self) -> bool:
        """Russian internal passport: 44 x 2, national rules for name, number and expiry."""
        return self.layout.format is Format.TD3 and self.flat.startswith("PNRUS")

    def _warn(self, code: WarningCode, field: str, text: str) -> None:
        self.warnings.append(Warning_(code, field, text))

    def _document_code(self) -> None:
        code = self.flat[CODE]
        usual = self.layout.usual
        good = code[0] in LETTERS and (code[1] in LETTERS or code[1] == FILLER)
        verdict = _UNCHECKED if good else _BAD_CHARACTER
        self.fields["document_code"] = Field("document_code", code, code.rstrip("<"), verdict)
        if good and code[0] not in usual and not self._is_single_sheet(code):
            text = (
                f"{self.layout.format} documents begin with one of {usual}, this one with {code[0]}"
            )
            self._warn(WarningCode.DOCUMENT_CODE_UNUSUAL, "document_code", text)
        if self.layout.format is Format.FRA:
            text = "French identity card of 1988-2021: no expiry and no nationality are printed"
            self._warn(WarningCode.NATIONAL_LAYOUT, "", text)
        elif self.is_russian_internal:
            text = (
                "Russian internal passport: digits in the name stand for Cyrillic letters, the "
                "fourth digit of the series stands in the personal number, there is no expiry"
            )
            self._warn(WarningCode.NATIONAL_LAYOUT, "", text)

    def _is_single_sheet(self, code: str) -> bool:
        return code == SINGLE_SHEET and self.layout.format is Format.TD2

    def _state(self, name: str, span: slice | None) -> None:
        if span is None:
            return
        printed = self.flat[span]
        state = PRINTED.get(printed)
        if printed not in CURRENT:
            self._unusual_state(name, printed)
        elif state is not None:
            self.fields[name] = Field(name, printed, state.code, _UNCHECKED)

    def _unusual_state(self, name: str, printed: str) -> None:
        state, value = PRINTED.get(printed), printed.rstrip("<")
        verdict = _UNCHECKED
        if not is_clean(printed.encode("ascii", "replace"), NAME_CHARACTERS):
            verdict = _BAD_CHARACTER
        elif not value:
            verdict = _MISSING
        elif state is None:
            verdict = _UNKNOWN_CODE
            self._warn(WarningCode.UNKNOWN_CODE, name, f"{value} is no code of Doc 9303-3")
        elif state.kind is StateKind.HISTORICAL:
            text = f"{value} ({state.name}) was withdrawn in {state.withdrawn}"
            self._warn(WarningCode.HISTORICAL_CODE, name, text)
        else:
            self._warn(WarningCode.SPECIMEN_CODE, name, f"{value} ({state.name}) is for specimens")
        self.fields[name] = Field(name, printed, value, verdict)

    def _names(self) -> None:
        layout, flat = self.layout, self.flat
        field = flat[layout.name]
        truncated = field[-1] != FILLER
        if layout.given is None:
            primary, secondary = split_name(field)
        else:
            primary, secondary = field.rstrip("<"), flat[layout.given].rstrip("<")
            truncated = truncated or flat[layout.given][-1] != FILLER
        nobody = not primary.strip("<") and not secondary
        self._name("surname", primary, nobody)
        self._name("given_names", secondary, False)
        self.name_truncated = truncated
        if truncated:
            text = "the name fills its field and may have been cut off; compare its beginning only"
            self._warn(WarningCode.NAME_MAY_BE_TRUNCATED, "surname", text)

    def _name(self, name: str, printed: str, missing: bool) -> None:
        verdict = _MISSING if missing else _UNCHECKED
        if not printed.replace("<", "A").isalpha() or not printed.isascii():
            strange = printed.strip("<") if printed else ""
            if strange and not (self.is_russian_internal and _letters_and_digits(printed)):
                verdict = _BAD_CHARACTER
        self.fields[name] = Field(name, printed, words(printed), verdict)

    def _number_and_optional(self) -> None:
        layout, raw, flat = self.layout, self.raw, self.flat
        check = flat[layout.number_check]
        optional = flat[layout.optional] if layout.optional is not None else ""
        if check == FILLER and layout.long_number > 9 and optional.strip("<"):
            optional = self._long_number(flat[layout.number], optional)
        else:
            verdict, expected = self._proved(raw[layout.number], check)
            number = flat[layout.number].rstrip("<")
            if not number:
                verdict = _MISSING
            printed = flat[layout.number]
            self.fields["number"] = Field("number", printed, number, verdict, check, expected)
            self.number_readings = (number,)
        if layout.personal_check is not None and layout.optional is not None:
            self._personal(flat[layout.personal_check], optional, raw[layout.optional])
        elif layout.optional is not None:
            self._optional("optional", optional)
        if layout.optional_2 is not None:
            self._optional("optional_2", flat[layout.optional_2])

    def _long_number(self, start: str, optional: str) -> str:
        """A number longer than nine (Doc 9303-5, 4.2.2.1); gives what is left as optional data."""
        extension, end, rest = optional.partition("<")
        longer, check = start + extension[:-1], extension[-1:]
        verdict, expected = self._proved(longer.encode("ascii", "replace"), check)
        formed = bool(end) and len(extension) > 1 and check in DIGITS and FILLER not in start
        if formed and verdict is not _WRONG_CHECK_DIGIT:
            printed = start + FILLER + extension
            self.fields["number"] = Field("number", printed, longer, verdict, check, expected)
            self.number_readings = (longer,)
            return rest
        short = start.rstrip("<")
        readings = (longer, short) if formed else (short,)
        self.number_readings = readings
        if formed:
            text = f"either {longer} or {short}: the check digit proves neither"
            self._warn(WarningCode.NUMBER_AMBIGUOUS, "number", text)
        else:
            verdict, expected = self._proved(start.encode("ascii", "replace"), FILLER)
            check = FILLER
        verdict = verdict if verdict.refuses else _WRONG_CHECK_DIGIT
        self.fields["number"] = Field("number", start, readings[0], verdict, check, expected)
        return rest if formed else optional

    def _proved(self, raw: bytes, check: str) -> tuple[Verdict, str]:
        """OK, WRONG_CHECK_DIGIT or BAD_CHARACTER, and the check digit that should stand there."""
        if not (self.clean or is_clean(raw)):
            return _BAD_CHARACTER, ""
        expected = _WRITTEN[sum_of(raw)]
        return (_OK if check == expected else _WRONG_CHECK_DIGIT), expected

    def _personal(self, check: str, printed: str, raw: bytes) -> None:
        """Passport, positions 29-43; over nothing both 0 and < are right (Doc 9303-4, 4.2.2.2)."""
        verdict, expected = self._proved(raw, check)
        if check == FILLER and not printed.strip("<"):
            verdict = _OK
        value = printed.rstrip("<")
        self.fields["personal"] = Field("personal", printed, value, verdict, check, expected)

    def _optional(self, name: str, printed: str) -> None:
        clean = self.clean or is_clean(printed.encode("ascii", "replace"))
        verdict = _UNCHECKED if clean else _BAD_CHARACTER
        self.fields[name] = Field(name, printed, printed.rstrip("<"), verdict)

    def _sex(self) -> None:
        printed = self.flat[self.layout.sex]
        verdict = _UNCHECKED if printed in "MF<X" else _BAD_CHARACTER
        self.fields["sex"] = Field("sex", printed, printed.rstrip("<"), verdict)
        if printed == "X":
            text = "X belongs to the visual zone; the machine readable zone has < for it"
            self._warn(WarningCode.SEX_X, "sex", text)

    def _expiry(self) -> None:
        span = self.layout.expiry
        if span is None:
            return
        printed, check = self.flat[span], self.flat[self.layout.expiry_check]
        verdict, expected = self._proved(self.raw[span], check)
        if printed == "<<<<<<":
            verdict = self._no_expiry(verdict, check)
        else:
            verdict = self._read_expiry(printed, verdict)
        value = "" if self.expiry is None else str(self.expiry)
        self.fields["expiry"] = Field("expiry", printed, value, verdict, check, expected)
        self._harmonised()

    def _no_expiry(self, verdict: Verdict, check: str) -> Verdict:
        """Cards may be valid for ever; passports and visas may not (save one)."""
        if self.is_russian_internal and check == FILLER:
            verdict = _OK
        elif self.flat[0] in _DATED_LETTERS and verdict is _OK:
            verdict = _MISSING
        self._warn(WarningCode.NO_EXPIRY, "expiry", "no date of expiry is printed")
        return verdict

    def _read_expiry(self, printed: str, verdict: Verdict) -> Verdict:
        parts = dates.split_date(printed)
        ends = None if parts is None else dates.expiry_in_century(parts, on=self.on)
        if ends is None or not ends.is_full:
            return _no_date(printed, verdict)
        self.expiry = ends
        return verdict

    def _harmonised(self) -> None:
        """Only where it is sure: who expires in 2038 or later was issued under the new rule."""
        if self.layout.format is not Format.TD3 or self.expiry is None:
            return
        code = self.flat[:2]
        if (self.expiry.year or 0) >= 2038 and code[0] == "P" and code not in HARMONISED:
            text = f"a passport valid beyond 2037 bears a code such as PP, PD or PO, not {code}"
            self._warn(WarningCode.DOCUMENT_CODE_NOT_HARMONISED, "document_code", text)

    def _birth(self) -> None:
        layout = self.layout
        printed, check = self.flat[layout.birth], self.flat[layout.birth_check]
        verdict, expected = self._proved(self.raw[layout.birth], check)
        self._read_birth(printed)
        if not self.births:
            verdict = _no_date(printed, verdict)
        value = str(self.births[0]) if self.births else ""
        self.fields["birth"] = Field("birth", printed, value, verdict, check, expected)

    def _read_birth(self, printed: str) -> None:
        parts = dates.split_date(printed)
        if parts is None:
            return
        self.births = dates.births_in_century(parts, on=self.on, not_after=self.expiry)
        if not self.births:
            return
        if len(self.births) > 1:
            text = f"born {self.births[0]} or {self.births[1]}: the century is not printed"
            self._warn(WarningCode.CENTURY_AMBIGUOUS, "birth", text)
        if not self.births[0].is_full:
            text = f"only a part of the date of birth is known: {self.births[0]}"
            self._warn(WarningCode.PARTIAL_DATE, "birth", text)

    def _office(self) -> None:
        if self.layout.office is not None:
            self._optional("office", self.flat[self.layout.office])

    def _composite(self) -> None:
        """The last digit, over number, dates, optional data together, as printed."""
        layout = self.layout
        if layout.composite_check is None:
            return
        covered = b"".join([self.raw[span] for span in layout.composite])
        check = self.flat[layout.composite_check]
        verdict, expected = self._proved(covered, check)
        self.fields["composite"] = Field("composite", check, check, verdict, check, expected)
        if verdict is _OK:
            self._prove_by_composite()

    def _prove_by_composite(self) -> None:
        """What only the composite digit covers is proven by it (French card: everything)."""
        whole = self.layout.format is Format.FRA
        for name in _ORDER if whole else ("optional", "optional_2"):
            field = self.fields.get(name)
            if field is not None and field.verdict is _UNCHECKED:
                self.fields[name] = Field(name, field.raw, field.value, _OK)

    @property
    def birth(self) -> PartialDate:
        """The likeliest date of birth; all unknown when unreadable."""
        return self.births[0] if self.births else UNKNOWN_DATE


def _letters_and_digits(printed: str) -> bool:
    return printed.isascii() and printed.replace("<", "A").isalnum()


def _no_date(printed: str, verdict: Verdict) -> Verdict:
    """What is wrong with six characters that are no date."""
    if not dates.has_date_characters(printed):
        return _BAD_CHARACTER
    return _BAD_DATE if verdict is _OK else verdict
