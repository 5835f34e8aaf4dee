"""Which kinds of seal there are, and what their features are called (Doc 9303-13; BSI TR-03137).

A kind is named in the header by two octets: the reference of its definition, and the category,
odd where ICAO defined it and even where a state did. A state's own kind is one more row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kordon.lib.traveldocs.seal.codings import Coding
from kordon.lib.traveldocs.seal.errors import SealError


class Bears(StrEnum):
    """What the zone in a seal of this kind belongs to."""

    VISA = "VISA"
    DOCUMENT = "DOCUMENT"
    """The sheet or card that bears the seal."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its tag, its name for machines, how its octets are written."""

    tag: int
    name: str
    coding: Coding
    required: bool = True
    """Whether a seal without it is not written. Reading asks for none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of seal."""

    name: str
    reference: int
    category: int
    title: str
    features: tuple[Feature, ...]
    bears: Bears = Bears.DOCUMENT
    by_name: Mapping[str, Feature] = field(init=False, repr=False, compare=False)
    by_tag: Mapping[int, Feature] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {each.name: each for each in self.features}
        tags = {each.tag: each for each in self.features}
        if len(names) != len(self.features) or len(tags) != len(self.features):
            raise SealError("KIND", f"{self.name}: two features of one name or tag")
        if not all(0 <= each < 255 for each in (self.category, *tags)):
            raise SealError("KIND", f"{self.name}: a tag or category is not within 0 and 254")
        object.__setattr__(self, "by_name", MappingProxyType(names))
        object.__setattr__(self, "by_tag", MappingProxyType(tags))


def _may(tag: int, name: str, coding: Coding) -> Feature:
    return Feature(tag, name, coding, required=False)


_ADDRESS = (
    Feature(1, "document_number", Coding.TEXT),
    Feature(2, "municipality", Coding.TEXT),
    Feature(3, "address", Coding.TEXT),
)
VISA = Kind(
    "VISA",
    0x5D,
    0x01,
    "Visa (Doc 9303-7, 9)",
    (
        _may(1, "mrz_a", Coding.MRZ_A),
        _may(2, "mrz_b", Coding.MRZ_B),
        _may(3, "entries", Coding.NUMBER),
        Feature(4, "stay", Coding.DURATION),
        Feature(5, "passport_number", Coding.TEXT),
        _may(6, "visa_type", Coding.OCTETS),
        _may(7, "additional", Coding.OCTETS),
    ),
    Bears.VISA,
)
"""`entries` is 0 where they are not limited."""
EMERGENCY = Kind(
    "EMERGENCY_TRAVEL_DOCUMENT",
    0x5E,
    0x03,
    "Emergency travel document (Doc 9303-8)",
    (Feature(2, "mrz", Coding.MRZ_TD2),),
)
STAMP = Kind(
    "STAMP",
    0xA1,
    0x10,
    "Entry or exit stamp (a proposal of this library)",
    (
        Feature(1, "direction", Coding.NUMBER),
        Feature(2, "moment", Coding.MOMENT),
        Feature(3, "border_point", Coding.TEXT),
        Feature(4, "document_number", Coding.TEXT),
        Feature(5, "document_issuer", Coding.TEXT),
        Feature(6, "nationality", Coding.TEXT),
        Feature(7, "birth", Coding.DATE),
        _may(8, "stay_until", Coding.DATE),
        _may(9, "crossing", Coding.TEXT),
    ),
)
"""`direction` is 1 for entry and 2 for exit."""
PERMIT = Kind(
    "PERMIT",
    0xA2,
    0x10,
    "Permit on paper (a proposal of this library)",
    (
        Feature(1, "permit_number", Coding.TEXT),
        Feature(2, "permit_type", Coding.TEXT),
        Feature(3, "valid_from", Coding.DATE),
        Feature(4, "valid_until", Coding.DATE),
        Feature(5, "surname", Coding.TEXT),
        _may(6, "given_names", Coding.TEXT),
        Feature(7, "birth", Coding.DATE),
        Feature(8, "nationality", Coding.TEXT),
        Feature(9, "document_number", Coding.TEXT),
        _may(10, "remarks", Coding.UTF8),
    ),
)

