"""The search itself. Compiled; no Python objects, no GIL.

1. `finding`: each part of the traveller's name finds the vocabulary entries that sound alike.
2. `gathering`: their rows gather the weights; the best, and those with the very birth date, stay.
3. Here: each of these is scored exactly, over all readings of the listed names (`aligning`).
"""

from typing import Any

import numpy as np

from .aligning import agreed, agreement_of, align, together, weight_of_name
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
from .joining import join, may_join
from .lettering import weigh_letters
from .rarity import LEAST_ALIGNED, SAME_SOUND, agreement_weights
from .scale import DIFFERS_FAR, DIFFERS_SLIP, WEAK_ALIAS, Scale
from .shape import (
    MOST_RESULTS,
    UNDATED,
    WEAK,
    Bytes,
    Compared,
    Context,
    Known,
    Lists,
    Names,
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
    total, agreeing, joining = 0.0, 0, 0
    parts, letters = len(words.abjad), max(highest(scale.letters), 0.0)
    for i in range(parts):
        best = 0.0
        for j in range(len(entries)):
            entry = entries[j]
            similar = compared.fit[compared.slot[entry], i]
            same_kind = words.patronymic[i] == patronymic[entry]
            weight = agreement_of(table, i, similar, same_kind, scale)
            best = max(best, weight + letters if weight > 0.0 and similar < SAME_SOUND else weight)
        as_one = _joined_at_most(words, i, entries, compared, table)
        best = max(best, as_one)
        total += best
        agreeing += best > 0.0
        joining += as_one > 0.0
    # Whoever stood against either of two joined parts stands alone then.
    fewer = max(min(parts, len(entries)) - 2 * joining, 0)
    conflict = max(highest(scale.name[: DIFFERS_FAR + 1]), scale.name[DIFFERS_SLIP])
    return total + together(total, scale) + (fewer - min(agreeing, fewer)) * conflict


@compiled
def _joined_at_most(words: Words, i: Whole, entries: Any, compared: Compared, table: Any) -> Any:
    """What a part can give at most that may be two neighbours among the listed ones as one word."""
    given = words.fold[words.fold_at[i] : words.fold_at[i + 1]]
    for j in range(len(entries) - 1):
        if may_join(given, compared.slot[entries[j]], compared.slot[entries[j + 1]], compared):
            return highest(table[i])
    return 0.0


@compiled
def _align_reading(
    words: Words, reading: Whole, lists: Lists, scratch: Scratch, table: Any, scale: Scale
) -> Any:
    """Align one reading; see `align`. Compares the parts that were left out before.

    Returns the weight of the name.
    """
    names, compared, aligned = lists.names, scratch.compared, scratch.aligned
    first = np.int64(names.part_at[reading])
    entries = names.part[first : names.part_at[reading + 1]]
    for j in range(len(entries)):
        entry = np.int64(entries[j])
        aligned.kind[j] = lists.vocabulary.patronymic[entry]
        at = np.int64(compared.slot[entry])
        fit = compared.fit[at]
        for i in range(len(words.abjad)):
            if fit[i] == NOT_COMPARED:
                fit[i] = compare_one(words, i, compared, at)
            aligned.similar[i, j] = fit[i]
    align(table, words.patronymic, aligned.kind[: len(entries)], aligned, scale)
    join(words, entries, compared, table, aligned, scale)
    weigh_letters(words, names, first, aligned, scale, compared.room)
    return weight_of_name(aligned.weight, scale)


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
        score = weak + _align_reading(words, reading, lists, scratch, table, scale)
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
    words: Words, reading: Whole, lists: Lists, scratch: Scratch, table: Any, scale: Scale
) -> Any:
    """Fill `scratch.aligned` (see `align`) for one listed reading; what is taken off the sum."""
    return _explain(words, reading, lists, scratch, table, scale)


@compiled
def _explain(
    words: Words, reading: Whole, lists: Lists, scratch: Scratch, table: Any, scale: Scale
) -> Any:
    names, compared = lists.names, scratch.compared
    compared.serial[0] += np.uint32(1)
    n = want_all(names.part[names.part_at[reading] : names.part_at[reading + 1]], compared, 0)
    fetch(lists.vocabulary, compared, n)
    compared.fit[:n] = NOT_COMPARED
    _align_reading(words, reading, lists, scratch, table, scale)
    return together(agreed(scratch.aligned.weight), scale)


@entrance
def marks_in_common(given: Marks, listed: Marks) -> Any:
    """Positions among the given marks of a place, a document, a look-alike listed; or -1."""
    return (
        mark_found(PLACE, given, listed),
        mark_found(DOCUMENT, given, listed),
        mark_found(LOOK_ALIKE, given, listed),
    )
