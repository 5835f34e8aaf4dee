"""Pair off the parts of two names and weigh the outcome. Compiled."""

from typing import Any

import numpy as np

from .compiled import compiled
from .shape import PARTS, Lists, Query, Whole
from .weights import (
    BARELY,
    CONFLICT,
    CONFLICT_FAR,
    CONFLICT_NEAR,
    LEAST_ALIGNED,
    LEAST_SIMILAR,
    MISSING_GIVEN,
    MISSING_LISTED,
    OTHER_KIND,
    band,
    in_64ths,
)


@compiled
def _pair_weight(
    query: Query, lists: Lists, table: Any, reading: Whole, similar: float, i: Whole, j: Whole
) -> Any:
    """Weight of pairing given part i with listed part j; 0 if they do not fit."""
    if similar < LEAST_ALIGNED:
        return 0.0
    entry = lists.part[np.int64(lists.part_at[reading]) + j]
    weight = table[i, band(similar)]
    if similar < LEAST_SIMILAR:
        weight *= BARELY
    if query.patronymic[i] != lists.patronymic[entry]:
        weight *= OTHER_KIND
    return max(in_64ths(weight), 0.25)


@compiled
def align(
    query: Query,
    lists: Lists,
    table: Any,
    reading: Whole,
    similar: Any,
    n: Whole,
    pair: Any,
    weight: Any,
) -> Any:
    """Pair off the parts of two names, heaviest agreement first; the sum of all weights.

    `pair[i]` is the listed part for given part i or -1; `weight[i]` its weight, negative for a
    conflict; `weight[PARTS + j]` that of a listed part left alone.
    """
    m = len(query.abjad)
    pair[:] = -1
    weight[:] = 0.0
    used = np.zeros(PARTS, np.bool_)
    total = 0.0
    agreed = 0
    while agreed < min(m, n):
        best, at_i, at_j = 0.0, -1, -1
        for i in range(m):
            for j in range(n):
                if pair[i] < 0 and not used[j]:
                    w = _pair_weight(query, lists, table, reading, similar[i, j], i, j)
                    if w > best:
                        best, at_i, at_j = w, i, j
        if at_i < 0:
            break
        pair[at_i], used[at_j], weight[at_i] = at_j, True, best
        total += best
        agreed += 1
    return total + _conflicts(query, lists, reading, similar, n, pair, weight, used)


@compiled
def _conflicts(
    query: Query,
    lists: Lists,
    reading: Whole,
    similar: Any,
    n: Whole,
    pair: Any,
    weight: Any,
    used: Any,
) -> Any:
    """Set leftover parts against each other, the likest first; then what one side lacks."""
    m = len(query.abjad)
    first = np.int64(lists.part_at[reading])
    total = 0.0
    while True:
        best, at_i, at_j = -1.0, -1, -1
        for i in range(m):
            for j in range(n):
                if pair[i] < 0 and not used[j]:
                    s = np.float64(similar[i, j])
                    if query.patronymic[i] != lists.patronymic[lists.part[first + j]]:
                        s -= 0.3
                    if s > best:
                        best, at_i, at_j = s, i, j
        if at_i < 0:
            break
        penalty = CONFLICT_NEAR if best > 0.5 else (CONFLICT if best > 0.38 else CONFLICT_FAR)
        pair[at_i], used[at_j], weight[at_i] = at_j, True, penalty
        total += penalty
    for i in range(m):
        if pair[i] < 0:
            weight[i] = MISSING_GIVEN
            total += MISSING_GIVEN
    for j in range(n):
        if not used[j]:
            weight[PARTS + j] = MISSING_LISTED
            total += MISSING_LISTED
    return total