_OF_TR_03137 = (
    Kind(
        "ARRIVAL_ATTESTATION",
        0xFD,
        0x02,
        "Arrival attestation document (Germany)",
        (Feature(2, "mrz", Coding.MRZ_TD2), Feature(3, "register_number", Coding.TEXT)),
    ),
    Kind(
        "SOCIAL_INSURANCE_CARD",
        0xFC,
        0x04,
        "Social insurance card (Germany)",
        (
            Feature(1, "insurance_number", Coding.TEXT),
            Feature(2, "surname", Coding.UTF8),
            Feature(3, "given_names", Coding.UTF8),
            _may(4, "birth_name", Coding.UTF8),
        ),
    ),
    Kind(
        "RESIDENCE_PERMIT",
        0xFB,
        0x06,
        "Residence permit (Germany)",
        (Feature(2, "mrz", Coding.MRZ_TD2), Feature(3, "passport_number", Coding.TEXT)),
    ),
    Kind(
        "SUPPLEMENTARY_SHEET",
        0xFA,
        0x06,
        "Supplementary sheet of a residence permit (Germany)",
        (Feature(4, "mrz", Coding.MRZ_TD2), Feature(5, "sheet_number", Coding.TEXT)),
    ),
    Kind("ADDRESS_STICKER_CARD", 0xF9, 0x08, "Address sticker, identity card (Germany)", _ADDRESS),
    Kind("ADDRESS_STICKER_PERMIT", 0xF9, 0x0C, "Address sticker, permit (Germany)", _ADDRESS),
    Kind(
        "ADDRESS_STICKER_PASSPORT",
        0xF8,
        0x0A,
        "Residence sticker, passport (Germany)",
        (*_ADDRESS[:2], Feature(3, "postal_code", Coding.TEXT)),
    ),
    Kind(
        "TEMPORARY_IDENTITY_CARD",
        0xF7,
        0x0B,
        "Temporary identity card (Germany)",
        (Feature(1, "portrait", Coding.OCTETS), Feature(2, "mrz", Coding.MRZ_TD2)),
    ),
    Kind(
        "PROVISIONAL_RESIDENCE",
        0xF5,
        0x0C,
        "Provisional residence certificate (Germany)",
        (
            Feature(1, "portrait", Coding.OCTETS),
            Feature(2, "mrz", Coding.MRZ_TD2),
            Feature(3, "passport_number", Coding.TEXT),
            Feature(4, "register_number", Coding.TEXT),
        ),
    ),
    Kind(
        "ADMINISTRATIVE_DOCUMENT",
        0x01,
        0xC8,
        "Administrative document (Germany, BSI TR-03171)",
        (Feature(0, "profile", Coding.OCTETS),),
    ),
)

Kinds = Mapping[tuple[int, int], Kind]


def table_of(kinds: Iterable[Kind]) -> Kinds:
    """The kinds by the two octets of the header; raises SealError(KIND) where two have the same."""
    found: dict[tuple[int, int], Kind] = {}
    for each in kinds:
        if found.setdefault((each.reference, each.category), each) is not each:
            raise SealError("KIND", f"{each.name} has the octets of another kind")
    return MappingProxyType(found)


KINDS: Kinds = table_of((VISA, EMERGENCY, STAMP, PERMIT, *_OF_TR_03137))
"""What ICAO and Germany published, and two proposals of this library for states without."""


def kind_named(name: str, kinds: Kinds = KINDS) -> Kind:
    """Raises SealError(KIND)."""
    for each in kinds.values():
        if each.name == name:
            return each
    known = ", ".join(each.name for each in kinds.values())
    raise SealError("KIND", f"{name} is no kind of seal: {known}")
