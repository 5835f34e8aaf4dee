"""The search itself. Compiled; no Python objects, no GIL.

1. `finding`: each part of the traveller's name finds the vocabulary entries that sound alike.
2. `gathering`: their rows gather the weights; the best, and those with the very birth date, stay.
3. Here: each of these is scored exactly, over all readings of the listed names (`aligning`).
"""

from typing import Any

import numpy as np

from .aligning import agreement_of, align
from .compiled import compiled
from .evidence import birth_weight, mark_weight, nationality_weight, sex_weight
from .finding import NOT_COMPARED, compare, compare_one, fetch, find, want_all
from .gathering import PRESELECTED, SAME_DATE, choose, gather, lowest, years_about
from .rarity import LEAST_ALIGNED, agreement_weights
from .scale import DIFFERS_FAR, WEAK_ALIAS, Scale
from .shape import (
    MOST_RESULTS,
    PARTS,
    UNDATED,
    WEAK,
    Bytes,
    Compared,
    Context,
    Known,
    Lists,
    Names,
    Numbers,
    Results,
    Rows,
    Scratch,
    Vocabulary,
    Whole,
    Words,
)


@compiled
def context_weight(
    known: Known, birth: Whole, person: Whole, context: Context, scale: Scale
) -> Any:
    """Birth date, nationality, sex, marks of a row's person against the traveller's."""
    at, to = context.mark_at[person], context.mark_at[person + 1]
    first, end = context.nationality_at[person], context.nationality_at[person + 1]
    return (
        birth_weight(known.born, 0 if birth == UNDATED else birth, scale)
        + nationality_weight(known.nationality, context.nationality[first:end], scale)
        + sex_weight(known.sex, np.int64(context.sex[person]), scale)
        + mark_weight(
            (known.mark, known.mark_state), (context.mark[at:to], context.mark_state[at:to]), scale
        )
    )


@compiled
def _gather_all(
    words: Words, vocabulary: Vocabulary, rows: Rows, scratch: Scratch, years: Any, scale: Scale
) -> Any:
    """Let every part gather its rows; how many were touched. Fills the table of weights."""
    compared, table = scratch.compared, scratch.results.table
    touched = 0
    for part in range(len(words.abjad)):
        found = find(words, part, vocabulary, compared)
        agreement_weights(
            words.share[part],
            words.fold_at[part + 1] - words.fold_at[part] <= 1,
            len(rows.person),
            rows.posting_at,
            compared.found[:found],
            compared.similar[:found],
            scale,
            table[part],
        )
        touched = gather(part, table[part], found, compared, rows, scratch.gathered, years, touched)
    return touched


@compiled
def _compare_chosen(
    words: Words, vocabulary: Vocabulary, names: Names, persons: Any, compared: Compared
) -> None:
    """Compare every part given with those parts of the persons' names that may agree with it."""
    compared.serial[0] += np.uint32(1)
    n = 0
    for person in persons:
        first = names.part_at[names.reading_at[person]]
        end = names.part_at[names.reading_at[person + 1]]
        n = want_all(names.part[first:end], compared, n)
    fetch(vocabulary, compared, n)
    for part in range(len(words.abjad)):
        compare(words, part, compared, n, LEAST_ALIGNED)


@compiled
def _at_most(
    words: Words, entries: Any, patronymic: Bytes, compared: Compared, table: Any, scale: Scale
) -> Any:
    """What `align` can give at most: every part its best agreement, the others near conflicts."""
    total, agreeing = 0.0, 0
    parts = len(words.abjad)
    for i in range(parts):
        best = 0.0
        for j in range(len(entries)):
            entry = entries[j]
            similar = compared.fit[compared.slot[entry], i]
            same_kind = words.patronymic[i] == patronymic[entry]
            best = max(best, agreement_of(table, i, similar, same_kind, scale))
        total += best
        agreeing += best > 0.0
    fewer = min(parts, len(entries))
    return total + (fewer - min(agreeing, fewer)) * scale.name[: DIFFERS_FAR + 1].max()


