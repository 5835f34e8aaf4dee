"""The name field: reading it, and squeezing a long name into it (Doc 9303-3, 4.6; 9303-4, 4.2.3).

Writing follows one deterministic style of the three that Doc 9303 allows: as many components as
possible, each shortened from the last backwards, never below its initial.
"""

import unicodedata
from typing import NamedTuple

from kordon.lib.traveldocs.alphabet import LETTERS
from kordon.lib.traveldocs.errors import MRZError

DROPPED = frozenset(".'`´ʹʺʻʼʽʾʿ‘’‛′()/\"“”«»·ˈ")
HYPHENS = frozenset("-‐‑‒–—")
"""Punctuation of names: what goes and joins, what parts (Doc 9303-3, 4.6)."""


class Name(NamedTuple):
    """Primary and secondary identifier with spaces for fillers, and whether it may be cut off."""

    surname: str
    given_names: str
    truncated: bool


def words(text: str) -> str:
    """Fillers as single spaces."""
    return " ".join(text.replace("<", " ").split())


def split_name(field: str) -> tuple[str, str]:
    """The printed primary and secondary parts; nothing before a leading `<<` is no primary."""
    kept = field.rstrip("<")
    primary, _, secondary = kept.partition("<<")
    return primary, secondary


def read_name(field: str) -> Name:
    """Read a name field. A field whose last position holds a letter may have been cut off there."""
    primary, secondary = split_name(field)
    return Name(words(primary), words(secondary), field[-1:] not in ("<", ""))


def components(name: str) -> list[str]:
    """The components A-Z of a name as people write it.

    Apostrophes and full stops go and join, hyphens and spaces and commas part (Doc 9303-3, 4.6).
    Raises MRZError(NAME_CHARACTER) naming the first character without a form in A-Z.
    """
    out: list[str] = []
    for character in name.upper():
        if character in LETTERS:
            out.append(character)
        elif character.isspace() or character in HYPHENS or character in ",<":
            out.append(" ")
        elif character not in DROPPED:
            raise MRZError("NAME_CHARACTER", _unwritable(character))
    return "".join(out).split()


def _unwritable(character: str) -> str:
    named = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"{character!r} ({named}) cannot stand in a name of A-Z; transliterate it first"


def write_name(surname: str, given_names: str, width: int) -> str:
    """The name field of exactly `width` characters; raises MRZError."""
    primary, secondary = components(surname), components(given_names)
    if not primary and not secondary:
        raise MRZError("NAME_MISSING", "neither surname nor given names")
    if not secondary:
        return squeeze(primary, width).ljust(width, "<")
    plain = "<".join(primary) + "<<" + "<".join(secondary)
    if len(plain) <= width:
        return plain.ljust(width, "<")
    return _shorten(primary, secondary, width)


def check_name_field(field: str, surname: str, given_names: str, width: int) -> str:
    """A state's own way of cutting a long name, filled to `width`; raises MRZError(NAME_FIELD).

    Doc 9303-4, 4.2.3 leaves the way to the state: initials, shorter components, components of one
    length. It demands that nothing is cut which fits, that what stands are beginnings of the
    components in their order, that each identifier keeps one, and that a letter stands last.
    """
    primary, secondary = components(surname), components(given_names)
    whole = "<".join(primary) + ("<<" + "<".join(secondary) if secondary else "")
    if len(whole) <= width:
        if field.rstrip("<") != whole:
            raise MRZError("NAME_FIELD", f"the name fits and may not be cut: {whole}")
        return whole.ljust(width, "<")
    if len(field) != width:
        raise MRZError("NAME_FIELD", f"a cut name fills {width} positions and ends in a letter")
    head, _, tail = field.partition("<<")
    if not (_begins(head, primary) and _begins(tail, secondary)):
        raise MRZError("NAME_FIELD", f"{field} is not made of the beginnings of {whole}")
    return field


def _begins(printed: str, parts: list[str]) -> bool:
    """Whether the printed components are beginnings of `parts`, one by one from the first."""
    kept = printed.split("<") if printed else []
    return (
        len(kept) <= len(parts)
        and bool(kept) is bool(parts)
        and all(cut and part.startswith(cut) for cut, part in zip(kept, parts, strict=False))
    )


def _shorten(primary: list[str], secondary: list[str], width: int) -> str:
    """Both identifiers cut so that `<<` and at least one given letter fit, the last a letter.

    Only where nothing but initials is left can one filler remain at the end.
    """
    head = _initials(primary, width - 3)
    spare = width - 2 - len("<".join(secondary))
    if spare > len(head):  # the given names fit whole: give the rest back to the primary
        head = squeeze(primary, spare)
    field = _joined(head, secondary, width)
    if len(field) < width:
        field = _joined(_one_less(head), secondary, width)
    return field.ljust(width, "<")


def _joined(head: str, secondary: list[str], width: int) -> str:
    return head + "<<" + squeeze(secondary, width - len(head) - 2)


def _initials(parts: list[str], room: int) -> str:
    """The components within `room`: the last ones as initials, as few of them as possible."""
    kept = list(parts)
    for at in range(len(kept) - 1, 0, -1):
        if len("<".join(kept)) <= room:
            break
        kept[at] = kept[at][0]
    joined = "<".join(kept)
    return joined if len(joined) <= room else squeeze(parts, room)


def _one_less(head: str) -> str:
    """One letter off the longest component, so that the field can end in a letter."""
    parts = head.split("<")
    longest = max(range(len(parts)), key=lambda at: (len(parts[at]), at))
    if len(parts[longest]) <= 1:
        return head
    parts[longest] = parts[longest][:-1]
    return "<".join(parts)


def squeeze(parts: list[str], room: int) -> str:
    """Components joined within `room`: early ones keep their letters, late ones get initials."""
    joined = "<".join(parts)
    if len(joined) <= room:
        return joined
    count = min(len(parts), (room + 1) // 2)
    kept: list[str] = []
    for at, part in enumerate(parts[:count]):
        reserved = 2 * (count - at - 1)
        kept.append(part[: room - reserved])
        room -= len(kept[-1]) + 1
    return "<".join(kept)
