"""What two words, or two names, can reach at most: cheap, and never too low. Compiled.

Most words that share a key are not alike, and most persons born on the traveller's day bear
another name. Telling so by the letters alone costs a tenth of an edit distance. Every letter of
either word has to be matched, changed or lost, and costs at least its cheapest way; see
`similarity` for the costs.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .shape import LONGEST_WORD, Bytes, Whole
from .similarity import _CHANGE, LOSSES, article_length, common_prefix, weight_of

Outline = NDArray[np.float32]  # without and with unwritten vowels x letter: its cheapest way

_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyzSCJ", np.uint8)
_STEMS_ALIKE = 0.8  # see `word_similarity`
_A_LITTLE = 1e-4  # for sums of 32-bit floats


def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float32]]:
    """Per letter: its bit, the bits of what it changes into more cheaply than it is lost, how."""
    bit, near = np.zeros(128, np.uint32), np.zeros(128, np.uint32)
    loss = LOSSES[0]
    cheapest = loss.copy()
    bit[_LETTERS] = np.uint32(1) << np.arange(len(_LETTERS), dtype=np.uint32)
    for letter in _LETTERS:
        for other in _LETTERS:
            cost = _CHANGE[letter, other]
            if other != letter and cost < loss[letter]:
                near[letter] |= bit[other]
                cheapest[letter] = min(cheapest[letter], cost)
    return bit, near, cheapest


_BIT, _NEAR, _CHANGED = _tables()


@compiled
def draw(word: Bytes, outline: Outline) -> None:
    """Fill the outline of a word: what each letter of another word costs at least against it."""
    for letter in _LETTERS:
        least = np.float32(1.0)
        for own in word[:LONGEST_WORD]:
            least = min(least, _CHANGE[own, letter])
        outline[0, letter] = min(least, LOSSES[0, letter])
        outline[1, letter] = min(least, LOSSES[1, letter])


@compiled
def letters_of(word: Bytes) -> Any:
    """Bits of the letters that occur in a word."""
    there = np.uint32(0)
    for letter in word:
        there |= _BIT[letter]
    return there


@compiled
def _own_letters_cost(word: Bytes, there: Whole, abjad: Whole, limit: float) -> Any:
    """What the letters of a word cost at least against a word of the letters `there`."""
    cost = np.float32(0.0)
    for letter in word:
        if there & _BIT[letter] == 0:
            loss = LOSSES[abjad, letter]
            cost += min(loss, _CHANGED[letter]) if there & _NEAR[letter] else loss
            if cost > limit:
                break
    return cost


@compiled
def _cost_against(word: Bytes, abjad: Whole, outline: Outline) -> Any:
    """What the letters of a word cost at least against the word of the outline."""
    cost = np.float32(0.0)
    for letter in word:
        cost += outline[abjad, letter]
    return cost


@compiled
def _has_own_rule(a: Bytes, b: Bytes, cut: bool) -> Any:
    """Whether `word_similarity` may lift the pair for a reason that no letter shows."""
    n, m = len(a), len(b)
    if n <= 1 or m <= 1 or n > LONGEST_WORD or m > LONGEST_WORD:
        return True
    if a[0] == b[0]:
        same = common_prefix(a, b)
        if same >= 4 or (cut and same == n):
            return True
    return article_length(a) != article_length(b)


@compiled
def may_reach(
    a: Bytes, stem_a: Whole, cut: bool, b: Bytes, stem_b: Whole, abjad: Whole, there: Whole,
    weight: float, least: float, outline: Outline,
) -> Any:  # fmt: skip
    """Whether `word_similarity` of two words may reach `least`; False is certain.

    `there` are the letters of b, `weight` is that of both words, `outline` is of a.
    """
    limit = (1.0 - least) * 0.5 * weight + _A_LITTLE
    own = _own_letters_cost(a, there, abjad, limit)
    if own <= limit and _cost_against(b, abjad, outline) <= limit:
        return True
    if _has_own_rule(a, b, cut):
        return True
    if min(stem_a, stem_b) < 4 or (stem_a == len(a) and stem_b == len(b)):
        return False
    stem_weight = 0.5 * (weight_of(a[:stem_a]) + weight_of(b[:stem_b]))
    return _cost_against(b[:stem_b], abjad, outline) <= (
        (1.0 - _STEMS_ALIKE) * stem_weight + _A_LITTLE
    )
