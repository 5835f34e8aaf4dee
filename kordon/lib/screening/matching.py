"""The search itself. Compiled; no Python objects, no GIL.

1. `finding`: each part of the traveller's name finds the vocabulary entries that sound alike.
2. `gathering`: their rows gather the weights; the best, and those with the very birth date, stay.
3. Here: each of these is scored exactly, over all readings of the listed names (`aligning`).
"""

from typing import Any

import numpy as np

from .aligning import align
from .compiled import compiled
from .evidence import birth_weight, nationality_weight, sex_weight
from .finding import compare, find, want_all
from .gathering import PRESELECTED, SAME_DATE, choose, gather, lowest, years_about
from .rarity import agreement_weights
from .scale import WEAK_ALIAS, Scale
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
    """Birth date, nationality, sex of a row's person against the traveller's."""
    first, end = context.nationality_at[person], context.nationality_at[person + 1]
    return (
        birth_weight(known.born, 0 if birth == UNDATED else birth, scale)
        + nationality_weight(known.nationality, context.nationality[first:end], scale)
        + sex_weight(known.sex, np.int64(context.sex[person]), scale)
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
    """Compare every part given with every part of the persons' names."""
    compared.serial[0] += np.uint32(1)
    n = 0
    for person in persons:
        first = names.part_at[names.reading_at[person]]
        end = names.part_at[names.reading_at[person + 1]]
        n = want_all(names.part[first:end], compared, n)
    for part in range(len(words.abjad)):
        compare(words, part, vocabulary, compared, n)


@compiled
def _align_reading(
    given_kind: Bytes, entries: Any, patronymic: Bytes, compared: Compared, table: Any,
    pair: Any, weight: Any, similar: Any, scale: Scale,
) -> Any:  # fmt: skip
    """Align one reading whose parts have been compared; see `align`."""
    kind = np.empty(PARTS, np.uint8)
    for j in range(len(entries)):
        kind[j] = patronymic[entries[j]]
        for i in range(len(given_kind)):
            similar[i, j] = compared.fit[i, compared.slot[entries[j]]]
    return align(table, given_kind, kind[: len(entries)], similar, pair, weight, scale)


@compiled
def _best_reading(
    given_kind: Bytes,
    person: Whole,
    names: Names,
    patronymic: Bytes,
    compared: Compared,
    table: Any,
    scale: Scale,
) -> Any:
    """The reading of a person's names that fits best, and its weight; -1 without names."""
    best, best_reading = -1e9, -1
    pair, weight = np.empty(PARTS, np.int64), np.empty(2 * PARTS)
    similar = np.empty((PARTS, PARTS), np.float32)
    first, end = np.int64(names.reading_at[person]), np.int64(names.reading_at[person + 1])
    for reading in range(first, end):
        entries = names.part[names.part_at[reading] : names.part_at[reading + 1]]
        score = _align_reading(
            given_kind, entries, patronymic, compared, table, pair, weight, similar, scale
        )
        if names.kind[reading] & WEAK:
            score += scale.name[WEAK_ALIAS]
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
    words: Words, known: Known, lists: Lists, scratch: Scratch, scale: Scale, floor: float
) -> Any:
    """Score the rows worth it; how many results at or above `floor` stand in `scratch.results`."""
    vocabulary, rows, names, context = lists.vocabulary, lists.rows, lists.names, lists.context
    years = years_about(known.born, rows)
    touched = _gather_all(words, vocabulary, rows, scratch, years, scale)
    chosen = np.empty(PRESELECTED + 2 * SAME_DATE, np.int64)
    n = choose(known.born, rows.birth, scratch.gathered, touched, floor, chosen, scale)
    persons = rows.person[chosen[:n]]
    _compare_chosen(words, vocabulary, names, persons, scratch.compared)
    results = 0
    for k in range(n):
        person = np.int64(persons[k])
        name, reading = _best_reading(
            words.patronymic,
            person,
            names,
            vocabulary.patronymic,
            scratch.compared,
            scratch.results.table,
            scale,
        )
        born = np.int64(rows.birth[chosen[k]])
        score = name + context_weight(known, born, person, context, scale)
        if score >= floor and reading >= 0:
            results = _put(scratch.results, results, chosen[k], reading, score)
    return results


@compiled
def explain(
    words: Words, vocabulary: Vocabulary, entries: Numbers, compared: Compared, table: Any,
    pair: Any, weight: Any, similar: Any, scale: Scale,
) -> None:  # fmt: skip
    """Fill `pair`, `weight` and `similar` (see `align`) for the parts of one listed reading."""
    compared.serial[0] += np.uint32(1)
    n = want_all(entries, compared, 0)
    for part in range(len(words.abjad)):
        compare(words, part, vocabulary, compared, n)
    _align_reading(
        words.patronymic, entries, vocabulary.patronymic, compared, table, pair, weight, similar,
        scale,
    )  # fmt: skip
