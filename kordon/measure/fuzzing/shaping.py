"""Changing octets whose shape is known, so that readers go deeper than the first length.

Of tag-length-value the nodes are known, of JSON the members, of images the header; what is
changed inside is mostly written back so that everything around it still fits.
"""

import json
import random
import zlib
from functools import lru_cache
from typing import Any, NamedTuple

from kordon.measure.fuzzing.mutating import LARGEST, below, change_octets

MOST_NODES = 400
DEEP = 40
_CONSTRUCTED = 0x20
_MAY_HOLD = (0x03, 0x04, 0x80, 0x5F)


class Node(NamedTuple):
    """One node: where it begins, where its value begins and ends, the node around it."""

    start: int
    body: int
    end: int
    around: int


@lru_cache(maxsize=256)
def nodes_of(octets: bytes) -> tuple[Node, ...]:
    """The nodes of tag-length-value, as far as they fit into each other; strings looked into."""
    found: list[Node] = []
    waiting = [(0, len(octets), -1)]
    while waiting and len(found) < MOST_NODES:
        at, end, around = waiting.pop()
        while at < end and len(found) < MOST_NODES:
            node = _node(octets, at, end, around)
            if node is None:
                break
            found.append(node)
            if octets[at] & _CONSTRUCTED or _holds_nodes(octets, node):
                body = node.body + (octets[at] == 0x03)
                waiting.append((body, node.end, len(found) - 1))
            at = node.end
    return tuple(found)


def _node(octets: bytes, at: int, end: int, around: int) -> Node | None:
    body = at + 1
    if octets[at] & 0x1F == 0x1F:
        while body < end and octets[body] & 0x80:
            body += 1
        body += 1
    if body >= end:
        return None
    first, body = octets[body], body + 1
    size = first
    if first & 0x80:
        more = first & 0x7F
        if not 1 <= more <= 4:
            return None
        size = int.from_bytes(octets[body : body + more], "big")
        body += more
    return Node(at, body, body + size, around) if body + size <= end else None


def _holds_nodes(octets: bytes, node: Node) -> bool:
    """Whether a string is itself one node and nothing else."""
    body = node.body + (octets[node.start] == 0x03)
    if octets[node.start] not in _MAY_HOLD or body >= node.end:
        return False
    inner = _node(octets, body, node.end, -1)
    return inner is not None and inner.end == node.end


def write_node(tag: bytes, value: bytes) -> bytes:
    """A node with its length as DER has it."""
    size = len(value)
    if size < 0x80:
        return tag + bytes((size,)) + value
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return tag + bytes((0x80 | len(octets),)) + octets + value


def _tag(octets: bytes, node: Node) -> bytes:
    end = node.start + 1
    if octets[node.start] & 0x1F == 0x1F:
        while octets[end] & 0x80:
            end += 1
        end += 1
    return octets[node.start : end]


def _put(octets: bytes, nodes: tuple[Node, ...], which: int, new: bytes) -> bytes:
    """The octets with another node in the place of this one; lengths around it made to fit."""
    node = nodes[which]
    start, end, around = node.start, node.end, node.around
    while around >= 0:
        outer = nodes[around]
        value = octets[outer.body : start] + new + octets[end : outer.end]
        new = write_node(_tag(octets, outer), value)
        start, end, around = outer.start, outer.end, outer.around
    return octets[:start] + new + octets[end:]


ODD_VALUES = (
    *(b"", b"\x00", b"\xff", b"\x80", b"\x7f\xff", b"\x00" * 33, b"\xff" * 300, b"\x30\x80"),
    *(b"\x05\x00" * 50, b"\x02\x01\x00", b"99991231235959Z", b"000000000000Z", b"\x00\x00"),
    *(b"\x7f" + b"\xff" * 2047, b"\xff" * 65, b"\x04" + b"\x01" * 64, b"-" * 20),
)


