"""What a document reader typed, when it pretends to be a keyboard.

Such a reader sends key presses as if the computer had an American keyboard. Under another layout
other characters arrive: Cyrillic letters, `;` for `<`, Y and Z exchanged, `&é"` for digits. Each
layout here says which character was meant. Which layout it was is decided by the check digits,
not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kordon.lib.traveldocs.alphabet import ALLOWED, ALPHABET
from kordon.lib.traveldocs.formats import SIZES

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM"
_SEPARATORS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\t"
_JUNK = " \xa0\u2007\u202f\ufeff\u200b\x00\x02\x03\x04\x05\x06\x10\x15\x16\x17\x1a\x1b"
_BETWEEN = re.compile("[" + _SEPARATORS + "]+")
_BETWEEN_OR_BAR = re.compile("[|" + _SEPARATORS + "]+")
_MAX_BARS = 4  # more bars than this are no line ends: they stand for fillers
EXTRA = 64
"""So many characters before and after the zone (identifiers, labels) are looked past."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One keyboard layout: typed character → meant character of the machine readable zone."""

    name: str
    meant: dict[int, str]
    impossible: frozenset[str] = frozenset()
    """Characters that nobody can type under this layout."""
    bars_are_fillers: bool = False

    def translate(self, text: str) -> str:
        """The text as the reader meant it; characters unknown to this layout stay."""
        return text.translate(self.meant)

    def can_type(self, text: str, *, labelled: bool = False) -> bool:
        """Whether every character has a meaning and none contradicts another.

        One reader sends the filler by one key, so only one character can stand for it. Around a
        labelled zone other characters may stand.
        """
        meant = self.meant
        present = set(text)
        if not self.impossible.isdisjoint(present):
            return False
        fillers = {each.upper() for each in present if each == "<" or meant.get(ord(each)) == "<"}
        if len(fillers) > 1:
            return False
        return labelled or all(each in _READABLE or ord(each) in meant for each in present)


_PLAIN = {ord(low): low.upper() for low in _LOWER}


def _keyboard(name: str, typed: dict[str, str], impossible: str = "") -> Keyboard:
    """Both cases of each typed character; other Latin letters keep their meaning."""
    meant = dict(_PLAIN)
    for one, character in typed.items():
        cases = (one, one.upper(), one.lower())
        meant.update({ord(case): character for case in cases if len(case) == 1})
    cannot = frozenset(impossible + impossible.lower())
    return Keyboard(name, meant, cannot, bars_are_fillers="|" in typed)


def _rows(letters: str) -> dict[str, str]:
    """Letters in the order of the keys Q-P, A-L, Z-M."""
    return dict(zip(letters, _KEYS, strict=True))


_RUSSIAN = {**_rows("йцукенгшщзфывапролдячсмить"), "б": "<"}
_TAJIK = {**_rows("йқукенгшҳзфҷвапролдячсмитӣ"), "б": "<"}
_UZBEK = {**_rows("йцукенгшўзфқвапролдячсмить"), "б": "<"}
_KAZAKH_DIGITS = dict(zip('"әіңғ,.үұқ', "1234567890", strict=True))
_AZERTY_DIGITS = dict(zip("&é\"'(-è_çà", "1234567890", strict=True)) | {"§": "6", "!": "8"}
_AZERTY = {"a": "Q", "q": "A", "z": "W", "w": "Z", ",": "M", "?": "M", ".": "<", ";": "<"}

AS_TYPED = Keyboard("as typed", _PLAIN)
SWAPPED = _keyboard("QWERTZ", {"y": "Z", "z": "Y"})
"""Y and Z exchanged and the filler right: only the check digits can show it."""

KEYBOARDS = (
    _keyboard("Russian", _RUSSIAN, _KEYS),
    _keyboard("Kazakh", _RUSSIAN | _KAZAKH_DIGITS, _KEYS),
    _keyboard("Tajik", _TAJIK, _KEYS),
    _keyboard("Uzbek Cyrillic", _UZBEK, _KEYS),
    _keyboard("Turkmen", {"ä": "Q", "ü": "X", "ç": "C", "ý": "V"}, "QXCV"),
    _keyboard("QWERTZ", {"y": "Z", "z": "Y", ";": "<"}),
    _keyboard("AZERTY", _AZERTY | _AZERTY_DIGITS),
    _keyboard("Turkish", {"ö": "<", "ı": "I"}),
    _keyboard("QWERTY with another filler", dict.fromkeys(";>\\/,.:«‹≤б", "<")),
    _keyboard("QWERTY with bars for fillers", {"|": "<"}),
)
"""Every layout looked for, the likelier first."""


def is_written_in_alphabet(flat: str) -> bool:
    """Whether nothing but A-Z 0-9 < stands there."""
    return flat.isascii() and not flat.encode().translate(None, ALLOWED)


def is_foreign(text: str) -> bool:
    """Whether characters arrived that no line of a machine readable zone and no line end has."""
    known = _KNOWN
    return any(character not in known for character in text)


_KNOWN = frozenset(ALPHABET + _LOWER + _SEPARATORS + _JUNK + "|")


def keyboards_for(text: str, *, labelled: bool) -> Iterator[Keyboard]:
    """The layouts under which the text can have been typed."""
    bars = text.count("|") > _MAX_BARS
    for keyboard in KEYBOARDS:
        if keyboard.bars_are_fillers == bars and keyboard.can_type(text, labelled=labelled):
            yield keyboard


_READABLE = frozenset("0123456789<" + ALPHABET + _SEPARATORS + _JUNK + "|")


def split_lines(text: str) -> list[str]:
    """The non-empty lines, whatever ended them, without surrounding blanks."""
    between = _BETWEEN_OR_BAR if text.count("|") <= _MAX_BARS else _BETWEEN
    rows = (row.strip(_JUNK) for row in between.split(text))
    return [row for row in rows if row]


def whole(rows: list[str]) -> str | None:
    """The lines joined when they are a zone of a known size and nothing else."""
    flat = "".join(rows)
    if len(flat) in SIZES:
        return flat
    flat = "".join(flat.split())
    return flat if len(flat) in SIZES else None


def embedded(rows: list[str]) -> Iterator[str]:
    """Zones hidden among other characters: whole lines first, then every window."""
    for width, count in ((44, 2), (36, 2), (30, 3)):
        for at in range(len(rows) - count + 1):
            group = rows[at : at + count]
            if all(len(row) == width for row in group):
                yield "".join(group)
    flat = "".join("".join(rows).split())
    for size in sorted(SIZES, reverse=True):
        if size < len(flat) <= size + EXTRA:
            for start in range(len(flat) - size + 1):
                yield flat[start : start + size]
