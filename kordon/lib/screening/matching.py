"""The search itself: near words, rows that carry them, exact scores. Compiled; no Python objects.

1. Each part of the traveller's name finds the vocabulary entries that share a key and sound alike.
2. Their rows gather the weights; a common part looks only at rows born about the same time.
3. The best rows by weights and context, and all rows with the very (or the swapped) birth date,
   are scored exactly: the parts of both names are paired off, conflicts and leftovers counted.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .aligning import align
from .compiled import compiled
from .evidence import birth_weight, nationality_weight, sex_weight
from .finding import MOST_FOUND, find_entries, first_at_least, similar_to
from .shape import (
    CACHED,
    MOST_RESULTS,
    PARTS,
    UNDATED,
    WEAK,
    Lists,
    Query,
    Scratch,
    Whole,
)
from .weights import WEAK_ALIAS, agreement_weights, band

COMMON = 400  # postings from which a part looks only at rows of about the same birth year
MOST_POSTINGS = 60_000  # read for one part
PRESELECTED = 64
SAME_DATE = 400  # rows of one birth date that are scored
LEAST_GATHERED, LEAST_PRESELECTED = 4.5, 3.0


@compiled
def _add(
    lists: Lists, scratch: Scratch, part: Whole, weight: float, span: Any, touched: Whole
) -> Any:
    """Give the rows of a span of postings the weight of a part, once per part."""
    for p in range(span[0], span[1]):
        row = np.int64(lists.posting[p])
        if scratch.weight[row] == 0.0:
            scratch.touched[touched] = row
            touched += 1
        elif scratch.last_part[row] == part + 1:
            continue
        scratch.last_part[row] = part + 1
        scratch.weight[row] += weight
    return touched


@compiled
def gather(
    query: Query,
    part: Whole,
    lists: Lists,
    scratch: Scratch,
    entries: Any,
    similar: Any,
    n: Whole,
    touched: Whole,
) -> Any:
    """Add one part's weights to the rows that carry a similar one, most similar first."""
    read: Whole = 0
    years = query.born // 10000
    for k in np.argsort(-similar[:n]):
        entry = entries[k]
        weight = scratch.table[part, band(similar[k])]
        low, high = np.int64(lists.posting_at[entry]), np.int64(lists.posting_at[entry + 1])
        dated, undated = (low, high), (high, high)
        if high - low > COMMON and years > 0:
            first = first_at_least(lists.row_birth, (years - 2) * 10000, 0, len(lists.row_birth))
            last = first_at_least(lists.row_birth, (years + 3) * 10000, 0, len(lists.row_birth))
            dated = (
                first_at_least(lists.posting, first, low, high),
                first_at_least(lists.posting, last, low, high),
            )
            undated = (first_at_least(lists.posting, lists.first_undated[0], low, high), high)
        size = dated[1] - dated[0] + undated[1] - undated[0]
        if read + size > MOST_POSTINGS:
            continue
        read += size
        touched = _add(lists, scratch, part, weight, dated, touched)
        touched = _add(lists, scratch, part, weight, undated, touched)
    return touched


@compiled
def context_weight(query: Query, lists: Lists, row: Whole) -> Any:
    """Birth date, nationality, sex of a row's person against the traveller's."""
    person = np.int64(lists.row_person[row])
    birth = np.int64(lists.row_birth[row])
    listed = lists.nationality[lists.nationality_at[person] : lists.nationality_at[person + 1]]
    return (
        birth_weight(query.born, 0 if birth == UNDATED else birth)
        + nationality_weight(query.nationality, listed)
        + sex_weight(query.sex, np.int64(lists.sex[person]))
    )


@compiled
def _preselect(query: Query, lists: Lists, scratch: Scratch, touched: Whole, rows: Any) -> Any:
    """The best rows by gathered weight and context; clears the scratch."""
    n = 0
    scores = np.empty(PRESELECTED)
    worst: Whole = 0
    for t in range(touched):
        row = np.int64(scratch.touched[t])
        gathered = scratch.weight[row]
        scratch.weight[row] = 0.0
        scratch.last_part[row] = 0
        if gathered < LEAST_GATHERED:
            continue
        score = gathered + context_weight(query, lists, row)
        if score < LEAST_PRESELECTED:
            continue
        if n < PRESELECTED:
            rows[n] = row
            scores[n] = score
            n += 1
        elif score > scores[worst]:
            rows[worst] = row
            scores[worst] = score
        else:
            continue
        worst = np.argmin(scores[:n])
    return n


