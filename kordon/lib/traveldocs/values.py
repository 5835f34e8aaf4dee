"""What a reading says in plain types: sliced from an everyday zone, or told by an examination.

Both ways give the same values for the same zone; slicing is several times as fast.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kordon.lib.traveldocs.alphabet import FILLER
from kordon.lib.traveldocs.dates import (
    UNKNOWN_DATE,
    PartialDate,
    births_in_century,
    expiry_in_century,
    split_date,
)
from kordon.lib.traveldocs.examine import Examination
from kordon.lib.traveldocs.formats import CODE, ISSUER, LAYOUTS, Format, Layout
from kordon.lib.traveldocs.names import split_name, words

_SEXES = frozenset("MFX")


class Values(NamedTuple):
    """The conveniences of `Reading`, described there; as they stand when nothing was read."""

    document_code: str = ""
    issuer: str = ""
    number: str = ""
    number_readings: tuple[str, ...] = ()
    surname: str = ""
    given_names: str = ""
    name_truncated: bool = False
    nationality: str = ""
    birth: PartialDate = UNKNOWN_DATE
    births: tuple[PartialDate, ...] = ()
    sex: str = ""
    expiry: PartialDate | None = None
    optional: str = ""
    optional_2: str = ""


NOTHING_READ = Values()


def examined_values(seen: Examination) -> Values:
    """Of any zone, from the examination of its fields."""
    fields = seen.fields

    def value(name: str) -> str:
        found = fields.get(name)
        return "" if found is None else found.value

    sex = value("sex")
    return Values(
        value("document_code"),
        value("issuer"),
        value("number"),
        seen.number_readings,
        value("surname"),
        value("given_names"),
        seen.name_truncated,
        value("nationality"),
        seen.birth,
        seen.births,
        sex if sex in _SEXES else "",
        seen.expiry,
        value("personal" if seen.layout.format is Format.TD3 else "optional"),
        value("optional_2"),
    )


class _Cut(NamedTuple):
    """Where to cut one format; what it lacks is an empty slice."""

    name: slice
    number: slice
    number_check: int
    nationality: slice
    birth: slice
    sex: int
    expiry: slice
    optional: slice
    optional_2: slice


def _cut(layout: Layout) -> _Cut:
    nothing = slice(0, 0)
    return _Cut(
        layout.name,
        layout.number,
        layout.number_check,
        layout.nationality or nothing,
        layout.birth,
        layout.sex,
        layout.expiry or nothing,
        layout.optional or nothing,
        layout.optional_2 or nothing,
    )


_CUTS = {id(each): _cut(each) for each in LAYOUTS.values()}


def sliced_values(layout: Layout, flat: str, on: date) -> Values:
    """Of a zone that is `plainly_valid`, and of no other: nothing is checked here."""
    (
        name_at,
        number_at,
        number_check_at,
        nationality_at,
        birth_at,
        sex_at,
        expiry_at,
        optional_at,
        optional_2_at,
    ) = _CUTS[id(layout)]
    name, number, optional = flat[name_at], flat[number_at].rstrip("<"), flat[optional_at]
    if flat[number_check_at] == FILLER:  # the number runs on, its check digit comes last
        extension, _, optional = optional.partition("<")
        number += extension[:-1]
    surname, given_names = split_name(name)
    expiry = _expiry(flat[expiry_at], on)
    births = _births(flat[birth_at], on, expiry)
    sex = flat[sex_at]
    return Values(
        flat[CODE].rstrip("<"),
        flat[ISSUER].rstrip("<"),
        number,
        (number,),
        words(surname) if "<" in surname else surname,
        words(given_names) if "<" in given_names else given_names,
        name[-1] != FILLER,
        flat[nationality_at].rstrip("<"),
        births[0],
        births,
        sex if sex != FILLER else "",
        expiry,
        optional.rstrip("<"),
        flat[optional_2_at].rstrip("<"),
    )


@lru_cache(maxsize=4096)
def _expiry(printed: str, on: date) -> PartialDate:
    """Few different days are printed: documents expire within ten years."""
    parts = split_date(printed)
    expiry = None if parts is None else expiry_in_century(parts, on=on)
    assert expiry is not None, "a plainly valid zone expires on a full date"
    return expiry


def _births(printed: str, on: date, expiry: PartialDate) -> tuple[PartialDate, ...]:
    parts = split_date(printed)
    assert parts is not None, "a plainly valid zone has a date of birth"
    return births_in_century(parts, on=on, not_after=expiry)
