"""A traveller in the form kernels read: one `Asked` per reading of each form of the name."""

from itertools import accumulate
from typing import NamedTuple

import numpy as np

from . import tables
from .evidence import birth_number, nationality_number, sex_number
from .folding import latin_letters, stem_length
from .keys import file_words
from .marks import as_arrays, marks_of
from .shape import Known, Words
from .tokens import Token, read_name, readings
from .values import Person

MOST_READINGS = 8  # over all forms of one traveller's name


class Asked(NamedTuple):
    """One reading, what else is known, and the parts it was made of."""

    words: Words
    known: Known
    tokens: list[Token]


def queries_of(person: Person) -> list[Asked]:
    """The readings of a traveller's names, each once; empty if no name can be heard."""
    found: dict[tuple[tuple[str, bool, bool], ...], list[Token]] = {}
    for name in person.names:
        for tokens in readings(read_name(name)):
            if tokens:
                found.setdefault(tuple((t.fold, t.abjad, t.patronymic) for t in tokens), tokens)
    known = _known(person)
    return [
        Asked(_words(tokens, person.truncated), known, tokens)
        for tokens in list(found.values())[:MOST_READINGS]
    ]


def _known(person: Person) -> Known:
    codes = [nationality_number(code) for code in person.nationalities]
    mark, mark_state = as_arrays(marks_of(person.places, person.documents))
    return Known(
        born=birth_number(person.born),
        nationality=np.array([code for code in codes if code], np.uint16),
        sex=sex_number(person.sex),
        mark=mark,
        mark_state=mark_state,
    )


def _words(tokens: list[Token], cut: bool) -> Words:
    fold = np.frombuffer("".join(t.fold for t in tokens).encode("ascii"), np.uint8)
    fold_at = np.array([0, *accumulate(len(t.fold) for t in tokens)], np.uint32)
    stem = np.array([stem_length(t.fold) for t in tokens], np.uint8)
    key, key_at = file_words(fold, fold_at, stem)
    letters = [latin_letters(t.written) for t in tokens]
    return Words(
        fold=fold,
        fold_at=fold_at,
        abjad=np.array([t.abjad for t in tokens], np.uint8),
        patronymic=np.array([t.patronymic for t in tokens], np.uint8),
        stem=stem,
        key=key,
        key_at=key_at,
        share=np.array([share_of(t.fold) for t in tokens]),
        cut=cut,
        letter=np.frombuffer("".join(letters).encode("ascii"), np.uint8),
        letter_at=np.array([0, *accumulate(map(len, letters))], np.uint32),
    )


def share_of(fold: str) -> float:
    """Share of travellers who carry a name part; the shorter it is, the more do."""
    known = tables.COMMON_SHARES.get(fold)
    if known is not None:
        return known
    return tables.SHORT_SHARES.get(len(fold), tables.DEFAULT_SHARE)
