"""Pair off the parts of two names and weigh the outcome. Compiled."""

from typing import Any

from .compiled import compiled
from .rarity import (
    BARELY,
    LEAST_ALIGNED,
    LEAST_SIMILAR,
    LEAST_WEIGHT,
    OTHER_KIND_APART,
    band,
    in_64ths,
)
from .scale import (
    DIFFERS,
    DIFFERS_FAR,
    DIFFERS_NEAR,
    MISSING_GIVEN,
    MISSING_LISTED,
    OTHER_KIND,
    PARTS_BEYOND,
    PARTS_FROM,
    Scale,
)
from .shape import PARTS, Aligned, Bytes, Whole


@compiled
def agreement_of(table: Any, part: Whole, similar: float, same_kind: bool, scale: Scale) -> Any:
    """Weight of one given part agreeing with one listed part; 0 if they do not fit."""
    if similar < LEAST_ALIGNED:
        return 0.0
    weight = table[part, band(similar)]
    if similar < LEAST_SIMILAR:
        weight *= BARELY
    if not same_kind:
        weight *= scale.name[OTHER_KIND]
    return max(in_64ths(weight), LEAST_WEIGHT)


@compiled
def _heaviest(fit: Any, pair: Any, used: Any, m: Whole, n: Whole, above: float) -> Any:
    """The highest cell among parts not yet paired, if it is higher than `above`."""
    best, at_i, at_j = above, -1, -1
    for i in range(m):
        for j in range(n):
            if pair[i] < 0 and not used[j] and fit[i, j] > best:
                best, at_i, at_j = fit[i, j], i, j
    return best, at_i, at_j


@compiled
def _conflict(likeness: float, scale: Scale) -> Any:
    if likeness > 0.5:
        return scale.name[DIFFERS_NEAR]
    return scale.name[DIFFERS if likeness > 0.38 else DIFFERS_FAR]


@compiled
def _pair_agreeing(agreement: Any, pair: Any, used: Any, weight: Any, n: Whole) -> None:
    m = len(pair)
    while True:
        best, i, j = _heaviest(agreement, pair, used, m, n, 0.0)
        if i < 0:
            return
        pair[i], used[j], weight[i] = j, True, best


@compiled
def _pair_conflicting(
    likeness: Any, pair: Any, used: Any, weight: Any, n: Whole, scale: Scale
) -> None:
    m = len(pair)
    while True:
        best, i, j = _heaviest(likeness, pair, used, m, n, -1.0)
        if i < 0:
            return
        pair[i], used[j], weight[i] = j, True, _conflict(best, scale)


@compiled
def align(
    table: Any, given_kind: Bytes, listed_kind: Bytes, aligned: Aligned, scale: Scale
) -> None:
    """Pair off parts, heaviest agreement first, then set leftovers against each other.

    `table` is part x band, `aligned.similar` given x listed, kinds say which parts are
    patronymics. `aligned.pair[i]` becomes the listed part for given part i or -1, `weight[i]`
    its weight, negative for a conflict; `weight[PARTS + j]` that of a listed part left alone.
    """
    m, n = len(given_kind), len(listed_kind)
    similar, pair, weight = aligned.similar, aligned.pair, aligned.weight
    agreement, likeness, used = aligned.agreement, aligned.likeness, aligned.used
    used[:] = False
    for i in range(m):
        for j in range(n):
            same_kind = given_kind[i] == listed_kind[j]
            agreement[i, j] = agreement_of(table, i, similar[i, j], same_kind, scale)
            likeness[i, j] = similar[i, j] - (0.0 if same_kind else OTHER_KIND_APART)
    for i in range(PARTS):
        pair[i] = -1
        weight[i] = weight[PARTS + i] = 0.0
    _pair_agreeing(agreement, pair[:m], used, weight, n)
    _pair_conflicting(likeness, pair[:m], used, weight, n, scale)
    _weigh_missing(pair[:m], used[:n], weight, scale)


@compiled
def _weigh_missing(pair: Any, used: Any, weight: Any, scale: Scale) -> None:
    """Weigh the parts that one side lacks."""
    for i in range(len(pair)):
        if pair[i] < 0:
            weight[i] = scale.name[MISSING_GIVEN]
    for j in range(len(used)):
        if not used[j]:
            weight[PARTS + j] = scale.name[MISSING_LISTED]


@compiled
def together(agreeing: float, scale: Scale) -> Any:
    """What is taken off the sum of agreements: the parts of a name go together."""
    beyond = max(agreeing - scale.name[PARTS_FROM], 0.0)
    return -in_64ths((1.0 - scale.name[PARTS_BEYOND]) * beyond)


@compiled
def agreed(weight: Any) -> Any:
    """Sum of the agreements of an outcome of `align`."""
    total = 0.0
    for i in range(PARTS):
        total += max(weight[i], 0.0)
    return total


@compiled
def weight_of_name(weight: Any, scale: Scale) -> Any:
    """What an outcome of `align` weighs altogether."""
    total = together(agreed(weight), scale)
    for i in range(2 * PARTS):
        total += weight[i]
    return total
