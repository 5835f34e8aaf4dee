"""The search itself. Compiled; no Python objects, no GIL.

1. `finding`: each part of the traveller's name finds the vocabulary entries that sound alike.
2. `gathering`: their rows gather the weights; the best, and those with the very birth date, stay.
3. Here: each of these is scored exactly, over all readings of the listed names (`aligning`).
"""

from typing import Any

import numpy as np

from .aligning import agreement_of, align
from .compiled import compiled, entrance
from .evidence import (
    DOCUMENT,
    LOOK_ALIKE,
    PLACE,
    Marks,
    birth_weight,
    mark_found,
    mark_weight,
    nationality_weight,
    sex_weight,
)
from .finding import NOT_COMPARED, compare_likely, compare_one, draw_up, fetch, find, want_all
from .gathering import choose, gather, highest, lowest, years_about
from .rarity import LEAST_ALIGNED, agreement_weights
from .scale import DIFFERS_FAR, WEAK_ALIAS, Scale
from .shape import (
    MOST_RESULTS,
    UNDATED,
    WEAK,
    Aligned,
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
            compared.band[:found],
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
    draw_up(compared, n)
    for part in range(len(words.abjad)):
        compare_likely(words, part, compared, n, LEAST_ALIGNED)


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
    return total + (fewer - min(agreeing, fewer)) * highest(scale.name[: DIFFERS_FAR + 1])


@compiled
def _align_reading(
    words: Words, entries: Any, vocabulary: Vocabulary, compared: Compared, table: Any,
    aligned: Aligned, scale: Scale,
) -> Any:  # fmt: skip
    """Align one reading; see `align`. Compares the parts that were left out before."""
    for j in range(len(entries)):
        entry = np.int64(entries[j])
        aligned.kind[j] = vocabulary.patronymic[entry]
        at = np.int64(compared.slot[entry])
        fit = compared.fit[at]
        for i in range(len(words.abjad)):
            if fit[i] == NOT_COMPARED:
                fit[i] = compare_one(words, i, compared, at)
            aligned.similar[i, j] = fit[i]
    return align(table, words.patronymic, aligned.kind[: len(entries)], aligned, scale)


@compiled
def _best_reading(
    words: Words, person: Whole, lists: Lists, scratch: Scratch, least: float, scale: Scale
) -> Any:
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
            words, entries, vocabulary, scratch.compared, table, scratch.aligned, scale
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


@entrance
def search(
    words: Words, known: Known, lists: Lists, without: Bytes, scratch: Scratch, scale: Scale,
    floor: float,
) -> Any:  # fmt: skip
    """Score the rows worth it; how many results at or above `floor` stand in `scratch.results`.

    Persons marked in `without` are as if they were not listed.
    """
    n = _choose(words, known, lists, without, scratch, scale, floor)
    return _score(words, known, lists, scratch, n, scale, floor)


@compiled
def _choose(
    words: Words, known: Known, lists: Lists, without: Bytes, scratch: Scratch, scale: Scale,
    floor: float,
) -> Any:  # fmt: skip
    """Choose the rows worth an exact score and compare all parts of their names; how many."""
    rows, chosen = lists.rows, scratch.chosen
    years = years_about(known.born, rows)
    touched = _gather_all(words, lists.vocabulary, rows, scratch, years, scale)
    n = choose(known.born, rows, without, scratch.gathered, touched, floor, chosen.row, scale)
    for k in range(n):
        chosen.person[k] = rows.person[chosen.row[k]]
    _compare_chosen(words, lists.vocabulary, lists.names, chosen.person[:n], scratch.compared)
    return n


@compiled
def _score(
    words: Words, known: Known, lists: Lists, scratch: Scratch, n: Whole, scale: Scale,
    floor: float,
) -> Any:  # fmt: skip
    """Score the n chosen rows; how many reached the floor."""
    chosen, context, results = scratch.chosen, lists.context, 0
    for k in range(n):
        person, row = chosen.person[k], chosen.row[k]
        others = context_weight(known, np.int64(lists.rows.birth[row]), person, context, scale)
        name, reading = _best_reading(words, person, lists, scratch, floor - others, scale)
        if name + others >= floor and reading >= 0:
            results = _put(scratch.results, results, row, reading, name + others)
    return results


@entrance
def explain(
    words: Words, vocabulary: Vocabulary, entries: Numbers, scratch: Scratch, table: Any,
    scale: Scale,
) -> None:  # fmt: skip
    """Fill `scratch.aligned` (see `align`) for the parts of one listed reading."""
    _explain(words, vocabulary, entries, scratch, table, scale)


@compiled
def _explain(
    words: Words, vocabulary: Vocabulary, entries: Numbers, scratch: Scratch, table: Any,
    scale: Scale,
) -> None:  # fmt: skip
    compared = scratch.compared
    compared.serial[0] += np.uint32(1)
    n = want_all(entries, compared, 0)
    fetch(vocabulary, compared, n)
    compared.fit[:n] = NOT_COMPARED
    _align_reading(words, entries, vocabulary, compared, table, scratch.aligned, scale)


@entrance
def marks_in_common(given: Marks, listed: Marks) -> Any:
    """Positions among the given marks of a place, a document, a look-alike listed; or -1."""
    return (
        mark_found(PLACE, given, listed),
        mark_found(DOCUMENT, given, listed),
        mark_found(LOOK_ALIKE, given, listed),
    )