def _written_with_wrong_length(chance: random.Random, octets: bytes, node: Node) -> bytes:
    tag, value = _tag(octets, node), octets[node.body : node.end]
    size = len(value)
    wrong = (
        *(b"\x80", b"\x81", b"\x84\xff\xff\xff\xff", b"\x88" + b"\xff" * 8, b"\x00", b"\xff"),
        bytes((min(0x7F, size + 1),)),
        bytes((min(0x7F, max(0, size - 1)),)),
        b"\x82" + (size & 0xFFFF).to_bytes(2, "big"),
        b"\x84" + size.to_bytes(4, "big"),
    )
    return tag + wrong[below(chance, len(wrong))] + value


def _nested(chance: random.Random, octets: bytes, node: Node) -> bytes:
    new = octets[node.start : node.end]
    tag = _tag(octets, node)
    for _ in range(1 + below(chance, DEEP if chance.random() < 0.3 else 4)):
        new = write_node(bytes((tag[0] | _CONSTRUCTED, *tag[1:])), new)
    return new


def _of_another(chance: random.Random, octets: bytes, node: Node, other: bytes) -> bytes:
    """A node of the other file, of the same tag if it has one."""
    tag = octets[node.start]
    theirs = nodes_of(other)
    same = [each for each in theirs if other[each.start] == tag] or theirs
    if not same:
        return b""
    chosen = same[below(chance, len(same))]
    return other[chosen.start : chosen.end]


def change_tlv(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """One node changed, left out, doubled, wrapped, exchanged; or octets without regard to it."""
    nodes = nodes_of(octets)
    if not nodes or chance.random() < 0.3:
        return change_octets(chance, octets, other)
    which = below(chance, len(nodes))
    node = nodes[which]
    whole, tag = octets[node.start : node.end], _tag(octets, node)
    value = octets[node.body : node.end]
    deed = below(chance, 10)
    if deed == 0:
        new = _written_with_wrong_length(chance, octets, node)
    elif deed == 1:
        new = write_node(tag, ODD_VALUES[below(chance, len(ODD_VALUES))])
    elif deed == 2:
        new = b""
    elif deed == 3:
        new = whole * (2 + below(chance, 60 if chance.random() < 0.1 else 3))
    elif deed == 4:
        new = _nested(chance, octets, node)
    elif deed == 5:
        new = bytes((tag[0] ^ (1 << below(chance, 8)), *tag[1:])) + whole[len(tag) :]
    elif deed == 6 and tag[0] & _CONSTRUCTED:
        new = tag + b"\x80" + value + b"\x00\x00"
    elif deed in (7, 8):
        new = _of_another(chance, octets, node, other)
    else:
        new = write_node(tag, change_octets(chance, value, other))
    return _put(octets, nodes, which, new)[:LARGEST]


def change_seal(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """A feature of a visible digital seal changed, its length right or wrong; or octets."""
    features = _features(octets)
    if not features or chance.random() < 0.4:
        return change_octets(chance, octets, other)
    begin, end = features[below(chance, len(features))]
    tag, value = octets[begin : begin + 1], octets[begin + 2 : end]
    deed = below(chance, 6)
    if deed == 0:
        new = b""
    elif deed == 1:
        new = octets[begin:end] * 2
    elif deed == 2:
        new = tag + bytes((below(chance, 256),)) + value
    elif deed == 3:
        new = bytes((below(chance, 256),)) + octets[begin + 1 : end]
    else:
        value = change_octets(chance, value, other)[:127]
        new = tag + bytes((len(value),)) + value
    return octets[:begin] + new + octets[end:]


@lru_cache(maxsize=256)
def _features(octets: bytes) -> tuple[tuple[int, int], ...]:
    """Where features begin and end: behind headers of 18 octets, and of 16 to 20 in version 4."""
    for at in range(16, 22):
        found = []
        while at + 2 <= len(octets):
            end = at + 2 + octets[at + 1]
            found.append((at, end))
            at = end
        if at == len(octets) and found:
            return tuple(found)
    return ()


ODD_JSON: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 10**400, 0.5, 1e308, -0.0, "", " ", "0"),
    *("\x00", "\ud800", "😀", "a" * 5000, "=", "AA==", "ff", "2026-02-30", "2026-06-01T00:00:00Z"),
    *([], {}, [[]], [{}], {"": ""}, "\u202e", "P<UTO", "DG1", "\n", ["a"] * 100, "9" * 400),
)


