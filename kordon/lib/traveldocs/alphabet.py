"""The characters of a machine readable zone and their check digit (Doc 9303-3, 4.3 and 4.9)."""

from kordon.lib.traveldocs.errors import MRZError

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
FILLER = "<"
DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

ALLOWED = ALPHABET.encode()
NAME_CHARACTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

WEIGHTS = (7, 3, 1)


def value_of(character: str) -> int:
    """Value of one character for the check digit: digits 0-9, A=10 … Z=35, filler 0."""
    return 0 if character == FILLER else int(character, 36)


def _table(weight: int) -> bytes:
    """Byte → (value x weight) mod 10; bytes outside the alphabet count nothing."""
    table = bytearray(256)
    for character in ALPHABET:
        table[ord(character)] = value_of(character) * weight % 10
    return bytes(table)


_T7, _T3, _T1 = (_table(weight) for weight in WEIGHTS)

VALUES = bytes(value_of(chr(byte)) if chr(byte) in ALPHABET else 0 for byte in range(256))
"""Byte → its value, 0-35; bytes outside the alphabet 0."""


def sum_of(raw: bytes) -> int:
    """Check digit of bytes already known to lie in the alphabet: the fast inner step."""
    return (
        sum(raw[::3].translate(_T7)) + sum(raw[1::3].translate(_T3)) + sum(raw[2::3].translate(_T1))
    ) % 10


def is_clean(raw: bytes, allowed: bytes = ALLOWED) -> bool:
    """Whether every byte is one of `allowed`."""
    return not raw.translate(None, allowed)


def check_digit(text: str) -> int:
    """Check digit 0-9 over `text` with weights 7, 3, 1 (Doc 9303-3, 4.9).

    It cannot see an exchange of characters whose values are equal modulo 10, such as 6/G, 1/L,
    0/U or K/<: a check digit that holds is no proof of those characters.
    Raises MRZError(BAD_CHARACTER) when a character is not of the alphabet A-Z 0-9 <.
    """
    raw = text.encode("ascii", "replace")
    if not is_clean(raw):
        wrong = next(character for character in text if character not in ALPHABET)
        raise MRZError("BAD_CHARACTER", f"{wrong!r} is not a character of a machine readable zone")
    return sum_of(raw)
