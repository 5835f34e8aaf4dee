"""Which vocabulary entries sound like a part of the traveller's name. Compiled."""

from typing import Any

import numpy as np

from .compiled import compiled
from .rarity import LEAST_SIMILAR
from .shape import MOST_FOUND, Bytes, Compared, Numbers, Vocabulary, Whole, Words
from .similarity import common_prefix, word_similarity

SHORTEST_CUT = 3  # letters of a cut-off word whose continuations are looked up


@compiled
def first_at_least(ordered: Any, value: Whole, low: Whole, high: Whole) -> Any:
    """Position in `ordered[low:high]` of the first element not below `value`."""
    while low < high:
        middle = (low + high) >> 1
        if ordered[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _first_word_from(fold: Bytes, fold_at: Numbers, start: Bytes) -> Any:
    """First vocabulary entry that does not sort before every word that begins with `start`."""
    low, high = 0, len(fold_at) - 1
    while low < high:
        middle = (low + high) >> 1
        word = fold[fold_at[middle] : fold_at[middle + 1]]
        same = common_prefix(word, start)
        if same < len(start) and (same == len(word) or word[same] < start[same]):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _want(entry: Whole, compared: Compared, n: Whole) -> Any:
    """Give an entry a column unless it has one; the new count. The last column is a dump."""
    if compared.seen[entry] == compared.serial[0]:
        return n
    compared.seen[entry] = compared.serial[0]
    compared.slot[entry] = n
    compared.wanted[n] = entry
    return min(n + 1, len(compared.wanted) - 1)


@compiled
def want_all(entries: Any, compared: Compared, n: Whole) -> Any:
    """`_want` for many."""
    for k in range(len(entries)):
        n = _want(np.int64(entries[k]), compared, n)
    return n


@compiled
def _filed_under(keys: Numbers, key: Numbers, key_entry: Numbers, compared: Compared) -> Any:
    """Want the entries that share any of `keys`; how many."""
    n = 0
    for wanted in keys:
        at = first_at_least(key, wanted, 0, len(key))
        end = at
        while end < len(key) and key[end] == wanted:
            end += 1
        n = want_all(key_entry[at:end], compared, n)
    return n


@compiled
def _continuing(start: Bytes, fold: Bytes, fold_at: Numbers, compared: Compared, n: Whole) -> Any:
    """Want the entries that begin with `start`; the new count."""
    at = _first_word_from(fold, fold_at, start)
    while at < len(fold_at) - 1:
        if common_prefix(fold[fold_at[at] : fold_at[at + 1]], start) < len(start):
            break
        n = _want(at, compared, n)
        at += 1
    return n


@compiled
def compare(
    words: Words, part: Whole, vocabulary: Vocabulary, compared: Compared, n: Whole
) -> None:
    """Fill `compared.fit[part]`: how well one part given fits each of n wanted entries."""
    given = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    given_abjad = bool(words.abjad[part])
    given_stem = np.int64(words.stem[part])
    cut = words.cut and part == len(words.abjad) - 1
    fold, fold_at, abjad, stem = (
        vocabulary.fold,
        vocabulary.fold_at,
        vocabulary.abjad,
        vocabulary.stem,
    )
    wanted, room, fit = compared.wanted, compared.room, compared.fit
    for k in range(n):
        entry = wanted[k]
        fit[part, k] = word_similarity(
            given,
            fold[fold_at[entry] : fold_at[entry + 1]],
            given_abjad or bool(abjad[entry]),
            given_stem,
            np.int64(stem[entry]),
            cut,
            room,
        )


@compiled
def find(words: Words, part: Whole, vocabulary: Vocabulary, compared: Compared) -> Any:
    """Entries similar to one part, into `compared.found` and `compared.similar`; how many."""
    compared.serial[0] += np.uint32(1)
    keys = words.key[words.key_at[part] : words.key_at[part + 1]]
    wanted = _filed_under(keys, vocabulary.key, vocabulary.key_entry, compared)
    start = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    if words.cut and part == len(words.abjad) - 1 and len(start) >= SHORTEST_CUT:
        wanted = _continuing(start, vocabulary.fold, vocabulary.fold_at, compared, wanted)
    compare(words, part, vocabulary, compared, wanted)
    n = 0
    for k in range(wanted):
        if compared.fit[part, k] >= LEAST_SIMILAR and n < MOST_FOUND:
            compared.found[n] = compared.wanted[k]
            compared.similar[n] = compared.fit[part, k]
            n += 1
    return n
