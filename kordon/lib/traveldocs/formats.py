"""Where every field stands, as tables (Doc 9303-4 to 9303-7; the French card is national).

All positions are offsets into the lines joined together, so one slice is one field.
"""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The shapes of machine readable zones that Kordon reads."""

    TD1 = "TD1"
    """Card, 3 x 30 (Doc 9303-5)."""
    TD2 = "TD2"
    """Larger card, 2 x 36 (Doc 9303-6)."""
    TD3 = "TD3"
    """Passport book, 2 x 44 (Doc 9303-4)."""
    MRVA = "MRVA"
    """Full-page visa, 2 x 44 (Doc 9303-7)."""
    MRVB = "MRVB"
    """Small visa, 2 x 36 (Doc 9303-7)."""
    FRA = "FRA"
    """French identity card of 1988-2021, 2 x 36, not a Doc 9303 layout."""
    UNKNOWN = "UNKNOWN"
    """Nothing of the above."""


CODE = slice(0, 2)
ISSUER = slice(2, 5)
"""These two stand at the beginning of every format."""


HARMONISED = frozenset({"PP", "PE", "PD", "PO", "PR", "PT", "PS", "PL", "PM", "PU"})
"""Codes of passports, one of which every passport issued from 2028 bears (Doc 9303-4, 4.4)."""
SINGLE_SHEET = "PU"
"""A document for one journey on a single sheet, written as TD3 or TD2 (Doc 9303-8)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One format: spans are slices, single characters offsets, None where it lacks a field."""

    format: Format
    rows: int
    width: int
    number: slice
    number_check: int
    birth: slice
    birth_check: int
    sex: int
    name: slice
    composite: tuple[slice, ...] = ()
    composite_check: int | None = None
    nationality: slice | None = None
    expiry: slice | None = None
    expiry_check: int = 0
    optional: slice | None = None
    optional_2: slice | None = None
    personal_check: int | None = None
    given: slice | None = None
    office: slice | None = None
    usual: str = "AIC"
    """First letters of document codes in this format."""
    long_number: int = 9
    """The longest document number, when it may run on into the optional data."""

    @property
    def size(self) -> int:
        """Characters in all lines together."""
        return self.rows * self.width

    def lines(self, flat: str) -> tuple[str, ...]:
        """Cut the joined characters into lines again."""
        return tuple(flat[at : at + self.width] for at in range(0, len(flat), self.width))


TD1 = Layout(
    Format.TD1,
    rows=3,
    width=30,
    number=slice(5, 14),
    number_check=14,
    optional=slice(15, 30),
    birth=slice(30, 36),
    birth_check=36,
    sex=37,
    expiry=slice(38, 44),
    expiry_check=44,
    nationality=slice(45, 48),
    optional_2=slice(48, 59),
    composite=(slice(5, 37), slice(38, 45), slice(48, 59)),
    composite_check=59,
    name=slice(60, 90),
    long_number=22,
)

TD2 = Layout(
    Format.TD2,
    rows=2,
    width=36,
    name=slice(5, 36),
    number=slice(36, 45),
    number_check=45,
    nationality=slice(46, 49),
    birth=slice(49, 55),
    birth_check=55,
    sex=56,
    expiry=slice(57, 63),
    expiry_check=63,
    optional=slice(64, 71),
    composite=(slice(36, 46), slice(49, 56), slice(57, 71)),
    composite_check=71,
    long_number=14,
)

TD3 = Layout(
    Format.TD3,
    usual="P",
    rows=2,
    width=44,
    name=slice(5, 44),
    number=slice(44, 53),
    number_check=53,
    nationality=slice(54, 57),
    birth=slice(57, 63),
    birth_check=63,
    sex=64,
    expiry=slice(65, 71),
    expiry_check=71,
    optional=slice(72, 86),
    personal_check=86,
    composite=(slice(44, 54), slice(57, 64), slice(65, 87)),
    composite_check=87,
)

MRVA = Layout(
    Format.MRVA,
    usual="V",
    rows=2,
    width=44,
    name=slice(5, 44),
    number=slice(44, 53),
    number_check=53,
    nationality=slice(54, 57),
    birth=slice(57, 63),
    birth_check=63,
    sex=64,
    expiry=slice(65, 71),
    expiry_check=71,
    optional=slice(72, 88),
)

MRVB = Layout(
    Format.MRVB,
    usual="V",
    rows=2,
    width=36,
    name=slice(5, 36),
    number=slice(36, 45),
    number_check=45,
    nationality=slice(46, 49),
    birth=slice(49, 55),
    birth_check=55,
    sex=56,
    expiry=slice(57, 63),
    expiry_check=63,
    optional=slice(64, 72),
)

# The number is year and month of issue, department, serial: 12 characters. No nationality (the
# card is given to French citizens only), no expiry. The last digit covers all 71 before it.
FRA = Layout(
    Format.FRA,
    usual="I",
    rows=2,
    width=36,
    name=slice(5, 30),
    office=slice(30, 36),
    number=slice(36, 48),
    number_check=48,
    given=slice(49, 63),
    birth=slice(63, 69),
    birth_check=69,
    sex=70,
    composite=(slice(0, 71),),
    composite_check=71,
)

LAYOUTS: dict[Format, Layout] = {each.format: each for each in (TD1, TD2, TD3, MRVA, MRVB, FRA)}
SIZES = frozenset(each.size for each in LAYOUTS.values())


def layout_of(flat: str) -> Layout | None:
    """The layout of joined lines, by their length and first letters; None when there is none."""
    size = len(flat)
    if size == 88:
        return MRVA if flat[0] == "V" else TD3
    if size == 90:
        return TD1
    if size == 72:
        if flat.startswith("IDFRA"):
            return FRA
        return MRVB if flat[0] == "V" else TD2
    return None