@compiled
def _born_on(lists: Lists, born: Whole, rows: Any, n: Whole) -> Any:
    """Append the rows of one full date that are not there yet."""
    if born // 100 % 100 == 0 or born % 100 == 0:
        return n
    known = n
    at = first_at_least(lists.row_birth, born, 0, len(lists.row_birth))
    stop = min(at + SAME_DATE, len(lists.row_birth))
    while at < stop and lists.row_birth[at] == born:
        if not np.any(rows[:known] == at):
            rows[n] = at
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
def _fill_similar(
    query: Query, lists: Lists, scratch: Scratch, reading: Whole, similar: Any
) -> Any:
    """Similarity of every part given to every part of a listed reading; returns its parts."""
    at, end = np.int64(lists.part_at[reading]), np.int64(lists.part_at[reading + 1])
    for j in range(end - at):
        entry = np.int64(lists.part[at + j])
        slot = entry & (CACHED - 1)
        if scratch.cached[slot] != entry:
            scratch.cached[slot] = entry
            for i in range(len(query.abjad)):
                scratch.cached_similar[slot, i] = similar_to(query, i, lists, entry)
        for i in range(len(query.abjad)):
            similar[i, j] = scratch.cached_similar[slot, i]
    return end - at


@compiled
def _score_row(
    query: Query, lists: Lists, scratch: Scratch, row: Whole, similar: Any, pair: Any, weight: Any
) -> Any:
    """Best reading of a row's person and the full score with it."""
    person = np.int64(lists.row_person[row])
    best, best_reading = -1e9, -1
    for reading in range(
        np.int64(lists.reading_at[person]), np.int64(lists.reading_at[person + 1])
    ):
        n = _fill_similar(query, lists, scratch, reading, similar)
        score = align(query, lists, scratch.table, reading, similar, n, pair, weight)
        if lists.reading_kind[reading] & WEAK:
            score += WEAK_ALIAS
        if score > best:
            best, best_reading = score, reading
    return best + context_weight(query, lists, row), best_reading


@compiled
def search(query: Query, lists: Lists, scratch: Scratch, floor: float) -> Any:
    """Score the rows worth it; results at or above `floor` stand in the scratch, returns how many.

    Leaves `scratch.table` filled for `explain`.
    """
    entries = np.empty(MOST_FOUND, np.int64)
    similarities = np.empty(MOST_FOUND, np.float64)
    touched = 0
    for part in range(len(query.abjad)):
        n = find_entries(query, part, lists, scratch, entries, similarities)
        agreement_weights(query, part, lists, entries, similarities, n, scratch.table[part])
        touched = gather(query, part, lists, scratch, entries, similarities, n, touched)
    rows = np.empty(PRESELECTED + 2 * SAME_DATE, np.int64)
    n = _preselect(query, lists, scratch, touched, rows)
    n = _born_on(lists, query.born, rows, n)
    n = _born_on(lists, _swapped(query.born), rows, n)
    return _score_rows(query, lists, scratch, rows, n, floor)


@compiled
def _score_rows(
    query: Query, lists: Lists, scratch: Scratch, rows: Any, n: Whole, floor: float
) -> Any:
    similar = np.empty((PARTS, PARTS), np.float32)
    pair = np.empty(PARTS, np.int64)
    weight = np.empty(2 * PARTS, np.float64)
    scratch.cached[:] = -1
    results = 0
    for k in range(n):
        score, reading = _score_row(query, lists, scratch, rows[k], similar, pair, weight)
        if score < floor or reading < 0:
            continue
        slot: Whole = results
        if results == MOST_RESULTS:
            slot = np.argmin(scratch.result_score)
            if scratch.result_score[slot] >= score:
                continue
        else:
            results += 1
        scratch.result_row[slot] = rows[k]
        scratch.result_reading[slot] = reading
        scratch.result_score[slot] = score
    return results


@compiled
def explain(
    query: Query,
    lists: Lists,
    table: NDArray[np.float64],
    reading: Whole,
    pair: Any,
    weight: Any,
    similar: Any,
) -> None:
    """Fill `pair`, `weight` (see `align`) and `similar` for one listed reading."""
    at, end = np.int64(lists.part_at[reading]), np.int64(lists.part_at[reading + 1])
    for j in range(end - at):
        for i in range(len(query.abjad)):
            similar[i, j] = similar_to(query, i, lists, np.int64(lists.part[at + j]))
    align(query, lists, table, reading, similar, end - at, pair, weight)
