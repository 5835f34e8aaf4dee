"""Whose habit a name is written by: German, French, Slavic, pinyin. Told from the whole name.

One letter stands for other sounds in other traditions: ch is ч in an English romanisation of
Cyrillic, ш in a French, х in a German one. A single word seldom tells; the name as a whole does.
"""

import re
from collections.abc import Sequence

from . import tables

GERMAN, FRENCH, SLAVIC, CHINESE = "german", "french", "slavic", "chinese"

# Letters only a German ear puts for Slavic sounds; then weaker signs that need company.
_GERMAN = re.compile(r"tsch|dsch|sch(?!.*sh)")
_GERMAN_ENDING = re.compile(r"\b(?!andrew|matthew)\w{4,}[oe]wa?\b")
_GERMAN_SIGN = re.compile(r"ch|[ie]j\b|ija\b|[rklms]ja\b")
_FRENCH_SIGN = re.compile(r"tch|dj|ou|gu[ei]|eddine|[dgklmnprstvz]ine\b|off\b|eff\b")
_SLAVIC_SIGN = re.compile(r"[oe]vi[cć]\b|[ie]j\b|[lrntskmi]ja\b")
_ENGLISH_SIGN = re.compile(r"sh|[bdg]h|ck|ee|oo|th|aw|sch")

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ong|ian|iao|ing|uai|uan|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un"
    "|ue|er|a|o|e|i|u)"
)
_ONE_SYLLABLE = re.compile(_SYLLABLE)
_TWO_SYLLABLES = re.compile(_SYLLABLE * 2)


def tradition_of(name: str) -> str:
    """`german`, `slavic`, `french` or, of most names, nothing. Other scripts have none."""
    text = name.lower()
    if _GERMAN.search(text):
        return GERMAN
    plain = not _ENGLISH_SIGN.search(text)
    if plain and "v" not in text and _GERMAN_ENDING.search(text) and _GERMAN_SIGN.search(text):
        return GERMAN
    if plain and "w" not in text and _SLAVIC_SIGN.search(text):
        return SLAVIC
    return FRENCH if plain and "ch" in text and _FRENCH_SIGN.search(text) else ""


def is_chinese(words: Sequence[str]) -> bool:
    """Whether two or three Latin words are a Chinese name: a family name and bare syllables."""
    lower = [word.lower() for word in words]
    if not {lower[0], lower[-1]} & tables.CHINESE_SURNAMES:
        return False
    if len(lower) == 2:
        return all(_ONE_SYLLABLE.fullmatch(w) or _TWO_SYLLABLES.fullmatch(w) for w in lower)
    return len(lower) == 3 and all(_ONE_SYLLABLE.fullmatch(w) for w in lower)


def is_chinese_surname(word: str) -> bool:
    """Whether a word is one of the family names that nine in ten Chinese bear, in pinyin."""
    return word.lower() in tables.CHINESE_SURNAMES
