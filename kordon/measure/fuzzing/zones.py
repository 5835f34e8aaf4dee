"""Changing machine readable zones: characters, fields, lines, and half the time right digits."""

import random

from kordon.lib.traveldocs.alphabet import ALPHABET, sum_of
from kordon.lib.traveldocs.formats import LAYOUTS, Layout, layout_of
from kordon.measure.fuzzing.mutating import below, change_octets

_ALPHABET = ALPHABET.encode()
_LETTERS = len(_ALPHABET)
_ALIKE = {
    one: group
    for group in (b"O0QDU", b"I1LT7", b"Z2", b"S5", b"B8", b"G6", b"A4", b"CKE<", b"VY", b"MN")
    for one in group
}
STRANGE = ("Б", "٣", "０", "\u2028", "é", "ŉ", "\ud83d", "\x00", "😀", "ß", "«", "|", "\t", " ")
_STRANGE = tuple(each.encode("utf-8", "surrogatepass") for each in STRANGE)
DATES = (b"000000", b"<<<<<<", b"991231", b"000229", b"230229", b"74<<<<", b"740800", b"999999")


def _exchange(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    at = below(chance, len(zone))
    return zone[:at] + _ALPHABET[(p := below(chance, _LETTERS)) : p + 1] + zone[at + 1 :]


def _misread(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    at = below(chance, len(zone))
    alike = _ALIKE.get(zone[at], b"<")
    return zone[:at] + alike[(p := below(chance, len(alike))) : p + 1] + zone[at + 1 :]


def _fill(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    at, size = below(chance, len(zone)), 1 + below(chance, 12)
    return zone[:at] + b"<" * min(size, len(zone) - at) + zone[at + size :]


def _take_field(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    """The same places of another zone."""
    at, size = below(chance, len(zone)), 1 + below(chance, 40)
    return zone[:at] + other[at : at + size] + zone[at + size :]


def _put_date(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    at = below(chance, max(1, len(zone) - 6))
    return zone[:at] + DATES[below(chance, len(DATES))] + zone[at + 6 :]


def _put_strange(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    at = below(chance, len(zone))
    return zone[:at] + _STRANGE[below(chance, len(_STRANGE))] + zone[at + 1 :]


def _break_lines(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    if chance.random() < 0.5:
        return zone.replace(b"\n", (b"", b"\r\n", b"\r", b"\n\n", b"|")[below(chance, 5)])
    at = below(chance, len(zone))
    return zone[:at] + b"\n" + zone[at:]


_DEEDS = (
    *(_exchange, _exchange, _exchange, _misread, _misread, _misread, _fill, _take_field),
    *(_take_field, _put_date, _put_strange, _break_lines, change_octets),
)


def change_zone(chance: random.Random, zone: bytes, other: bytes) -> bytes:
    """One zone changed; every second time the check digits are made to hold again."""
    if not zone:
        return other
    changed = _DEEDS[below(chance, len(_DEEDS))](chance, zone, other)
    if chance.random() < 0.5:
        flat = changed.replace(b"\n", b"")
        layout = layout_of(flat.decode("latin-1")) if flat else None
        if layout is not None:
            return _proven(layout, flat)
    return changed


_DIGITS = {
    layout.format: tuple(
        (span, at)
        for span, at in (
            (layout.number, layout.number_check),
            (layout.birth, layout.birth_check),
            (layout.expiry, layout.expiry_check if layout.expiry else None),
            (layout.optional, layout.personal_check),
        )
        if span is not None and at is not None
    )
    for layout in LAYOUTS.values()
}


def _proven(layout: Layout, flat: bytes) -> bytes:
    """The zone with its check digits computed; characters beyond the alphabet count as nothing."""
    zone = bytearray(flat)
    for span, at in _DIGITS[layout.format]:
        zone[at] = 48 + sum_of(bytes(zone[span]))
    if layout.composite_check is not None:
        covered = b"".join(bytes(zone[span]) for span in layout.composite)
        zone[layout.composite_check] = 48 + sum_of(covered)
    return b"\n".join(
        bytes(zone[at : at + layout.width]) for at in range(0, len(zone), layout.width)
    )
