"""Places and documents as numbers that are compared whole: the same, or not.

A mark is 32 bits: what it is of, and a checksum of the text; with a document goes the state that
issued it, 0 where unknown. Marks of two texts are the same by chance once in 10⁹.
"""

from collections.abc import Iterable, Iterator
from zlib import crc32

import numpy as np

from .evidence import DOCUMENT, KIND_AT, LOOK_ALIKE, PLACE, nationality_number
from .shape import Numbers, Shorts
from .spelling import confusable_number, plain_number
from .tokens import fold_name

MOST_MARKS = 30  # of one person; what is more is left aside


def marks_of(places: Iterable[str], documents: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Marks and states, each once: a place by its sound, a document by its number."""
    found = dict.fromkeys([*_of_places(places), *_of_documents(documents)])
    return list(found)[:MOST_MARKS]


def as_arrays(marks: list[tuple[int, int]]) -> tuple[Numbers, Shorts]:
    """For kernels."""
    return (
        np.array([mark for mark, _ in marks], np.uint32),
        np.array([state for _, state in marks], np.uint16),
    )


def place_mark(place: str) -> int:
    """0 if nothing of it can be heard."""
    folds = sorted(fold_name(place))
    return _mark(PLACE, " ".join(folds)) if folds else 0


def _of_places(places: Iterable[str]) -> Iterator[tuple[int, int]]:
    return ((mark, 0) for place in places if (mark := place_mark(place)))


def _of_documents(documents: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    for state, number in documents:
        plain = plain_number(number)
        if len(plain) >= 4:
            issuer = nationality_number(state)
            yield _mark(DOCUMENT, plain), issuer
            yield _mark(LOOK_ALIKE, confusable_number(number)), issuer


def _mark(kind: int, text: str) -> int:
    return kind << KIND_AT | crc32(text.encode("utf-8", "surrogatepass")) >> 2
