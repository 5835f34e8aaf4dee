"""Changing octets without knowing what they are, and text by the words its format is made of.

A mutator takes chance, the octets to change and others of the same kind, and returns octets. The
same chance makes the same octets.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Sequence
from typing import Protocol

LARGEST = 64 * 1024
"""No input grows beyond; bounds above are tried by tests with files made for it."""
ODD_OCTETS = (0x00, 0x01, 0x1F, 0x20, 0x30, 0x3F, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xC0, 0xFE, 0xFF)
MOST_REPEATED = 300


class Mutator(Protocol):
    """Octets changed once."""

    def __call__(self, chance: random.Random, octets: bytes, other: bytes, /) -> bytes: ...


def below(chance: random.Random, number: int) -> int:
    """A whole number from 0 on below ``number``; three times as fast as ``randrange``."""
    return int(chance.random() * number)


def piece(chance: random.Random, octets: bytes, longest: int = 64) -> tuple[int, int]:
    """Where a piece of the octets begins and ends; short ones are likelier."""
    begin = below(chance, len(octets) + 1)
    return begin, min(len(octets), begin + 1 + below(chance, 1 + below(chance, longest)))


def flip(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """Exactly one bit."""
    if not octets:
        return other[:1]
    bit = below(chance, 8 * len(octets))
    at = bit >> 3
    return octets[:at] + bytes((octets[at] ^ 1 << (bit & 7),)) + octets[at + 1 :]


def _put_odd(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    at = below(chance, len(octets) + 1)
    return octets[:at] + bytes((ODD_OCTETS[below(chance, 14)],)) + octets[at + 1 :]


def _put_any(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    at = below(chance, len(octets) + 1)
    return octets[:at] + chance.randbytes(1 + below(chance, 8)) + octets[at + 1 :]


def _count(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """One octet a little more or less: lengths, numbers, versions."""
    if not octets:
        return b"\x00"
    at, step = below(chance, len(octets)), 1 + below(chance, 4)
    value = octets[at] + (step if chance.random() < 0.5 else -step) & 0xFF
    return octets[:at] + bytes((value,)) + octets[at + 1 :]


def _leave_out(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    begin, end = piece(chance, octets)
    return octets[:begin] + octets[end:]


def _repeat(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    begin, end = piece(chance, octets)
    times = MOST_REPEATED if chance.random() < 0.05 else 2 + below(chance, 4)
    return (octets[:begin] + octets[begin:end] * times + octets[end:])[:LARGEST]


def _splice(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    begin, end = piece(chance, other, 256)
    low, high = piece(chance, octets, 256)
    return (octets[:low] + other[begin:end] + octets[high:])[:LARGEST]


def _cross(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """The beginning of one and the end of the other."""
    return octets[: below(chance, len(octets) + 1)] + other[below(chance, len(other) + 1) :]


def _cut_off(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    return octets[: below(chance, len(octets) + 1)]


def _move(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    begin, end = piece(chance, octets)
    rest = octets[:begin] + octets[end:]
    at = below(chance, len(rest) + 1)
    return rest[:at] + octets[begin:end] + rest[at:]


_DEEDS: tuple[Mutator, ...] = (
    *(flip, flip, flip, _put_odd, _put_odd, _put_any, _count, _count),
    *(_leave_out, _repeat, _splice, _cross, _cut_off, _move),
)


def change_octets(chance: random.Random, octets: bytes, other: bytes) -> bytes:
    """Changed in one of the ways that suit anything."""
    return _DEEDS[below(chance, len(_DEEDS))](chance, octets, other)


def change_words(words: Sequence[bytes]) -> Mutator:
    """A mutator of text that also puts in the words and signs of its format."""

    def change(chance: random.Random, octets: bytes, other: bytes) -> bytes:
        how = chance.random()
        word = words[below(chance, len(words))]
        if how < 0.35:
            at = below(chance, len(octets) + 1)
            return octets[:at] + word + octets[at:]
        if how < 0.5:
            begin, end = piece(chance, octets, 24)
            return octets[:begin] + word + octets[end:]
        if how < 0.65:
            lines = octets.split(b"\n")
            at, from_other = below(chance, len(lines)), other.split(b"\n")
            lines[at : at + below(chance, 3)] = [from_other[below(chance, len(from_other))]]
            return b"\n".join(lines)[:LARGEST]
        return change_octets(chance, octets, other)

    return change


def packed(inside: Mutator) -> Mutator:
    """A mutator of what is compressed, mostly of what is inside."""

    def change(chance: random.Random, octets: bytes, other: bytes) -> bytes:
        if chance.random() < 0.1:
            return change_octets(chance, octets, other)
        changed = inside(chance, _unpacked(octets), _unpacked(other))
        return zlib.compress(changed, 1)

    return change


def archived(inside: Mutator) -> Mutator:
    """A mutator of files in a zip archive, which is written anew around them; or of anything."""

    def change(chance: random.Random, octets: bytes, other: bytes) -> bytes:
        if chance.random() < 0.2 or not octets.startswith(b"PK"):
            return inside(chance, octets, other)
        try:
            return _change_member(chance, octets, inside)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
            return inside(chance, octets, other)

    return change


def _change_member(chance: random.Random, octets: bytes, inside: Mutator) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as read, zipfile.ZipFile(written, "w") as made:
        names = sorted(read.namelist())[:20]
        which = below(chance, len(names) or 1)
        for at, name in enumerate(names):
            with read.open(name) as member:
                content = member.read(LARGEST)
            if at == which:
                content = inside(chance, content, content)
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return written.getvalue()


def _unpacked(octets: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(octets, LARGEST)
    except zlib.error:
        return octets


def vary(
    chance: random.Random, change: Mutator, bases: Sequence[bytes], *, once: bool = False
) -> bytes:
    """One of the bases changed, mostly once or twice, seldom up to eight times."""
    octets = bases[below(chance, len(bases))]
    times = 1
    while not once and times < 8 and chance.random() < 0.45:
        times += 1
    for _ in range(times):
        octets = change(chance, octets, bases[below(chance, len(bases))])
    return octets[:LARGEST]
