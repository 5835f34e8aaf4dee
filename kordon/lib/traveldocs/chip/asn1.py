"""Values of ASN.1 read from nodes: numbers, names, times, and the members of a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.tlv import Node

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31
PIECES = 0x24
"""An OCTET STRING written in pieces (BER)."""

MAX_INTEGER = 2048
"""Octets; an RSA modulus of 16,384 bits."""
MAX_NUMBER = 512
"""Octets of any other number; Python writes one of 1,700 octets or more in no decimal digits."""
MAX_OID = 64

_TEXTS = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


class Members:
    """The members of a sequence or set, taken one after the other."""

    def __init__(self, node: Node, what: str, tags: tuple[int, ...] = (SEQUENCE,)) -> None:
        expect(node, what, *tags)
        self._nodes: Iterator[Node] = iter(node)
        self._next: Node | None = next(self._nodes, None)
        self._what = what

    def take(self, *tags: int) -> Node:
        """The next member, which must have one of these tags (any, when none is given)."""
        node = self._next
        if node is None:
            raise ChipError(Code.READ_BAD_TLV, f"{self._what} lacks a member")
        if tags:
            expect(node, self._what, *tags)
        self._next = next(self._nodes, None)
        return node

    def maybe(self, *tags: int) -> Node | None:
        """The next member if it has one of these tags."""
        node = self._next
        return self.take() if node is not None and node.tag in tags else None

    def rest(self) -> list[Node]:
        """Every member not yet taken."""
        found = [] if self._next is None else [self._next, *self._nodes]
        self._next = None
        return found


def expect(node: Node, what: str, *tags: int) -> Node:
    """The node itself if it has one of these tags."""
    if node.tag not in tags:
        raise ChipError(Code.READ_BAD_TLV, f"{what}: tag {node.tag:02X} at {node.start}")
    return node


def only_child(node: Node, what: str, *tags: int) -> Node:
    """The one node inside an explicit tag."""
    return Members(node, what, (node.tag,)).take(*tags)


def integer(node: Node, what: str = "number") -> int:
    """An INTEGER or ENUMERATED; serial numbers of real certificates may be negative."""
    return int.from_bytes(_number(node, what, MAX_NUMBER), "big", signed=True)


def unsigned(node: Node, what: str) -> int:
    """An INTEGER that some writers forget to keep positive (RSA moduli, curve parameters)."""
    return int.from_bytes(_number(node, what, MAX_INTEGER), "big")


def _number(node: Node, what: str, most: int) -> bytes:
    expect(node, what, INTEGER, 0x0A)
    size = node.end - node.body
    if not 1 <= size <= most:
        raise ChipError(Code.READ_TOO_LARGE, f"{what} of {size} octets")
    return node.value


def boolean(node: Node) -> bool:
    """A BOOLEAN; anything but zero is true."""
    return any(expect(node, "boolean", BOOLEAN).value)


def oid(node: Node) -> str:
    """An OBJECT IDENTIFIER in dots."""
    value = expect(node, "object identifier", OID).value
    if not value or len(value) > MAX_OID or value[-1] & 0x80:
        raise ChipError(Code.READ_BAD_TLV, f"object identifier at {node.start}")
    arcs, arc = [], 0
    for octet in value:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def octets(node: Node, what: str = "octet string") -> bytes:
    """An OCTET STRING, put together when it is written in pieces."""
    if expect(node, what, OCTET_STRING, PIECES).tag == OCTET_STRING:
        return node.value
    return b"".join(octets(piece, what) for piece in node)


def bits(node: Node, what: str = "bit string") -> bytes:
    """A BIT STRING that is whole octets."""
    value = expect(node, what, BIT_STRING).value
    if not value or value[0] != 0:
        raise ChipError(Code.READ_BAD_TLV, f"{what} is not whole octets")
    return value[1:]


def flags(node: Node) -> frozenset[int]:
    """The numbers of the bits set in a BIT STRING of flags (bounded to 64)."""
    value = expect(node, "flags", BIT_STRING).value[1:9]
    return frozenset(
        8 * at + bit for at, octet in enumerate(value) for bit in range(8) if octet & 0x80 >> bit
    )


def text(node: Node) -> str:
    """Any kind of string, characters that its kind does not have replaced."""
    return node.value.decode(_TEXTS.get(node.tag, "latin-1"), "replace")


def time(node: Node) -> datetime:
    """UTCTime or GeneralizedTime as UTC; two-digit years from 50 on are 19xx (RFC 5280)."""
    expect(node, "time", UTC_TIME, GENERALIZED_TIME)
    try:
        written = node.value.decode("ascii")
        if node.tag == UTC_TIME:
            written = ("19" if written[:2] >= "50" else "20") + written
        return _moment(written)
    except ValueError:
        raise ChipError(Code.READ_BAD_TLV, f"time at {node.start}") from None


def _moment(written: str) -> datetime:
    """YYYYMMDDhhmm[ss][.fff]Z; seconds are left out by some old certificates."""
    digits = written.rstrip("Z").split(".")[0]
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (12, 14):
        raise ValueError(written[:32])
    return datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
