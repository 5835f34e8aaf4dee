"""The search itself: near words, rows that carry them, exact scores. Compiled; no Python objects.

1. Each part of the traveller's name finds the vocabulary entries that share a key and sound alike.
2. Their rows gather the weights; a common part looks only at rows born about the same time.
3. The best rows by weights and context, and all rows with the very (or the swapped) birth date,
   are scored exactly: the parts of both names are paired off, conflicts and leftovers counted.
"""

from typing import Any

import numpy as np

from .aligning import align
from .compiled import compiled
from .evidence import birth_weight, nationality_weight, sex_weight
from .finding import find_entries, first_at_least, similarities
from .shape import (
    BANDS,
    LONGEST_WORD,
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
LEAST_GATHERED = 4.5
# What nationality, sex and parts that share no key may still add to a gathered weight.
STILL_TO_COME = 4.0


@compiled
def _add(
    rows: Any, part: Whole, weight: float, weights: Any, last_part: Any, order: Any, touched: Whole
) -> Any:
    """Give rows the weight of a part, each once per part; how many were ever touched."""
    for p in range(len(rows)):
        row = np.int64(rows[p])
        if weights[row] == 0.0:
            order[touched] = row
            touched += 1
        elif last_part[row] == part + 1:
            continue
        last_part[row] = part + 1
        weights[row] += weight
    return touched


@compiled
def _years_about(born: Whole, row_birth: Any, first_undated: Whole) -> Any:
    """Rows born within two years of a date; all that have a date if it is not known."""
    if born == 0:
        return 0, first_undated
    year = born // 10000
    first = first_at_least(row_birth, (year - 2) * 10000, 0, first_undated)
    return first, first_at_least(row_birth, (year + 3) * 10000, first, first_undated)


@compiled
def _span(lists: Lists, entry: Whole, years: Any) -> Any:
    """Postings of an entry to read: dated from, to, undated from, to.

    Of a common entry only the rows in the span `years` and those without a year are read.
    """
    low, high = np.int64(lists.posting_at[entry]), np.int64(lists.posting_at[entry + 1])
    if high - low <= COMMON:
        return low, high, high, high
    late = first_at_least(lists.posting, np.int64(lists.first_undated[0]), low, high)
    first = first_at_least(lists.posting, years[0], low, late)
    return first, first_at_least(lists.posting, years[1], first, late), late, high


@compiled
def gather(
    part: Whole, years: Any, n: Whole, lists: Lists, scratch: Scratch, touched: Whole
) -> Any:
    """Add one part's weights to the rows that carry a similar one, most similar first."""
    left = MOST_POSTINGS
    posting = lists.posting
    weights, last_part, order = scratch.weight, scratch.last_part, scratch.touched
    for wanted_band in range(BANDS - 1, -1, -1):
        weight = scratch.table[part, wanted_band]
        for k in range(n):
            if band(scratch.similar[k]) != wanted_band:
                continue
            a, b, c, d = _span(lists, scratch.found[k], years)
            if b - a + d - c > left:
                continue
            left -= b - a + d - c
            touched = _add(posting[a:b], part, weight, weights, last_part, order, touched)
            touched = _add(posting[c:d], part, weight, weights, last_part, order, touched)
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
def _worth_it(born: Whole, row_birth: Any, scratch: Scratch, touched: Whole, least: float) -> Any:
    """Keep of the touched rows those that can still reach a score; clears the scratch."""
    n = 0
    weights = scratch.weight
    for t in range(touched):
        row = np.int64(scratch.touched[t])
        gathered = weights[row]
        weights[row] = 0.0
        scratch.last_part[row] = 0
        birth = np.int64(row_birth[row])
        score = gathered + birth_weight(born, 0 if birth == UNDATED else birth)
        if gathered >= LEAST_GATHERED and score >= least:
            scratch.touched[n] = row
            weights[row] = score
            n += 1
    for t in range(n):  # scores move to the front, weights are zero again
        row = np.int64(scratch.touched[t])
        scratch.kept[t] = weights[row]
        weights[row] = 0.0
    return n


@compiled
def _lowest(scores: Any, n: Whole) -> Any:
    """Position of the lowest of the first n scores."""
    at = 0
    for k in range(1, n):
        if scores[k] < scores[at]:
            at = k
    return at


@compiled
def _preselect(scratch: Scratch, kept: Whole, rows: Any) -> Any:
    """The best of the kept rows; how many."""
    scores, touched = scratch.kept, scratch.touched
    n = min(kept, PRESELECTED)
    for k in range(n):
        rows[k] = touched[k]
    worst: Whole = _lowest(scores, n)
    for k in range(PRESELECTED, kept):
        if scores[k] > scores[worst]:
            rows[worst] = touched[k]
            scores[worst] = scores[k]
            worst = _lowest(scores, n)
    return n


@compiled
def _times(rows: Any, n: Whole, row: Whole) -> Any:
    """How often a row stands among the first n."""
    times = 0
    for k in range(n):
        times += rows[k] == row
    return times


@compiled
def _born_on(row_birth: Any, born: Whole, rows: Any, n: Whole) -> Any:
    """Append the rows of one full date that are not there yet."""
    if born // 100 % 100 == 0 or born % 100 == 0:
        return n
    known = n
    at = first_at_least(row_birth, born, 0, len(row_birth))
    stop = min(at + SAME_DATE, len(row_birth))
    while at < stop and row_birth[at] == born:
        if _times(rows, known, at) == 0:
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
def _parts_of(lists: Lists, rows: Any, scratch: Scratch) -> Any:
    """Collect the vocabulary entries of the rows' persons, each once; how many."""
    scratch.serial[0] += np.uint32(1)
    serial, seen, slot, wanted = scratch.serial[0], scratch.seen, scratch.slot, scratch.wanted
    n = 0
    for row in rows:
        person = lists.row_person[row]
        first = lists.part_at[lists.reading_at[person]]
        for entry in lists.part[first : lists.part_at[lists.reading_at[person + 1]]]:
            if seen[entry] != serial:
                seen[entry] = serial
                slot[entry] = n
                wanted[n] = entry
                n = min(n + 1, len(wanted) - 1)  # the last column fits nothing
    return n


@compiled
def _compare_parts(query: Query, lists: Lists, rows: Any, scratch: Scratch) -> None:
    """Fill `scratch.fit[part, slot]` for every part given and every part of the rows' names."""
    n = _parts_of(lists, rows, scratch)
    for part in range(len(query.abjad)):
        similarities(query, part, lists, scratch.wanted[:n], scratch.room, scratch.fit[part])


@compiled
def _kinds(patronymic: Any, entries: Any, out: Any) -> Any:
    for j in range(len(entries)):
        out[j] = patronymic[entries[j]]
    return out[: len(entries)]


@compiled
def _best_reading(
    given_kind: Any, lists: Lists, scratch: Scratch, person: Whole, similar: Any, weight: Any
) -> Any:
    """The reading of a person's names that fits best, and its weight; -1 without names."""
    best, best_reading = -1e9, -1
    kinds, pair = np.empty(PARTS, np.uint8), np.empty(PARTS, np.int64)
    table, slot, fit, patronymic = scratch.table, scratch.slot, scratch.fit, lists.patronymic
    part, part_at, reading_kind = lists.part, lists.part_at, lists.reading_kind
    for reading in range(
        np.int64(lists.reading_at[person]), np.int64(lists.reading_at[person + 1])
    ):
        entries = part[part_at[reading] : part_at[reading + 1]]
        for j in range(len(entries)):
            column = slot[entries[j]]
            for i in range(len(given_kind)):
                similar[i, j] = fit[i, column]
        kind = _kinds(patronymic, entries, kinds)
        score = align(table, given_kind, kind, similar, pair, weight)
        if reading_kind[reading] & WEAK:
            score += WEAK_ALIAS
        if score > best:
            best, best_reading = score, reading
    return best, best_reading


@compiled
def _score_rows(query: Query, lists: Lists, scratch: Scratch, rows: Any, floor: float) -> Any:
    """Score rows exactly; the best at or above `floor` go to the scratch, returns how many."""
    similar = np.empty((PARTS, PARTS), np.float32)
    weight = np.empty(2 * PARTS, np.float64)
    _compare_parts(query, lists, rows, scratch)
    results = 0
    for row in rows:
        person = np.int64(lists.row_person[row])
        name, reading = _best_reading(query.patronymic, lists, scratch, person, similar, weight)
        score = name + context_weight(query, lists, row)
        if score < floor or reading < 0:
            continue
        slot: Whole = results
        if results < MOST_RESULTS:
            results += 1
        else:
            slot = _lowest(scratch.result_score, MOST_RESULTS)
            if scratch.result_score[slot] >= score:
                continue
        scratch.result_row[slot] = row
        scratch.result_reading[slot] = reading
        scratch.result_score[slot] = score
    return results


@compiled
def search(query: Query, lists: Lists, scratch: Scratch, floor: float) -> Any:
    """Score the rows worth it; results at or above `floor` stand in the scratch, returns how many.

    Leaves `scratch.table` filled for `explain`.
    """
    years = _years_about(query.born, lists.row_birth, np.int64(lists.first_undated[0]))
    touched = 0
    for part in range(len(query.abjad)):
        n = find_entries(query, part, lists, scratch)
        agreement_weights(
            query.share[part],
            query.fold_at[part + 1] - query.fold_at[part] <= 1,
            len(lists.row_person),
            lists.posting_at,
            scratch.found[:n],
            scratch.similar[:n],
            scratch.table[part],
        )
        touched = gather(part, years, n, lists, scratch, touched)
    rows = np.empty(PRESELECTED + 2 * SAME_DATE, np.int64)
    kept = _worth_it(query.born, lists.row_birth, scratch, touched, floor - STILL_TO_COME)
    n = _preselect(scratch, kept, rows)
    n = _born_on(lists.row_birth, query.born, rows, n)
    n = _born_on(lists.row_birth, _swapped(query.born), rows, n)
    return _score_rows(query, lists, scratch, rows[:n], floor)


@compiled
def explain(
    query: Query, lists: Lists, table: Any, reading: Whole, pair: Any, weight: Any, similar: Any
) -> None:
    """Fill `pair`, `weight` (see `align`) and `similar` for one listed reading."""
    entries = lists.part[lists.part_at[reading] : lists.part_at[reading + 1]]
    room = np.empty((3, LONGEST_WORD + 1), np.float32)
    for i in range(len(query.abjad)):
        similarities(query, i, lists, entries, room, similar[i])
    kinds = _kinds(lists.patronymic, entries, np.empty(PARTS, np.uint8))
    align(table, query.patronymic, kinds, similar, pair, weight)
