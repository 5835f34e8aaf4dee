"""How alike two folded words sound: an edit distance whose steps cost what they mean.

Words are uint8 arrays of ASCII codes (see `tables` for the alphabet); 1.0 is the same fold,
0.0 has nothing in common. Vowels are cheap to change or lose, sounds that romanisations
confuse are cheaper than others, a changed first letter is dearer, neighbours may be swapped.
When either word comes from a script without vowels, losing one costs next to nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled, entrance
from .shape import LONGEST_WORD, Bytes, Whole

Room = NDArray[np.float32]

LEAST = 0.38  # similarities below this are all alike: none
_VOWEL_CHANGE, _VOWEL_LOSS, _VOWEL_WEIGHT = 0.28, 0.42, 0.6
# Uzbek and Tajik o is Russian a; unstressed e and i, o and u are heard either way.
_KIN_VOWELS, _KIN_VOWEL_CHANGE = "ao ei ou", 0.2
_UNWRITTEN_VOWEL = 0.08
_H_LOSS, _H_WEIGHT = 0.4, 0.8
_LOSS = 0.9
_SWAP = 0.7
_FIRST_LETTER = 1.25
_MORE_TO_FALL = 0.25  # a swap, 0.7, may save what a row already lost, 0.9
_SHORTEST_WITH_ARTICLE = 7
_ARTICLE_ASIDE = 0.94  # of the similarity without it: Almatov need not be Matov
# Two letters that one sound is written with, and two that are often taken for each other.
_CONFUSED = "bp vf dt gk gh kh sz SC Ss Cs Cz Jz JS JC Jg Ji Sz hk uv"
_NEAR = "bv fp do ko mn fe kC gC hn rk Cg ug ov hS td vh"


def _cost_tables() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    change = np.ones((128, 128), np.float32)
    loss = np.full(128, _LOSS, np.float32)
    weight = np.ones(128, np.float32)
    vowels = [ord(c) for c in "aeiou"]
    loss[vowels], weight[vowels] = _VOWEL_LOSS, _VOWEL_WEIGHT
    change[np.ix_(vowels, vowels)] = _VOWEL_CHANGE
    for pair in _KIN_VOWELS.split():
        a, b = (ord(letter) for letter in pair)
        change[a, b] = change[b, a] = _KIN_VOWEL_CHANGE
    loss[ord("h")], weight[ord("h")] = _H_LOSS, _H_WEIGHT
    for pairs, cost in ((_NEAR, 0.6), (_CONFUSED, 0.32)):
        for pair in pairs.split():
            a, b = (ord(letter) for letter in pair)
            change[a, b] = change[b, a] = cost
    np.fill_diagonal(change, 0.0)
    unwritten = loss.copy()
    unwritten[vowels] = _UNWRITTEN_VOWEL
    return change, np.stack([loss, unwritten]), weight


_CHANGE, LOSSES, _WEIGHT = _cost_tables()  # losses: with all vowels written, and without


@compiled
def edit_cost(a: Bytes, b: Bytes, abjad: bool, limit: float, room: Room) -> Any:
    """Cheapest way from one word to the other; any number above `limit` once it is certain
    to be dearer. Damerau's restricted form, weighted; three rows of the table at a time.
    """
    n, m = min(len(a), LONGEST_WORD), min(len(b), LONGEST_WORD)
    loss = LOSSES[1 if abjad else 0]
    room[0, 0] = 0.0
    for j in range(m):
        room[3, j] = loss[b[j]]
        room[0, j + 1] = room[0, j] + room[3, j]
    above, row, two_above = 0, 1, 2
    letter_before = np.uint8(0)
    for i in range(n):
        letter = a[i]
        lose_a = loss[letter]
        diagonal = room[above, 0]
        left = diagonal + lose_a
        room[row, 0] = left
        least = left
        before = np.uint8(0)
        for j in range(m):
            other = b[j]
            step = _CHANGE[letter, other]
            if i == 0 and j == 0:
                step *= np.float32(_FIRST_LETTER)
            over = room[above, j + 1]
            best = min(min(diagonal + step, over + lose_a), left + room[3, j])
            if letter == before and letter_before == other:
                best = min(best, room[two_above, j - 1] + np.float32(_SWAP))
            room[row, j + 1] = best
            least = min(least, best)
            left, diagonal, before = best, over, other
        if least > limit:  # a swap may still reach back, but costs no less than these rows hold
            return least
        letter_before = letter
        above, row, two_above = row, two_above, above
    return room[above, m]


@compiled
def weight_of(word: Bytes) -> Any:
    """Sum of the weights of the letters."""
    weight = 0.0
    for letter in word[:LONGEST_WORD]:
        weight += _WEIGHT[letter]
    return weight


@compiled
def _share(
    a: Bytes, b: Bytes, abjad: bool, size: float, limits: tuple[float, float], room: Room
) -> Any:
    """Share of two words of a mean weight that agrees; 0 if they cost more than the first limit.

    Also 0 as soon as it is certain that they cost more than the second.
    """
    if len(a) == 0 or len(b) == 0:
        return 0.0
    most, enough = limits
    cheapest = _UNWRITTEN_VOWEL if abjad else _H_LOSS
    if abs(len(a) - len(b)) * cheapest > enough + 1e-6:
        return 0.0
    cost = edit_cost(a, b, abjad, enough + 1e-6, room)
    return 1.0 - cost / size if cost <= most + 1e-6 else 0.0


@compiled
def similarity(a: Bytes, b: Bytes, abjad: bool, least: float, room: Room) -> Any:
    """Share of the two words that agrees, 0..1; 0 if it is below `least`."""
    size = 0.5 * (weight_of(a) + weight_of(b))
    limit = (1.0 - least) * size
    return _share(a, b, abjad, size, (limit, limit), room)


@compiled
def common_prefix(a: Bytes, b: Bytes) -> Any:
    """Letters the two words begin with alike."""
    n = min(len(a), len(b))
    i = 0
    while i < n and a[i] == b[i]:
        i += 1
    return i


@compiled
def article_length(word: Bytes) -> Any:
    """Letters of an Arabic article written as one word with the name: ALZUWAIRI."""
    if len(word) < _SHORTEST_WITH_ARTICLE or word[0] != 97 or word[1] != 108:
        return 0
    return 0 if _WEIGHT[word[2]] == np.float32(_VOWEL_WEIGHT) else 2


@compiled
def word_similarity(
    a: Bytes, b: Bytes, abjad: bool, stem_a: Whole, stem_b: Whole, cut: bool, weight: Any,
    least: float, room: Room,
) -> Any:  # fmt: skip
    """`similarity`, lifted where names have rules of their own; 0 below `LEAST`.

    A word cut off by a machine readable zone (`cut`, word a) agrees with what begins like it;
    an initial half agrees; Rahmonov, Rahmonzoda and Rahmon share a forefather; an article
    may be written as one word with the name. `weight` is that of both words. What is below
    `least` may come out lower than it is, for then it need not be known.
    """
    most = 0.5 * (1.0 - LEAST) * weight
    enough = min(most, 0.5 * (1.0 - least) * weight + _MORE_TO_FALL)
    plain = _share(a, b, abjad, 0.5 * weight, (most, enough), room)
    if plain >= 0.9:
        return plain
    same = common_prefix(a, b)
    if cut and same == len(a):
        return max(plain, 0.97 if same >= 3 else 0.9)
    if same == 1 and (len(a) == 1 or len(b) == 1):
        return max(plain, 0.67)
    if plain < 0.8 and (stem_a < len(a) or stem_b < len(b)) and min(stem_a, stem_b) >= 4:
        return max(plain, 0.8 * similarity(a[:stem_a], b[:stem_b], abjad, 0.8, room))
    if same >= 4 and same == min(len(a), len(b)):
        return max(plain, 0.8)
    skip_a, skip_b = article_length(a), article_length(b)
    if skip_a != skip_b:
        bare = similarity(a[skip_a:], b[skip_b:], abjad, 0.7, room)
        return max(plain, _ARTICLE_ASIDE * bare)
    return plain


@entrance
def compare_words(
    a: Bytes, b: Bytes, abjad: bool, stem_a: Whole, stem_b: Whole, cut: bool, room: Room
) -> Any:
    """`word_similarity` for Python to call."""
    weight = weight_of(a) + weight_of(b)
    return word_similarity(a, b, abjad, stem_a, stem_b, cut, weight, LEAST, room)


def room() -> Room:
    """Working memory for one comparison at a time."""
    return np.empty((4, LONGEST_WORD + 1), np.float32)
