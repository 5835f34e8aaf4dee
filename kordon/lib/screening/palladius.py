"""Chinese names in Cyrillic letters by Palladius's syllables: Цзян Сяонань is Jiang Xiaonan."""

import functools
import re

_INITIALS = {
    "": "", "б": "b", "п": "p", "м": "m", "ф": "f", "д": "d", "т": "t", "н": "n", "л": "l",
    "г": "g", "к": "k", "х": "h", "ж": "r", "чж": "zh", "ч": "ch", "ш": "sh", "цз": "z",
    "ц": "c", "с": "s",
}  # fmt: skip
_SOFTENED = {"z": "j", "c": "q", "s": "x"}  # before the finals that begin with и, е, я, ю
_FINALS = {
    "а": "a", "ай": "ai", "ань": "an", "ан": "ang", "ао": "ao",
    "э": "e", "эй": "ei", "энь": "en", "эн": "eng", "о": "o", "оу": "ou",
    "у": "u", "уа": "ua", "уай": "uai", "уань": "uan", "уан": "uang", "уй": "ui", "уэй": "ui",
    "унь": "un", "ун": "ong", "ы": "i",
    "и": "i", "инь": "in", "ин": "ing", "е": "ie", "я": "ia", "яо": "iao", "янь": "ian",
    "ян": "iang", "ю": "iu", "юн": "iong", "юй": "u", "юэ": "ue", "юань": "uan", "юнь": "un",
}  # fmt: skip
_ALONE = {
    "эр": "er", "и": "yi", "инь": "yin", "ин": "ying", "е": "ye", "я": "ya", "яо": "yao",
    "янь": "yan", "ян": "yang", "ю": "you", "юн": "yong", "юй": "yu", "юэ": "yue",
    "юань": "yuan", "юнь": "yun", "у": "wu", "ва": "wa", "во": "wo", "вай": "wai",
    "вэй": "wei", "вань": "wan", "ван": "wang", "вэнь": "wen", "вэн": "weng",
}  # fmt: skip
_LABIALS = "bpmf"


def _syllables() -> dict[str, str]:
    found: dict[str, str] = {}
    for first, initial in _INITIALS.items():
        for last, final in _FINALS.items():
            before = _SOFTENED.get(initial, initial) if last[0] in "иеяю" else initial
            after = "uo" if last == "о" and initial and initial not in _LABIALS else final
            found[first + last] = before + after
    return found | _ALONE


_PINYIN = _syllables()
# Of Инань, the н begins the second syllable: Инъань is written where it does not.
_SYLLABLE = re.compile(
    "(" + "|".join(sorted(_PINYIN, key=len, reverse=True)) + ")(?<!н(?=[аоуэиыеюя]))ъ?"
)
_WORD = re.compile(f"(?:{_SYLLABLE.pattern}){{1,3}}")


@functools.lru_cache(maxsize=50_000)
def pinyin_of(word: str) -> str:
    """The word in pinyin without tones; empty if it is not of one to three Chinese syllables."""
    if word.isascii():
        return ""
    text = word.lower()
    return "" if not _WORD.fullmatch(text) else _SYLLABLE.sub(lambda s: _PINYIN[s[1]], text)
