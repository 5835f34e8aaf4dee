"""Fold a word of any script to one coarse phonetic alphabet (see `tables`).

The fold is built for comparing, not for reading: ЩЕРБАКОВ, Schtscherbakow and CHTCHERBAKOV
meet in `Serbakov`. Words in Arabic writing lack short vowels, so their fold is marked.
"""

import functools
import re
import unicodedata
from typing import NamedTuple

from anyascii import anyascii

from . import tables
from .shape import LONGEST_WORD
from .traditions import CHINESE, FRENCH, GERMAN, SLAVIC


class Fold(NamedTuple):
    """A folded word; `abjad` says that its short vowels were never written."""

    text: str
    abjad: bool


_LETTERS = {
    "": tables.MULTIGRAPHS,
    GERMAN: tables.MULTIGRAPHS | tables.GERMAN,
    FRENCH: tables.MULTIGRAPHS | tables.FRENCH,
    SLAVIC: tables.MULTIGRAPHS | tables.SLAVIC,
    CHINESE: tables.MULTIGRAPHS | tables.CHINESE,
}
_MULTIGRAPH = {
    tradition: re.compile("|".join(sorted(letters, key=len, reverse=True)))
    for tradition, letters in _LETTERS.items()
}
_HARD_G = re.compile("gu(?=[eiy])")  # French and Spanish: Serguei, Miguel
_FRENCH_ENDING = re.compile("(?<=[dgklmnprstvzS])ine$")  # Lénine, Nureddine
_SOFT_C = re.compile("c(?=[eiy])")
_HAN, _HANGUL = re.compile("[\u4e00-\u9fff]"), re.compile("[\uac00-\ud7a3]")
_RUN = re.compile(r"(.)\1+")
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzSCJ")
_NO_APOSTROPHE = str.maketrans("", "", tables.APOSTROPHES)
_DIGIT = str.maketrans(tables.DIGITS)
_TO_CYRILLIC = str.maketrans(tables.SAME_SHAPE)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in tables.SAME_SHAPE.items()})
_FORMANTS = tuple(sorted(tables.FORMANTS, key=len, reverse=True))


@functools.lru_cache(maxsize=200_000)
def fold_word(word: str, tradition: str = "") -> Fold:
    """Fold one word; an empty text means that nothing of it can be heard.

    `tradition`: by whose habit it is written, see `traditions`.
    """
    fold = _fold(word, tradition)
    if len(fold.text) == 1 and sum(map(str.isalpha, word)) > 1:
        return Fold(fold.text * 2, fold.abjad)  # Yi, Wu: a short name is not an initial
    return fold


def _fold(word: str, tradition: str) -> Fold:
    text = unicodedata.normalize("NFKC", word).lower().translate(_NO_APOSTROPHE)
    text = _in_one_alphabet(text)
    script = script_of(text)
    if script == "arabic":
        return Fold(_finish(_from_arabic(text)), True)
    if script == "cyrillic":
        return Fold(_finish(_from_cyrillic(text)), False)
    if script == "hebrew":
        return Fold(_finish(_from_hebrew(text)), True)
    if script in ("indic", "other"):
        text = anyascii(text).lower().translate(_NO_APOSTROPHE)
    return Fold(_finish(_from_latin(text, tradition)), script == "indic")


def _in_one_alphabet(text: str) -> str:
    """Look-alikes of the other alphabet put right: Cейхун with a Latin C is Сейхун."""
    if text.isascii():
        return text
    latin = sum("a" <= c <= "z" for c in text)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in text)
    if not latin or not cyrillic:
        return text
    return text.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


def script_of(text: str) -> str:
    """`latin`, `cyrillic`, `arabic`, `hebrew`, `indic` or `other`: told by the first letter."""
    first = next((c for c in text if c.isalpha()), "a")
    code = ord(first)
    if code < 0x2B0 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFEFF:
        return "arabic"
    if 0x590 <= code < 0x600:
        return "hebrew"
    return "indic" if 0x900 <= code < 0xE00 else "other"


