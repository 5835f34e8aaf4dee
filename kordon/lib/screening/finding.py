"""Which vocabulary entries sound like a part of the traveller's name. Compiled.

Loops take the arrays they read, not the whole of `Lists`: passing that costs a microsecond.
"""

from typing import Any

import numpy as np

from .compiled import compiled
from .shape import MOST_FOUND, Bytes, Lists, Numbers, Query, Scratch, Whole
from .similarity import common_prefix, word_similarity
from .weights import LEAST_SIMILAR

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
def _below(word: Bytes, start: Bytes) -> Any:
    """Whether a word sorts before every word that begins with `start`."""
    same = common_prefix(word, start)
    if same == len(start):
        return False
    return same == len(word) or word[same] < start[same]


@compiled
def _words_from(fold: Bytes, fold_at: Numbers, start: Bytes) -> Any:
    """First vocabulary entry not below `start`."""
    low, high = 0, len(fold_at) - 1
    while low < high:
        middle = (low + high) >> 1
        if _below(fold[fold_at[middle] : fold_at[middle + 1]], start):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _filed_under(
    keys: Numbers, key: Numbers, key_entry: Numbers, seen: Numbers, serial: Whole, out: Any
) -> Any:
    """Collect the entries that share any of `keys`, each once; how many."""
    n = 0
    for wanted in keys:
        at = first_at_least(key, wanted, 0, len(key))
        while at < len(key) and key[at] == wanted and n < len(out):
            entry = np.int64(key_entry[at])
            if seen[entry] != serial:
                seen[entry] = serial
                out[n] = entry
                n += 1
            at += 1
    return n


@compiled
def _continuing(
    start: Bytes, fold: Bytes, fold_at: Numbers, seen: Numbers, serial: Whole, out: Any, n: Whole
) -> Any:
    """Append the entries that begin with `start` and were not collected yet."""
    at = _words_from(fold, fold_at, start)
    while at < len(fold_at) - 1 and n < len(out):
        if common_prefix(fold[fold_at[at] : fold_at[at + 1]], start) < len(start):
            break
        if seen[at] != serial:
            seen[at] = serial
            out[n] = at
            n += 1
        at += 1
    return n


@compiled
def _collect(query: Query, part: Whole, lists: Lists, scratch: Scratch) -> Any:
    """Entries worth comparing with one part, into `scratch.wanted`; how many."""
    scratch.serial[0] += np.uint32(1)
    serial = scratch.serial[0]
    keys = query.key[query.key_at[part] : query.key_at[part + 1]]
    n = _filed_under(keys, lists.key, lists.key_entry, scratch.seen, serial, scratch.wanted)
    start = query.fold[query.fold_at[part] : query.fold_at[part + 1]]
    if query.cut and part == len(query.abjad) - 1 and len(start) >= SHORTEST_CUT:
        n = _continuing(start, lists.fold, lists.fold_at, scratch.seen, serial, scratch.wanted, n)
    return n


@compiled
def similarities(
    query: Query, part: Whole, lists: Lists, entries: Any, room: Any, out: Any
) -> None:
    """How well one part of the traveller's name fits each of some vocabulary entries."""
    given = query.fold[query.fold_at[part] : query.fold_at[part + 1]]
    given_abjad = bool(query.abjad[part])
    given_stem = np.int64(query.stem[part])
    cut = query.cut and part == len(query.abjad) - 1
    fold, fold_at, abjad, stem = lists.fold, lists.fold_at, lists.abjad, lists.stem
    for k in range(len(entries)):
        entry = entries[k]
        out[k] = word_similarity(
            given,
            fold[fold_at[entry] : fold_at[entry + 1]],
            given_abjad or bool(abjad[entry]),
            given_stem,
            np.int64(stem[entry]),
            cut,
            room,
        )


@compiled
def find_entries(query: Query, part: Whole, lists: Lists, scratch: Scratch) -> Any:
    """Vocabulary entries similar to one part, into `scratch.found` and `scratch.similar`.

    Returns how many.
    """
    compared = _collect(query, part, lists, scratch)
    wanted, fits = scratch.wanted, scratch.fit[part]
    similarities(query, part, lists, wanted[:compared], scratch.room, fits)
    n = 0
    for k in range(compared):
        if fits[k] >= LEAST_SIMILAR and n < MOST_FOUND:
            scratch.found[n] = wanted[k]
            scratch.similar[n] = fits[k]
            n += 1
    return n
