"""Rows worth an exact score: those that gather weight, those born that day. Compiled."""

from typing import Any

import numpy as np

from .compiled import compiled
from .evidence import birth_weight
from .finding import first_at_least
from .scale import Scale
from .shape import (
    BANDS,
    PRESELECTED,
    SAME_DATE,
    UNDATED,
    Bytes,
    Compared,
    Gathered,
    Numbers,
    Rows,
    Whole,
)

COMMON = 400  # postings from which a part looks only at rows of about the same birth year
YEARS_ABOUT = 2
MOST_POSTINGS = 60_000  # read for one part
LEAST_GATHERED = 4.5
# What letters, nationality, sex and parts that share no key may still add to a gathered weight.
STILL_TO_COME = 5.5
# A tally holds the last part that gave (3 bits, there are 8 parts) and the weight in 64ths.
_PART_BITS, _PART, _STEPS = 3, 7, 64.0


@compiled
def years_about(born: Whole, rows: Rows) -> Any:
    """Span of rows born about a date; of all that have a date if it is not known."""
    undated = np.int64(rows.first_undated[0])
    if born == 0:
        return 0, undated
    year = born // 10000
    first = first_at_least(rows.birth, (year - YEARS_ABOUT) * 10000, 0, undated)
    return first, first_at_least(rows.birth, (year + YEARS_ABOUT + 1) * 10000, first, undated)


@compiled
def _span(entry: Whole, posting: Numbers, posting_at: Numbers, years: Any, undated: Whole) -> Any:
    """Postings of an entry to read: dated from, to, undated from, to.

    Of a common entry only the rows in the span `years` and those without a year are read.
    """
    low, high = np.int64(posting_at[entry]), np.int64(posting_at[entry + 1])
    if high - low <= COMMON:
        return low, high, high, high
    late = first_at_least(posting, undated, low, high)
    first = first_at_least(posting, years[0], low, late)
    return first, first_at_least(posting, years[1], first, late), late, high


@compiled
def _add(rows: Numbers, part: Whole, weight: float, gathered: Gathered, n: Whole) -> Any:
    """Give rows the weight of a part, each once per part; how many were ever touched."""
    tally, touched = gathered.tally, gathered.touched
    more = np.int64(weight * _STEPS + 0.5) << _PART_BITS
    for k in range(len(rows)):
        row = np.int64(rows[k])
        so_far = np.int64(tally[row])
        if so_far == 0:
            touched[n] = row
            n += 1
        elif so_far & _PART == part:
            continue
        tally[row] = np.uint16((so_far & ~_PART) + more + part)
    return n


@compiled
def gather(
    part: Whole, weights: Any, found: Whole, compared: Compared, rows: Rows, gathered: Gathered,
    years: Any, n: Whole,
) -> Any:  # fmt: skip
    """Add one part's weights to the rows that carry a similar one, most similar first.

    `weights` by band; n rows were touched before, the new count is returned.
    """
    left = MOST_POSTINGS
    posting, undated = rows.posting, np.int64(rows.first_undated[0])
    for wanted in range(BANDS - 1, -1, -1):
        for k in range(found):
            if compared.band[k] != wanted:
                continue
            a, b, c, d = _span(compared.found[k], posting, rows.posting_at, years, undated)
            if b - a + d - c <= left:
                left -= b - a + d - c
                n = _add(posting[a:b], part, weights[wanted], gathered, n)
                n = _add(posting[c:d], part, weights[wanted], gathered, n)
    return n


@compiled
def highest(numbers: Any) -> Any:
    """The highest of some numbers."""
    found = numbers[0]
    for k in range(1, len(numbers)):
        found = max(found, numbers[k])
    return found


@compiled
def _keep(
    born: Whole, rows: Rows, without: Bytes, gathered: Gathered, n: Whole, least: float,
    scale: Scale,
) -> Any:  # fmt: skip
    """Keep of n touched rows those that can still reach `least`; clears the tallies.

    Kept rows move to the front of `touched`, their scores to `kept`. Most rows carry one part
    too few to matter whatever their birth date: theirs is not even read.
    """
    tally, touched = gathered.tally, gathered.touched
    matters = max(LEAST_GATHERED, least - highest(scale.birth))
    kept = 0
    for t in range(n):
        row = np.int64(touched[t])
        weight = (np.int64(tally[row]) >> _PART_BITS) / _STEPS
        tally[row] = 0
        if weight < matters or without[rows.person[row]]:
            continue
        listed = np.int64(rows.birth[row])
        score = weight + birth_weight(born, 0 if listed == UNDATED else listed, scale)
        if score >= least:
            touched[kept] = row
            gathered.kept[kept] = score
            kept += 1
    return kept


@compiled
def lowest(scores: Any, n: Whole) -> Any:
    """Position of the lowest of the first n scores."""
    at = 0
    for k in range(1, n):
        if scores[k] < scores[at]:
            at = k
    return at


@compiled
def _best(touched: Numbers, scores: Any, kept: Whole, chosen: Any) -> Any:
    """Write the best of the kept rows to `chosen`; how many."""
    n = min(kept, PRESELECTED)
    for k in range(n):
        chosen[k] = touched[k]
    worst: Whole = lowest(scores, n)
    for k in range(PRESELECTED, kept):
        if scores[k] > scores[worst]:
            chosen[worst] = touched[k]
            scores[worst] = scores[k]
            worst = lowest(scores, n)
    return n


@compiled
def _times(rows: Any, n: Whole, row: Whole) -> Any:
    """How often a row stands among the first n."""
    times = 0
    for k in range(n):
        times += rows[k] == row
    return times


@compiled
def _born_on(born: Whole, rows: Rows, without: Bytes, chosen: Any, n: Whole) -> Any:
    """Append the rows of one full date that are not there yet."""
    if born // 100 % 100 == 0 or born % 100 == 0:
        return n
    birth, known = rows.birth, n
    at = first_at_least(birth, born, 0, len(birth))
    while at < len(birth) and birth[at] == born and n < known + SAME_DATE:
        if not without[rows.person[at]] and _times(chosen, known, at) == 0:
            chosen[n] = at
            n += 1
        at += 1
    return n


@compiled
def _swapped(born: Whole) -> Any:
    year, month, day = born // 10000, born // 100 % 100, born % 100
    if day > 12 or day == month:
        return 0
    return year * 10000 + day * 100 + month


@compiled
def choose(
    born: Whole, rows: Rows, without: Bytes, gathered: Gathered, touched: Whole, floor: float,
    chosen: Any, scale: Scale,
) -> Any:  # fmt: skip
    """The rows to score: the best that gathered, and those of the very or the swapped date.

    A person marked in `without` takes nobody's place.
    """
    kept = _keep(born, rows, without, gathered, touched, floor - STILL_TO_COME, scale)
    n = _best(gathered.touched, gathered.kept, kept, chosen)
    n = _born_on(born, rows, without, chosen, n)
    return _born_on(_swapped(born), rows, without, chosen, n)