@functools.lru_cache(maxsize=200_000)
def latin_letters(written: str) -> str:
    """The letters a-z of a part written in Latin, marks left aside; empty for other scripts."""
    if script_of(written) != "latin":
        return ""
    plain = written if written.isascii() else anyascii(written)
    return "".join(c for c in plain.lower() if "a" <= c <= "z")[:LONGEST_WORD]


def is_han(text: str) -> bool:
    """Whether the word holds a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def is_hangul(text: str) -> bool:
    """Whether the word holds a Korean syllable."""
    return not text.isascii() and _HANGUL.search(text) is not None


@functools.lru_cache(maxsize=200_000)
def stem_length(fold: str) -> int:
    """Letters of a fold before its surname or patronymic ending; its length if it has none."""
    if not fold.endswith(_FORMANTS):
        return len(fold)
    for ending in _FORMANTS:
        if fold.endswith(ending) and len(fold) - len(ending) >= 3:
            return len(fold) - len(ending)
    return len(fold)


def is_patronymic(fold: str) -> bool:
    """Whether the ending alone shows a father's name."""
    return len(fold) > 6 and fold.endswith(tables.PATRONYMIC_ENDINGS)


def _from_cyrillic(text: str) -> str:
    if text.startswith("ё"):  # Ёдгор is heard yo; inside a word passports write e
        text = "йо" + text[1:]
    for pair, letter in tables.CYRILLIC_PAIRS:
        text = text.replace(pair, letter)
    text = text.replace("ей", "и").replace("ее", "е")
    return "".join(_cyrillic_letter(c) for c in text)


def _cyrillic_letter(letter: str) -> str:
    known = tables.CYRILLIC.get(letter)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", letter)[0]
    return tables.CYRILLIC.get(base, "")


def _from_arabic(text: str) -> str:
    """Waw and ya are consonants at the start of a word, long vowels inside it."""
    text = "الا" if text == "الله" else text.replace("الله", "لا")
    letters = "".join(tables.ARABIC.get(c, "") for c in text)
    head, tail = letters[:1].replace("w", "v"), letters[1:]
    return head + tail.replace("w", "u").replace("y", "i")


def _from_hebrew(text: str) -> str:
    """As `_from_arabic`; he at the end of a word is a vowel, alef and ayin inside it are none."""
    letters = [tables.HEBREW.get(c, "") for c in text]
    head, inner = "".join(letters[:1]), [letter for letter in letters[1:] if letter != "a"]
    if inner and inner[-1] == "h":
        inner[-1] = "a"
    return head.replace("w", "v") + "".join(inner).replace("w", "u").replace("y", "i")


def _from_latin(text: str, tradition: str) -> str:
    if not text.isascii():
        text = "".join(tables.LATIN_LETTERS.get(c, c) for c in text)
        text = "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        )
    text = text.translate(_DIGIT)
    if text.endswith(("ej", "ij")):  # German and Slavic Sergej, Jurij
        text = text[:-1] + "y"
    letters = _LETTERS[tradition]
    if tradition != CHINESE:
        text = _HARD_G.sub("g", text)
    text = _MULTIGRAPH[tradition].sub(lambda found: letters[found.group()], text)
    text = _FRENCH_ENDING.sub("in", text)
    return _SOFT_C.sub("s", text).replace("c", "k")


def _finish(text: str) -> str:
    text = _RUN.sub(r"\1", text)
    for written, heard in tables.GLIDES:
        text = text.replace(written, heard)
    text = _RUN.sub(r"\1", "".join(c for c in text if c in _ALPHABET))
    if len(text) > 3 and text.endswith("h"):  # Abdullah, Abdulla
        text = text[:-1]
    if text.endswith(("of", "ef")):  # Romanoff
        text = text[:-1] + "v"
    return text
