"""C40: three characters of A-Z, 0-9 and space in two octets (Doc 9303-13, appendix; ISO/IEC 16022).

Fillers `<` are written as spaces. Shift sets are not used by seals, so they are refused.
"""

from kordon.lib.traveldocs.seal.errors import SealError, wrong

_LETTERS = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {character: place + 3 for place, character in enumerate(_LETTERS)}
_CHARACTERS = {value: character for character, value in _VALUES.items()}
_PAD = 0
_ASCII = 0xFE
"""Introduces one last character written as itself plus one."""


def size_of(characters: int) -> int:
    """How many octets this many characters take."""
    return 2 * -(-characters // 3)


def write_c40(text: str) -> bytes:
    """The octets of a text; raises SealError(VALUE) for what has no form in C40."""
    text = text.replace("<", " ")
    for character in text:
        if character not in _VALUES:
            raise SealError("VALUE", f"{character!r} has no form in C40 (A-Z, 0-9, space)")
    written = bytearray()
    for at in range(0, len(text), 3):
        part = text[at : at + 3]
        if len(part) == 1:
            written += bytes((_ASCII, ord(part) + 1))
            continue
        a, b, c = ([_VALUES[each] for each in part] + [_PAD])[:3]
        written += (1600 * a + 40 * b + c + 1).to_bytes(2, "big")
    return bytes(written)


def read_c40(octets: bytes) -> str:
    """The text of octets; raises SealError(WRONG_FORMAT)."""
    if len(octets) % 2:
        raise wrong("C40 of an odd number of octets")
    found: list[str] = []
    for at in range(0, len(octets), 2):
        last = at + 2 == len(octets)
        found.append(_triple(octets[at], octets[at + 1], last=last))
    return "".join(found)


def _triple(first: int, second: int, *, last: bool) -> str:
    if first == _ASCII:
        character = chr(second - 1) if second else ""
        if not last or character not in _VALUES:
            raise wrong("C40 with a character of another set")
        return character
    number = (first << 8) + second - 1
    values = [number // 1600, number // 40 % 40, number % 40]
    while last and values and values[-1] == _PAD:
        values.pop()
    try:
        return "".join(_CHARACTERS[value] for value in values)
    except KeyError:
        raise wrong("C40 with a character of another set") from None
