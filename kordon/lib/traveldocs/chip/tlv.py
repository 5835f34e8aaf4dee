"""Tag, length, value: the bounded reader below everything in this part (ITU-T X.690).

Logical data structures are BER-TLV, certificates and signed data are DER, and real documents mix
in indefinite lengths and strings in pieces. So the reader takes BER, and the raw octets of every
node stay at hand: what is hashed or signed is never written anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kordon.lib.traveldocs.chip.errors import ChipError, Code

MAX_FILE = 8 * 1024 * 1024
"""Octets of one file of a chip; real ones stay below 200,000."""
MAX_DEPTH = 24
"""Nodes within nodes; certificates in signed data need about fifteen."""
MAX_CHILDREN = 20_000
"""Nodes side by side; the largest revocation list and master list stay below."""
MAX_SEARCHED = 4_000
"""Nodes passed in search of the end of an indefinite length; those within others count too."""

_CONSTRUCTED = 0x20
_END_OF_CONTENTS = b"\x00\x00"


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `tag` is the number its identifier octets make (0x30, 0x5F1F, 0x7F61)."""

    tag: int
    data: bytes
    start: int
    body: int
    """Where the value begins."""
    end: int
    """Where the value ends; of an indefinite length, before the end-of-contents octets."""
    stop: int
    """Where the next node begins."""
    depth: int

    @property
    def value(self) -> bytes:
        """The octets of the value."""
        return self.data[self.body : self.end]

    @property
    def raw(self) -> bytes:
        """Every octet of the node as it stands in the file."""
        return self.data[self.start : self.stop]

    @property
    def is_constructed(self) -> bool:
        """Whether the value is made of nodes."""
        return bool(self.data[self.start] & _CONSTRUCTED)

    def children(self) -> list[Node]:
        """The nodes the value is made of, whatever the identifier says about it."""
        return list(_nodes(self.data, self.body, self.end, self.depth + 1))

    def __iter__(self) -> Iterator[Node]:
        return _nodes(self.data, self.body, self.end, self.depth + 1)


def read_node(data: bytes, *, limit: int = MAX_FILE, padded: bool = False) -> Node:
    """The one node that `data` is; `padded` lets octets follow it, as readers of cards leave."""
    if len(data) > limit:
        raise ChipError(Code.READ_TOO_LARGE, f"{len(data)} octets; {limit} are read")
    node = _node(data, 0, len(data), 0)
    if node.stop != len(data) and not padded:
        raise ChipError(Code.READ_BAD_TLV, f"{len(data) - node.stop} octets follow the file")
    return node


def _nodes(data: bytes, at: int, end: int, depth: int) -> Iterator[Node]:
    number = 0
    while at < end:
        if number == MAX_CHILDREN:
            raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_CHILDREN} nodes side by side")
        node = _node(data, at, end, depth)
        yield node
        at, number = node.stop, number + 1


def _node(
    data: bytes, start: int, end: int, depth: int, searched: list[None] | None = None
) -> Node:
    if depth > MAX_DEPTH:
        raise ChipError(Code.READ_TOO_LARGE, f"nodes {MAX_DEPTH} deep")
    tag, at = _tag(data, start, end)
    if at >= end:
        raise _cut_off(start)
    first, at = data[at], at + 1
    if first < 0x80:
        length = first
    elif first == 0x80:
        return _indefinite((tag, start, at, depth), data, end, [] if searched is None else searched)
    else:
        octets = first & 0x7F
        if octets > 4:
            raise ChipError(Code.READ_TOO_LARGE, f"a length of {octets} octets at {start}")
        if at + octets > end:
            raise _cut_off(start)
        length, at = int.from_bytes(data[at : at + octets], "big"), at + octets
    if length > end - at:
        raise _cut_off(start)
    return Node(tag, data, start, at, at + length, at + length, depth)


def _tag(data: bytes, start: int, end: int) -> tuple[int, int]:
    if start >= end:
        raise _cut_off(start)
    tag, at = data[start], start + 1
    if tag & 0x1F != 0x1F:
        return tag, at
    for _ in range(2):
        if at >= end:
            raise _cut_off(start)
        tag, at = tag << 8 | data[at], at + 1
        if not tag & 0x80:
            return tag, at
    raise ChipError(Code.READ_BAD_TLV, f"a tag of more than three octets at {start}")


def _indefinite(
    head: tuple[int, int, int, int], data: bytes, end: int, searched: list[None]
) -> Node:
    """The node whose end must be searched; `searched` grows by every node passed."""
    tag, start, body, depth = head
    if not data[start] & _CONSTRUCTED:
        raise ChipError(Code.READ_BAD_TLV, f"no length for a value without nodes at {start}")
    at = body
    while data[at : at + 2] != _END_OF_CONTENTS or at + 2 > end:
        if at >= end:
            raise _cut_off(start)
        if len(searched) == MAX_SEARCHED:
            raise ChipError(Code.READ_TOO_LARGE, f"no end within {MAX_SEARCHED} nodes of {start}")
        searched.append(None)
        at = _node(data, at, end, depth + 1, searched).stop
    return Node(tag, data, start, body, at, at + 2, depth)


def _cut_off(start: int) -> ChipError:
    return ChipError(Code.READ_TRUNCATED, f"the node at {start} runs past its end")
