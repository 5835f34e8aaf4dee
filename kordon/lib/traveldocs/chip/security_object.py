"""EF.SOD: the document security object with the hashes of the data groups (Doc 9303-10, 4.6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kordon.lib.traveldocs.chip.asn1 import (
    INTEGER,
    OCTET_STRING,
    SEQUENCE,
    Members,
    integer,
    octets,
    text,
)
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import read_hash
from kordon.lib.traveldocs.chip.signed import SignedData, read_signed_data
from kordon.lib.traveldocs.chip.tlv import Node, read_node

MAX_SOD = 64 * 1024
"""Octets; real ones stay below 10,000."""
TAG = 0x77
CONTENT_TYPE = "2.23.136.1.1.1"
_OLD_CONTENT_TYPE = "1.2.528.1.1006.1.20.1"
"""Of the trial specimens of 2006."""


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """What EF.SOD says; nothing is verified yet."""

    signed: SignedData
    version: int
    hash: str
    hashes: Mapping[int, bytes]
    """Number of a data group → digest of its whole file."""
    lds_version: str
    """`0108` from version 1 of the object on, else empty."""
    unicode_version: str


def read_sod(data: bytes) -> SecurityObject:
    """EF.SOD, with the tag 77 or as the bare signed data that some readers hand on."""
    node = read_node(data, limit=MAX_SOD, padded=True)
    if node.tag == TAG:
        node = next(iter(node), node)
    signed = read_signed_data(node, not_cms=Code.SOD_NOT_CMS)
    if signed.content_type not in (CONTENT_TYPE, _OLD_CONTENT_TYPE):
        raise ChipError(Code.SOD_WRONG_ECT, f"content type {signed.content_type}")
    try:
        return _object(signed, read_node(signed.content))
    except ChipError as error:
        if error.code is Code.READ_BAD_TLV:
            raise ChipError(Code.SOD_WRONG_ECT, error.text) from None
        raise


def _object(signed: SignedData, node: Node) -> SecurityObject:
    members = Members(node, "security object")
    version = integer(members.take(INTEGER), "version")
    name = read_hash(members.take(SEQUENCE))
    hashes: dict[int, bytes] = {}
    for each in members.take(SEQUENCE):
        pair = Members(each, "hash of a data group")
        number = integer(pair.take(INTEGER), "data group")
        if not 1 <= number <= 16 or number in hashes:
            raise ChipError(Code.SOD_WRONG_ECT, f"data group {number}")
        hashes[number] = octets(pair.take(OCTET_STRING))
    lds = members.maybe(SEQUENCE)
    lds_version = unicode_version = ""
    if lds is not None:
        pair = Members(lds, "LDS version")
        lds_version, unicode_version = text(pair.take())[:8], text(pair.take())[:8]
    return SecurityObject(
        signed, version, name, MappingProxyType(hashes), lds_version, unicode_version
    )