@compiled
def _align_reading(
    words: Words, entries: Any, vocabulary: Vocabulary, compared: Compared, table: Any, found: Any,
    scale: Scale,
) -> Any:  # fmt: skip
    """Align one reading; see `align`. Compares the parts that were left out before."""
    pair, weight, similar, kind = found
    for j in range(len(entries)):
        entry = np.int64(entries[j])
        kind[j] = vocabulary.patronymic[entry]
        at = np.int64(compared.slot[entry])
        fit = compared.fit[at]
        for i in range(len(words.abjad)):
            if fit[i] == NOT_COMPARED:
                fit[i] = compare_one(words, i, compared, at)
            similar[i, j] = fit[i]
    return align(table, words.patronymic, kind[: len(entries)], similar, pair, weight, scale)


@compiled
def _best_reading(
    words: Words, person: Whole, lists: Lists, scratch: Scratch, found: Any, least: float,
    scale: Scale,
) -> Any:  # fmt: skip
    """The reading of a person's names that fits best, and its weight.

    -1 if there is none, or none that can reach `least`.
    """
    best, best_reading = -1e9, -1
    names, vocabulary, table = lists.names, lists.vocabulary, scratch.results.table
    first, end = np.int64(names.reading_at[person]), np.int64(names.reading_at[person + 1])
    for reading in range(first, end):
        entries = names.part[names.part_at[reading] : names.part_at[reading + 1]]
        weak = scale.name[WEAK_ALIAS] if names.kind[reading] & WEAK else 0.0
        most = weak + _at_most(
            words, entries, vocabulary.patronymic, scratch.compared, table, scale
        )
        if most < least or most <= best:
            continue
        score = weak + _align_reading(
            words, entries, vocabulary, scratch.compared, table, found, scale
        )
        if score > best:
            best, best_reading = score, reading
    return best, best_reading


@compiled
def _put(results: Results, n: Whole, row: Whole, reading: Whole, score: float) -> Any:
    """Add a result, in place of the lowest when there is no room; the new count."""
    at: Whole = n
    if n == MOST_RESULTS:
        at = lowest(results.score, n)
        if results.score[at] >= score:
            return n
        n -= 1
    results.row[at] = row
    results.reading[at] = reading
    results.score[at] = score
    return n + 1


@compiled
def search(
    words: Words, known: Known, lists: Lists, without: Bytes, scratch: Scratch, scale: Scale,
    floor: float,
) -> Any:  # fmt: skip
    """Score the rows worth it; how many results at or above `floor` stand in `scratch.results`.

    Persons marked in `without` are as if they were not listed.
    """
    vocabulary, rows, names, context = lists.vocabulary, lists.rows, lists.names, lists.context
    years = years_about(known.born, rows)
    touched = _gather_all(words, vocabulary, rows, scratch, years, scale)
    chosen = np.empty(PRESELECTED + 2 * SAME_DATE, np.int64)
    n = choose(known.born, rows, without, scratch.gathered, touched, floor, chosen, scale)
    persons = rows.person[chosen[:n]]
    _compare_chosen(words, vocabulary, names, persons, scratch.compared)
    results, found = 0, _room_to_align()
    for k in range(n):
        person = np.int64(persons[k])
        others = context_weight(known, np.int64(rows.birth[chosen[k]]), person, context, scale)
        name, reading = _best_reading(words, person, lists, scratch, found, floor - others, scale)
        if name + others >= floor and reading >= 0:
            results = _put(scratch.results, results, chosen[k], reading, name + others)
    return results


@compiled
def _room_to_align() -> Any:
    """What `_align_reading` fills: pairs, weights, similarities and kinds of the listed parts."""
    return (
        np.empty(PARTS, np.int64),
        np.empty(2 * PARTS),
        np.empty((PARTS, PARTS), np.float32),
        np.empty(PARTS, np.uint8),
    )


@compiled
def explain(
    words: Words, vocabulary: Vocabulary, entries: Numbers, compared: Compared, table: Any,
    pair: Any, weight: Any, similar: Any, scale: Scale,
) -> None:  # fmt: skip
    """Fill `pair`, `weight` and `similar` (see `align`) for the parts of one listed reading."""
    compared.serial[0] += np.uint32(1)
    n = want_all(entries, compared, 0)
    fetch(vocabulary, compared, n)
    compared.fit[:n] = NOT_COMPARED
    found = (pair, weight, similar, np.empty(PARTS, np.uint8))
    _align_reading(words, entries, vocabulary, compared, table, found, scale)
