"""A part given that is two listed ones written as one word: DILNOZANUR, Dilnoza Nur. Compiled."""

from typing import Any

import numpy as np

from .aligning import given_alone, listed_alone
from .compiled import compiled
from .rarity import band, in_64ths
from .scale import Scale
from .shape import LONGEST_WORD, PARTS, Aligned, Bytes, Compared, Whole, Words
from .similarity import similarity

SHORTEST = 6  # letters of a fold that may hold two
LEAST_JOINED = 0.85  # similarity from which it does


@compiled
def _both(compared: Compared, first: Whole, second: Whole, word: Bytes) -> Any:
    """Write two folds as one; a letter that ends the one and begins the other once. Its length."""
    n, m = np.int64(compared.size[first]), np.int64(compared.size[second])
    a, b = compared.letter[first], compared.letter[second]
    for k in range(n):
        word[k] = a[k]
    skip = 1 if n > 0 and m > 0 and a[n - 1] == b[0] else 0
    m = min(m - skip, LONGEST_WORD - n)
    for k in range(m):
        word[n + k] = b[skip + k]
    return n + m


@compiled
def may_join(given: Bytes, first: Whole, second: Whole, compared: Compared) -> Any:
    """Whether a given fold may be these two, by length and beginning: cheap, and sure if False."""
    n, m = np.int64(compared.size[first]), np.int64(compared.size[second])
    if len(given) < SHORTEST or n < 2 or m < 2 or abs(len(given) - n - m) > 2:
        return False
    letter = compared.letter[first]
    return given[0] == letter[0] and given[1] == letter[1]


@compiled
def join(
    words: Words, entries: Any, compared: Compared, table: Any, aligned: Aligned, scale: Scale
) -> None:
    """Let parts that found no part quite like them agree with two neighbours at once.

    `aligned.joined[i]` says that given part i agrees with the listed part it is paired with and
    the next; see `aligning.align` for the rest.
    """
    aligned.joined[:] = False  # of all parts before any is looked at: the reading before set some
    for i in range(len(words.abjad)):
        if aligned.pair[i] >= 0 and aligned.similar[i, aligned.pair[i]] >= LEAST_JOINED:
            continue
        given = words.fold[words.fold_at[i] : words.fold_at[i + 1]]
        for j in range(len(entries) - 1):
            if _taken(i, j, aligned) or _taken(i, j + 1, aligned):
                continue
            one, two = np.int64(compared.slot[entries[j]]), np.int64(compared.slot[entries[j + 1]])
            if not may_join(given, one, two, compared):
                continue
            size = _both(compared, one, two, aligned.word)
            abjad = words.abjad[i] or compared.abjad[one] or compared.abjad[two]
            alike = similarity(given, aligned.word[:size], abjad, LEAST_JOINED, compared.room)
            if alike > 0.0 and table[i, band(alike)] > aligned.weight[i]:
                _pair_with_both(i, j, words, table[i, band(alike)], aligned, scale)
                break


@compiled
def _taken(i: Whole, j: Whole, aligned: Aligned) -> Any:
    """Whether listed part j agrees with another given part than i."""
    for other in range(PARTS):
        agrees = aligned.weight[other] > 0.0
        if agrees and (aligned.pair[other] == j or (
            aligned.joined[other] and aligned.pair[other] + 1 == j
        )):  # fmt: skip
            return other != i
    return False


@compiled
def _pair_with_both(
    i: Whole, j: Whole, words: Words, weight: float, aligned: Aligned, scale: Scale
) -> None:
    """Pair given part i with the listed parts j and j + 1; whoever stood against them is alone."""
    for other in range(PARTS):
        if other != i and (aligned.pair[other] == j or aligned.pair[other] == j + 1):
            aligned.pair[other] = -1
            aligned.weight[other] = given_alone(words.patronymic[other], scale)
    before = aligned.pair[i]
    if before >= 0:
        aligned.weight[PARTS + before] = listed_alone(aligned.kind[before], scale)
    aligned.pair[i], aligned.joined[i] = j, True
    aligned.weight[i] = in_64ths(weight)
    aligned.weight[PARTS + j] = aligned.weight[PARTS + j + 1] = 0.0
