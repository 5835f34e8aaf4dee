"""Take a written name apart into the parts that are compared.

Combining marks belong to the letter before them (Devanagari, Thai and vocalised Arabic words
stay whole), apostrophes belong to the word, hyphens and punctuation separate.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from anyascii import anyascii

from . import tables
from .folding import Fold, fold_word, is_han, is_hangul, is_patronymic, script_of
from .palladius import pinyin_of
from .shape import PARTS
from .traditions import CHINESE, is_chinese, is_chinese_surname, tradition_of

MOST_PARTS = PARTS  # a name of more parts is compared by its first eight
MOST_READINGS = 3

_TATWEEL = "ـ"
_ARABIC_ARTICLE, _ARABIC_GOD = "ال", "الله"
_INSIDE_WORDS = frozenset(tables.APOSTROPHES + "\u200c\u200d")
_BEHIND_DIN = "din"
_HEARD = [str.maketrans(letters) for letters in tables.ARABIC_HEARD]
_WITHIN_DIN = re.compile("^(.{3,})[aeiu]l?din$")  # Sadriddin, Nuruddin, Salahaldin


class Token(NamedTuple):
    """One compared part of a name: as written, as folded, and what is known of it."""

    written: str
    fold: str
    abjad: bool
    patronymic: bool = False
    short: bool = False
    """Sasha: the fold is that of the name it stands for."""


class _Separators(dict[int, str]):
    """What `str.translate` puts for each character: a space for all that is not inside words."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        inside = (
            letter.isalnum() or letter in _INSIDE_WORDS or unicodedata.category(letter)[0] == "M"
        )
        self[code] = letter if inside else " "
        return self[code]


_SEPARATORS = _Separators({ord(_TATWEEL): ""})


def split_words(name: str) -> list[str]:
    """The words of a name, in order, marks and apostrophes kept."""
    return name.translate(_SEPARATORS).split()


def read_name(name: str) -> list[Token]:
    """The compared parts of a name, at most `MOST_PARTS`; particles fall away unless alone."""
    words = split_words(name)
    if sum(map(_is_syllabic, words)) > 1:  # family and given name stand apart already
        return [token for word in words for token in _whole(word)][:MOST_PARTS]
    if syllables := _chinese_syllables(words):
        return _chinese(words, syllables)
    tradition = tradition_of(name)
    folded = [token for word in words for token in _tokens(word, tradition)]
    kept = _join_and_drop(folded)
    return (kept or folded)[:MOST_PARTS]


def _chinese_syllables(words: list[str]) -> list[str]:
    """The words of a Chinese name in pinyin, be it in Latin or Cyrillic letters; of no other."""
    if len(words) not in (2, 3):
        return []
    syllables = [pinyin_of(word) for word in words] if all(map(pinyin_of, words)) else words
    return syllables if is_chinese(syllables) else []


def _chinese(words: list[str], syllables: list[str]) -> list[Token]:
    """Family name first, the syllables of the given name as one word; no syllable is a particle."""
    tokens = [
        Token(word, *fold_word(syllable, CHINESE))
        for word, syllable in zip(words, syllables, strict=True)
    ]
    if len(tokens) == 2:
        return tokens
    if is_chinese_surname(syllables[0]):
        return [tokens[0], joined(tokens[1], tokens[2])]
    return [tokens[2], joined(tokens[0], tokens[1])]


def readings(tokens: list[Token]) -> list[list[Token]]:
    """The parts as they are and, for short neighbours, joined: `Abu Bakr`, `Xiao Ming`, `Sher Ali`.

    A short form is read as the name it stands for, too, and Arabic letters as other peoples hear
    them. At most `MOST_READINGS`; the first is
    always the name as read.
    """
    found = [tokens]
    if any(token.fold in _SHORT_FORMS for token in tokens):
        found.append([_in_full(token) for token in tokens])
    if other := _other_order(tokens):
        found.append(other)
    if other := _not_chinese(tokens):
        found.append(other)
    if other := _god_apart(tokens):
        found.append(other)
    if any(token.abjad for token in tokens):
        found.extend(_heard_elsewhere(tokens))
    if 3 <= len(tokens) <= 5:
        for i in range(1, len(tokens) - 1):
            if len(tokens[i].fold) <= 4 or len(tokens[i + 1].fold) <= 3:
                found.append(tokens[:i] + [joined(tokens[i], tokens[i + 1])] + tokens[i + 2 :])
    if 3 <= len(tokens) <= 4 and len(tokens[0].fold) <= 4:
        found.append([joined(tokens[0], tokens[1]), *tokens[2:]])
    return found[:MOST_READINGS]


def _other_order(tokens: list[Token]) -> list[Token] | None:
    """A Chinese name of three syllables whose last may be the family name, too."""
    if len(tokens) != 2:
        return None
    syllables = tokens[1].written.split()
    if len(syllables) != 2 or not is_chinese_surname(syllables[1]):
        return None
    words = [tokens[0].written, *syllables]
    if not is_chinese(words):
        return None
    first, second, family = (Token(word, *fold_word(word, CHINESE)) for word in words)
    return [family, joined(first, second)]


def _not_chinese(tokens: list[Token]) -> list[Token] | None:
    """A Cyrillic name that might be Chinese as any other, too: Ли Анна."""
    words = [word for token in tokens for word in token.written.split()]
    if not all(map(pinyin_of, words)) or not _chinese_syllables(words):
        return None
    return [Token(word, *fold_word(word)) for word in words]