def change_json(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """One member changed, left out, doubled, exchanged; or octets without regard to it."""
    if chance.random() < 0.25:
        return change_octets(chance, octets, other)
    try:
        told, theirs = json.loads(octets), json.loads(other)
        _change_member(chance, told, theirs)
        text = json.dumps(told, ensure_ascii=chance.random() < 0.5)
    except (ValueError, RecursionError):
        return change_octets(chance, octets, other)
    return text.encode("utf-8", "surrogatepass")[:LARGEST]


def _places(told: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [told]
    while waiting and len(found) < MOST_NODES:
        each = waiting.pop()
        keys = each.keys() if isinstance(each, dict) else range(len(each))
        for key in list(keys)[:MOST_NODES]:
            found.append((each, key))
            if isinstance(each[key], (dict, list)):
                waiting.append(each[key])
    return found


def _change_member(chance: random.Random, told: Any, theirs: Any) -> None:
    places = _places(told) if isinstance(told, (dict, list)) else []
    if not places:
        raise ValueError("nothing to change")
    inside, key = places[below(chance, len(places))]
    deed, value = below(chance, 7), inside[key]
    if deed == 0:
        del inside[key]
    elif deed == 1 and isinstance(inside, dict):
        inside[str(key) + chance.choice("x \x00")] = value
    elif deed == 2 and isinstance(inside, list):
        inside += inside[:50]
    elif deed == 3 and isinstance(theirs, (dict, list)) and (found := _places(theirs)):
        there, name = found[below(chance, len(found))]
        inside[key] = there[name]
    elif deed in (4, 5) and isinstance(value, str):
        changed = change_octets(chance, value.encode("utf-8", "surrogatepass"), b"0<\xd0\x96")
        inside[key] = changed.decode("utf-8", "replace")
    elif deed == 6:
        for _ in range(1 + below(chance, 40)):
            value = [value]
        inside[key] = value
    else:
        inside[key] = ODD_JSON[below(chance, len(ODD_JSON))]


def change_image(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """A chunk of a PNG file changed and its sum made right, or the size of a JPEG; or octets."""
    if octets.startswith(b"\x89PNG") and chance.random() < 0.6:
        return _change_chunk(chance, octets, other)
    at = octets.find(b"\xff\xc0") if octets.startswith(b"\xff\xd8") else -1
    if 0 < at < len(octets) - 9 and chance.random() < 0.3:
        size = b"".join(below(chance, 9000).to_bytes(2, "big") for _ in range(2))
        return octets[: at + 5] + size + octets[at + 9 :]
    return change_octets(chance, octets, other)


def _change_chunk(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    at = 8
    chunks: list[tuple[int, int]] = []
    while at + 12 <= len(octets) and len(chunks) < MOST_NODES:
        size = int.from_bytes(octets[at : at + 4], "big")
        chunks.append((at, size))
        at += 12 + size
    if not chunks:
        return change_octets(chance, octets, other)
    at, size = chunks[0] if chance.random() < 0.4 else chunks[below(chance, len(chunks))]
    body = octets[at + 8 : at + 8 + size]
    if octets[at + 4 : at + 8] == b"IHDR" and chance.random() < 0.5:
        sides = (0, 1, 149, 200, 1000, 3000, 6000, 20_000, 2**31 - 1, 2**32 - 1)
        wide, high = (sides[below(chance, 10)].to_bytes(4, "big") for _ in range(2))
        body = wide + high + body[8:]
    else:
        body = change_octets(chance, body, other)
    named = octets[at + 4 : at + 8] + body
    chunk = len(body).to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")
    return octets[:at] + chunk + octets[at + 12 + size :]
