"""EF.COM and the small data groups as typed values (Doc 9303-10, 4): DG1, DG11, DG12, DG15."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from kordon.lib.traveldocs.chip.asn1 import SEQUENCE
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import PublicKey, read_public_key
from kordon.lib.traveldocs.chip.tlv import Node, read_node
from kordon.lib.traveldocs.dates import PartialDate
from kordon.lib.traveldocs.mrz import Reading, read_mrz

COM_TAG = 0x60
TAGS = {
    tag: number
    for number, tag in enumerate(
        (
            *(0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68),
            *(0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70),
        ),
        start=1,
    )
}
"""Tag of a file → number of its data group (Doc 9303-10, table 38)."""
_TAG_OF = {number: tag for tag, number in TAGS.items()}

_PERSONS, _TAG_LIST = 0xA0, 0x5C
MAX_TEXTS = 64


@dataclass(frozen=True, slots=True)
class Common:
    """EF.COM. It is not signed: believe EF.SOD where they differ."""

    lds_version: str
    unicode_version: str
    groups: tuple[int, ...]
    """Data groups said to be there, in the order given."""
    unknown_tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonalDetails:
    """DG11. What is absent is empty; texts are as written, `<` between the parts of names."""

    full_name: str = ""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth: PartialDate | None = None
    birthplace: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    telephone: str = ""
    profession: str = ""
    title: str = ""
    summary: str = ""
    citizenship_proof: bytes = field(default=b"", repr=False)
    """An image."""
    other_documents: tuple[str, ...] = ()
    """Numbers of other travel documents."""
    custody: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """DG12. What is absent is empty."""

    authority: str = ""
    issued: date | None = None
    other_persons: tuple[str, ...] = ()
    endorsements: str = ""
    tax_exit_requirements: str = ""
    front: bytes = field(default=b"", repr=False)
    """Image of the front of the document."""
    rear: bytes = field(default=b"", repr=False)
    personalised: str = ""
    """Date and time, YYYYMMDDhhmmss."""
    personalisation_system: str = ""
    """Serial number of the system that personalised the document."""


def read_group(data: bytes, number: int) -> Node:
    """The node of a data group's file, whose tag must be that of the group."""
    node = read_node(data, padded=True)
    if node.tag != _TAG_OF[number]:
        raise ChipError(Code.DG_PARSE, f"DG{number} begins with tag {node.tag:02X}")
    return node


def read_com(data: bytes) -> Common:
    """EF.COM; raises `ChipError`."""
    node = read_node(data, padded=True)
    if node.tag != COM_TAG:
        raise ChipError(Code.DG_PARSE, f"EF.COM begins with tag {node.tag:02X}")
    found = {each.tag: each for each in islice(node, MAX_TEXTS)}
    listed = _listed_tags(found[_TAG_LIST].value) if _TAG_LIST in found else []
    return Common(
        lds_version=_text(found.get(0x5F01)),
        unicode_version=_text(found.get(0x5F36)),
        groups=tuple(TAGS[tag] for tag in listed if tag in TAGS),
        unknown_tags=tuple(tag for tag in listed if tag not in TAGS),
    )


def read_dg1(data: bytes, *, on: date) -> Reading:
    """The machine readable zone in DG1, read by `read_mrz` (see there for `on`)."""
    for each in read_group(data, 1):
        if each.tag == 0x5F1F:
            return read_mrz(each.value.decode("latin-1"), on=on)
    raise ChipError(Code.DG_PARSE, "DG1 holds no machine readable zone")


def read_dg11(data: bytes) -> PersonalDetails:
    """Additional personal details; raises `ChipError`."""
    found, others = _texts(read_group(data, 11), 0x5F0F)
    return PersonalDetails(
        full_name=_text(found.get(0x5F0E)),
        other_names=others,
        personal_number=_text(found.get(0x5F10)),
        birth=_partial(found.get(0x5F2B)),
        birthplace=_parts(found.get(0x5F11)),
        address=_parts(found.get(0x5F42)),
        telephone=_text(found.get(0x5F12)),
        profession=_text(found.get(0x5F13)),
        title=_text(found.get(0x5F14)),
        summary=_text(found.get(0x5F15)),
        citizenship_proof=_octets(found.get(0x5F16)),
        other_documents=_parts(found.get(0x5F17)),
        custody=_text(found.get(0x5F18)),
    )


def read_dg12(data: bytes) -> DocumentDetails:
    """Additional details of the document; raises `ChipError`."""
    found, others = _texts(read_group(data, 12), 0x5F1A)
    return DocumentDetails(
        authority=_text(found.get(0x5F19)),
        issued=_day(found.get(0x5F26)),
        other_persons=others,
        endorsements=_text(found.get(0x5F1B)),
        tax_exit_requirements=_text(found.get(0x5F1C)),
        front=_octets(found.get(0x5F1D)),
        rear=_octets(found.get(0x5F1E)),
        personalised=_digits(found.get(0x5F55)),
        personalisation_system=_text(found.get(0x5F56)),
    )


def read_dg15(data: bytes) -> PublicKey:
    """The key for Active Authentication; raises `ChipError`."""
    for each in read_group(data, 15):
        if each.tag == SEQUENCE:
            return read_public_key(each)
    raise ChipError(Code.DG_PARSE, "DG15 holds no public key")


def _listed_tags(value: bytes) -> list[int]:
    """Tags side by side without lengths; those with 1F in the low bits go on."""
    found, at = [], 0
    while at < len(value):
        size = 2 if value[at] & 0x1F == 0x1F else 1
        found.append(int.from_bytes(value[at : at + size], "big"))
        at += size
    return found[:MAX_TEXTS]


def _texts(node: Node, of_persons: int) -> tuple[dict[int, Node], tuple[str, ...]]:
    """The elements by tag, and the texts about persons, which may be several."""
    found: dict[int, Node] = {}
    persons: list[Node] = []
    for each in islice(node, MAX_TEXTS):
        for element in islice(each, MAX_TEXTS) if each.tag == _PERSONS else (each,):
            if element.tag == of_persons:
                persons.append(element)
            else:
                found.setdefault(element.tag, element)
    return found, tuple(map(_text, persons))


def _text(node: Node | None) -> str:
    if node is None:
        return ""
    try:
        return node.value.decode("utf-8").strip()
    except UnicodeDecodeError:  # specimens older than the rule hold Latin-1
        return node.value.decode("latin-1").strip()


def _parts(node: Node | None) -> tuple[str, ...]:
    return tuple(part for part in (each.strip() for each in _text(node).split("<")) if part)


def _octets(node: Node | None) -> bytes:
    return b"" if node is None else node.value


def _digits(node: Node | None) -> str:
    """A date as ASCII digits, or two digits in an octet as the first specimens have them."""
    value = _octets(node)
    if len(value) in (4, 7):
        return value.hex()
    return value.decode("latin-1")


def _partial(node: Node | None) -> PartialDate | None:
    """CCYYMMDD, parts that are unknown written as zeros or fillers."""
    digits = _digits(node)
    if len(digits) != 8:
        return None
    parts = (digits[:4], digits[4:6], digits[6:])
    year, month, day = (
        int(each) if each.isascii() and each.isdigit() and int(each) else None for each in parts
    )
    good = (month is None or month <= 12) and (day is None or day <= 31)
    return PartialDate(year, month, day) if good else None


def _day(node: Node | None) -> date | None:
    digits = _digits(node)
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