def _god_apart(tokens: list[Token]) -> list[Token] | None:
    """Allah as a part of its own where it was joined to what precedes: Khan, Allah Ditta."""
    found: list[Token] = []
    for token in tokens:
        before, _, last = token.written.rpartition(" ")
        if last.lower() in tables.GOD_BEGINS and token.fold.endswith(tables.OF_GOD) and before:
            servant = fold_word(before).text in tables.SERVANT_OF
            parts = (token,) if servant else (*read_name(before), Token(last, *fold_word(last)))
            found.extend(parts)
        else:
            found.append(token)
    return found[:MOST_PARTS] if len(found) > len(tokens) else None


def _heard_elsewhere(tokens: list[Token]) -> Iterable[list[Token]]:
    """The parts with Arabic letters heard by Arabs, then by Persians, where that differs."""
    for letters in _HEARD:
        words = [token.written.translate(letters) for token in tokens]
        others = read_name(" ".join(words))
        if words != [token.written for token in tokens] and len(others) == len(tokens):
            pairs = zip(tokens, others, strict=True)
            yield [token._replace(fold=other.fold) for token, other in pairs]


def _in_full(token: Token) -> Token:
    full = _SHORT_FORMS.get(token.fold)
    return token._replace(fold=full, short=True) if full else token


def fold_name(text: str) -> list[str]:
    """Folded parts of a name, for explanation and tests."""
    return [token.fold for token in read_name(text)]


@functools.lru_cache(maxsize=200_000)
def _tokens(word: str, tradition: str) -> tuple[Token, ...]:
    """A word as folded; none if it cannot be heard, two for a whole name in Chinese characters."""
    tradition = CHINESE if is_han(word) else tradition
    found = (
        Token(written, *_fold_without_article(sound, tradition)) for written, sound in _sounds(word)
    )
    return tuple(token for token in found if token.fold)


def _sounds(word: str) -> Iterable[tuple[str, str]]:
    """Chinese and Korean syllables and their sound: family name, then given name as one word."""
    if not _is_syllabic(word):
        return ((word, word),)
    return ((word[:1], _sound(word[:1])), (word[1:], _sound(word[1:])))


def _whole(word: str) -> tuple[Token, ...]:
    """A word as one part, even in Chinese characters."""
    sound = _sound(word) if _is_syllabic(word) else word
    token = Token(word, *fold_word(sound, CHINESE if is_han(word) else ""))
    return (token,) if token.fold else ()


def _is_syllabic(word: str) -> bool:
    return is_han(word) or is_hangul(word)


def _sound(characters: str) -> str:
    return "".join(anyascii(c).strip() for c in characters)


def _fold_without_article(word: str, tradition: str) -> Fold:
    return fold_word(_without_article(word), tradition)


def _without_article(word: str) -> str:
    if word.startswith(_ARABIC_ARTICLE) and len(word) > 4 and not word.startswith(_ARABIC_GOD):
        return word[len(_ARABIC_ARTICLE) :]
    return word


_SHORT_FORMS = {
    fold_word(short).text: fold_word(full).text for short, full in tables.SHORT_FORMS.items()
}


def joined(first: Token, second: Token) -> Token:
    """Two parts as one."""
    return Token(
        f"{first.written} {second.written}",
        first.fold + (second.fold[1:] if first.fold[-1:] == second.fold[:1] else second.fold),
        first.abjad or second.abjad,
        second.patronymic,
    )


def _join_and_drop(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        token, after = tokens[i], tokens[i + 1 :]
        if token.fold in tables.SERVANT_OF and after:
            skip = 1 if after[0].fold in tables.ARTICLES and len(after) > 1 else 0
            kept.append(_servant(token, after[skip]))
            i += skip + 2
            continue
        if kept and token.written.lower() in tables.GOD_BEHIND:
            kept[-1] = joined(kept[-1], token)._replace(fold=kept[-1].fold + tables.OF_GOD)
            i += 1
            continue
        if kept and (length := _din_length(token, after)):
            kept[-1] = _with_din(kept[-1], tokens[i : i + length])
            i += length
            continue
        if token.fold in tables.KIN_AFTER and kept:
            kept[-1] = kept[-1]._replace(patronymic=True)
        elif not _says_nothing(token):
            fold, patronymic = _regular(token.fold)
            kept.append(Token(token.written, fold, token.abjad, patronymic))
        i += 1
    return kept


def _says_nothing(token: Token) -> bool:
    if not token.written.isascii() and script_of(token.written) == "arabic":
        return _without_article(token.written) in tables.ARABIC_PARTICLES
    return token.fold in tables.PARTICLES


def _servant(servant: Token, of: Token) -> Token:
    """Abd al-Rahman, Abdel Rahman, Abdur-Rahman: all `abdulrahman`."""
    rest = "a" if of.fold in tables.GOD else of.fold
    return joined(servant, of)._replace(fold="abdul" + rest, patronymic=is_patronymic(of.fold))


def _din_length(token: Token, after: list[Token]) -> int:
    if token.fold in tables.DIN:
        return 1
    if token.fold in tables.ARTICLES and after and after[0].fold in tables.DIN:
        return 2
    return 0


def _with_din(before: Token, parts: list[Token]) -> Token:
    written = " ".join([before.written, *(part.written for part in parts)])
    return before._replace(written=written, fold=before.fold + _BEHIND_DIN)


@functools.lru_cache(maxsize=200_000)
def _regular(fold: str) -> tuple[str, bool]:
    """Abdelrahman as `abdulrahman`, Nuriddin as `nurdin`; whether it is a father's name."""
    if len(fold) > 6 and fold.startswith("abd") and fold[3] in "aeio" and fold[4] == "l":
        fold = "abdul" + fold[5:]
    fold = _WITHIN_DIN.sub(r"\1" + _BEHIND_DIN, fold)
    return fold, is_patronymic(fold)
