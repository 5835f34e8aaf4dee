"""Findings about the document itself: its zone, its dates, what was typed over it."""

from collections.abc import Iterator
from datetime import date, timedelta

from kordon.border.facts import Finding, Level, Source
from kordon.border.rules.crosscheck import CrossChecked
from kordon.border.rules.presenting import Presented
from kordon.lib.traveldocs import Format, Reading, find_state

SOON = timedelta(days=30)
ADULT = 18
VISAS = frozenset({Format.MRVA, Format.MRVB})
REMARKS = {
    "HISTORICAL_CODE": "code_historical",
    "SPECIMEN_CODE": "code_of_specimen",
    "NAME_MAY_BE_TRUNCATED": "name_truncated",
    "CENTURY_AMBIGUOUS": "birth_ambiguous",
    "NUMBER_AMBIGUOUS": "number_ambiguous",
}


def about_document(
    it: Presented, compared: CrossChecked | None = None, *, on: date
) -> Iterator[Finding]:
    """The zone, then the dates, then who the holder is."""
    if it.reading is None:
        yield _said("typed_by_hand", Level.NOTE, "look_at_page")
    else:
        yield from _about_zone(it, it.reading)
    yield from _about_corrections(it, compared)
    yield from _about_codes(it)
    yield from _about_expiry(it.identity.expiry, on)
    yield from _about_age(it.identity.birth, on)


def _about_zone(it: Presented, reading: Reading) -> Iterator[Finding]:
    if reading.format in VISAS:
        yield _said("visa_shown", Level.STOP, "scan_passport")
    wrong = [name for name in reading.refusals if name != "composite"] or list(reading.refusals)
    corrected = {correction.field for correction in it.corrections}
    if not wrong:
        yield _said("zone_valid", Level.FINE, format=str(reading.format))
    elif all(name in corrected for name in wrong):
        yield _said("zone_corrected", Level.LOOK, "compare_page", fields=" ".join(wrong))
    else:
        yield _said("zone_wrong", Level.STOP, "read_again", fields=" ".join(wrong))
    for remark in dict.fromkeys(str(warning.code) for warning in reading.warnings):
        if remark in REMARKS:
            yield _said(REMARKS[remark], Level.NOTE, "look_at_page", **_remarked(remark, reading))


def _remarked(remark: str, reading: Reading) -> dict[str, str]:
    if remark == "CENTURY_AMBIGUOUS":
        return {"births": " ".join(str(birth) for birth in reading.births)}
    if remark == "NUMBER_AMBIGUOUS":
        return {"numbers": " ".join(reading.number_readings)}
    return {}


def _about_corrections(it: Presented, compared: CrossChecked | None) -> Iterator[Finding]:
    """The page against the zone: where a check digit proves the zone, that is a forger's trace.

    What is only written otherwise, in another script for instance, is no difference.
    """
    for correction in it.corrections:
        params = {"field": correction.field, "read": correction.read, "typed": correction.typed}
        if compared is not None and compared.typed_agrees(correction.field):
            yield _said("page_agrees", Level.FINE, **params)
        elif correction.field in it.proven:
            yield _said("page_differs_from_zone", Level.LOOK, "second_line", **params)
        elif compared is None or not compared.typed_differs(correction.field):
            yield _said("corrected_by_hand", Level.NOTE, **params)


def _about_codes(it: Presented) -> Iterator[Finding]:
    for field in ("issuer", "nationality"):
        code = getattr(it.identity, field)
        if code and find_state(code) is None:
            yield _said("code_unknown", Level.LOOK, "look_at_page", field=field, state=code)


def _about_expiry(expiry: str, on: date) -> Iterator[Finding]:
    last = last_day(expiry)
    if last is None:
        yield _said("expiry_unknown", Level.NOTE, "look_at_page")
        return
    left = (last - on).days
    if left < 0:
        yield _said("expired", Level.STOP, "second_line", expiry=expiry, days=str(-left))
    elif last - on <= SOON:
        yield _said("expires_soon", Level.NOTE, expiry=expiry, days=str(left))
    else:
        yield _said("in_force", Level.FINE, expiry=expiry)


def _about_age(birth: str, on: date) -> Iterator[Finding]:
    age = age_on(birth, on)
    if age is not None and age < 0:
        yield _said("birth_in_future", Level.STOP, "read_again", birth=birth)
    elif age is not None and age < ADULT:
        yield _said("minor", Level.LOOK, "minor", age=str(age))


def last_day(partial: str) -> date | None:
    """The last day a partial date can mean; None when its year is unknown or it is no date."""
    year, month, day = _parts(partial)
    if year is None:
        return None
    if month is None:
        return date(year, 12, 31)
    if day is None:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age_on(birth: str, on: date) -> int | None:
    """Full years of age, the youngest that a partial date allows; None without a year."""
    year, month, day = _parts(birth)
    if year is None:
        return None
    had_birthday = (month or 12, day or (31 if month is None else 28)) <= (on.month, on.day)
    return on.year - year - (not had_birthday)


def _parts(partial: str) -> tuple[int | None, int | None, int | None]:
    texts = partial.split("-") if partial.count("-") == 2 else ["", "", ""]
    year, month, day = (int(text) if text.isdigit() else None for text in texts)
    return (year if year else None, month, day)


def _said(code: str, level: Level, advice: str = "", **params: str) -> Finding:
    return Finding(code=code, level=level, source=Source.DOCUMENT, params=params, advice=advice)
