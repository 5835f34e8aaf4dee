"""Compare two names without a list: no rarity is known, so parts weigh by their length."""

from collections.abc import Iterator
from functools import reduce
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .explaining import agreement_code
from .folding import stem_length
from .rarity import SAME_SOUND
from .reasons import Reason
from .similarity import compare_words, room
from .tokens import Token, joined, read_name, readings
from .values import Pair

MATCH = 0.8
"""Score from which two names are the same person's more often than not (docs/screening.md)."""

_LEAST = 0.62
_MISSING = 0.35  # weight of what one side lacks, of a part's weight
_CONFLICT = 1.5  # weight of parts that stand against each other
_STRICTNESS = 1.5  # a similarity of 0.8 counts 0.72


def compare_names(a: str, b: str) -> Pair:
    """Score two names 0..1, any scripts and order; the reasons sum to the score."""
    best = Pair(0.0, ())
    for given, listed in _readings_of_both(read_name(a), read_name(b)):
        pair = _compare(given, listed)
        if pair.score > best.score:
            best = pair
    return best


def _readings_of_both(a: list[Token], b: list[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Readings worth comparing; `SergeiLavrov` is held against all of `Sergei Lavrov` joined."""
    if not a or not b:
        return
    yield from product(readings(a), readings(b))
    if len(a) == 1 < len(b):
        yield a, [reduce(joined, b)]
    elif len(b) == 1 < len(a):
        yield [reduce(joined, a)], b


def _compare(given: list[Token], listed: list[Token]) -> Pair:
    similar = _similarities(given, listed)
    matched = _matched(similar)
    if not matched:
        return Pair(0.0, ())
    size = _size(given, listed, matched)
    reasons = []
    for i, j in matched:
        likeness = float(similar[i, j])
        share = (_weight(given[i]) + _weight(listed[j])) / size
        code = agreement_code(given[i], listed[j], likeness, False)
        weight = share * likeness**_STRICTNESS
        reasons.append(Reason(code, given[i].written, listed[j].written, weight))
    return Pair(sum(reason.weight for reason in reasons), tuple(reasons))


def _similarities(given: list[Token], listed: list[Token]) -> NDArray[np.float64]:
    folds_a = [np.frombuffer(t.fold.encode("ascii"), np.uint8) for t in given]
    folds_b = [np.frombuffer(t.fold.encode("ascii"), np.uint8) for t in listed]
    similar, memory = np.zeros((len(given), len(listed))), room()
    for i, a in enumerate(given):
        for j, b in enumerate(listed):
            stems = stem_length(a.fold), stem_length(b.fold)
            similar[i, j] = compare_words(
                folds_a[i], folds_b[j], a.abjad or b.abjad, *stems, False, memory
            )
            if a.patronymic != b.patronymic and similar[i, j] < SAME_SOUND:
                similar[i, j] *= 0.8
    return similar


def _matched(similar: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Parts paired off, the most similar first."""
    left = similar.copy()
    pairs = []
    while left.size and left.max() >= _LEAST:
        i, j = (int(k) for k in np.unravel_index(left.argmax(), left.shape))
        pairs.append((i, j))
        left[i, :] = left[:, j] = -1.0
    return sorted(pairs)


def _size(given: list[Token], listed: list[Token], matched: list[tuple[int, int]]) -> float:
    """Weight of all parts; parts that only the longer name has count little."""
    left_a = [t for i, t in enumerate(given) if i not in {i for i, _ in matched}]
    left_b = [t for j, t in enumerate(listed) if j not in {j for _, j in matched}]
    both = sum(_weight(given[i]) + _weight(listed[j]) for i, j in matched)
    scale = _MISSING if not left_a or not left_b else _CONFLICT
    return both + scale * sum(_weight(t) for t in left_a + left_b)


def _weight(token: Token) -> float:
    return 0.5 + min(len(token.fold), 10) / 10
