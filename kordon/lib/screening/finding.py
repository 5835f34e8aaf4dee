"""Which vocabulary entries sound like a part of the traveller's name. Compiled."""

from typing import Any

import numpy as np

from .compiled import compiled
from .shape import Lists, Query, Scratch, Whole
from .similarity import common_prefix, word_similarity
from .weights import LEAST_SIMILAR

MOST_FOUND = 600  # vocabulary entries similar to one part
MOST_PER_KEY = 4000


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
def similar_to(query: Query, part: Whole, lists: Lists, entry: Whole) -> Any:
    """How well one part of the traveller's name fits a vocabulary entry."""
    given = query.fold[query.fold_at[part] : query.fold_at[part + 1]]
    listed = lists.fold[lists.fold_at[entry] : lists.fold_at[entry + 1]]
    return word_similarity(
        given,
        listed,
        bool(query.abjad[part] | lists.abjad[entry]),
        np.int64(query.stem[part]),
        np.int64(lists.stem[entry]),
        query.cut and part == len(query.abjad) - 1,
    )


@compiled
def _compare(
    query: Query,
    part: Whole,
    lists: Lists,
    entry: Whole,
    scratch: Scratch,
    entries: Any,
    similar: Any,
    n: Whole,
) -> Any:
    """Append an entry not yet seen if it is similar enough; the new count."""
    if scratch.seen[entry] == scratch.serial[0] or n >= MOST_FOUND:
        return n
    scratch.seen[entry] = scratch.serial[0]
    s = similar_to(query, part, lists, entry)
    if s < LEAST_SIMILAR:
        return n
    entries[n] = entry
    similar[n] = s
    return n + 1


@compiled
def _begins_below(lists: Lists, entry: Whole, start: Any) -> Any:
    """Whether an entry sorts before every word that begins with `start`."""
    at, end = np.int64(lists.fold_at[entry]), np.int64(lists.fold_at[entry + 1])
    for i in range(len(start)):
        if at + i >= end or lists.fold[at + i] < start[i]:
            return True
        if lists.fold[at + i] > start[i]:
            return False
    return False


@compiled
def _words_beginning(lists: Lists, start: Any) -> Any:
    """First vocabulary entry not below `start`."""
    low, high = 0, len(lists.abjad)
    while low < high:
        middle = (low + high) >> 1
        if _begins_below(lists, middle, start):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _begins_with(lists: Lists, entry: Whole, start: Any) -> Any:
    at, end = np.int64(lists.fold_at[entry]), np.int64(lists.fold_at[entry + 1])
    return common_prefix(lists.fold[at:end], start) == len(start)


@compiled
def find_entries(
    query: Query, part: Whole, lists: Lists, scratch: Scratch, entries: Any, similar: Any
) -> Any:
    """Vocabulary entries similar to one part; returns how many."""
    scratch.serial[0] += np.uint32(1)
    n = 0
    for k in range(query.key_at[part], query.key_at[part + 1]):
        key = query.key[k]
        at = first_at_least(lists.key, key, 0, len(lists.key))
        stop = min(at + MOST_PER_KEY, len(lists.key))
        while at < stop and lists.key[at] == key:
            n = _compare(
                query, part, lists, np.int64(lists.key_entry[at]), scratch, entries, similar, n
            )
            at += 1
    if query.cut and part == len(query.abjad) - 1:
        start = query.fold[query.fold_at[part] : query.fold_at[part + 1]]
        at = _words_beginning(lists, start)
        while len(start) >= 3 and at < len(lists.abjad) and n < MOST_FOUND:
            before = n
            n = _compare(query, part, lists, at, scratch, entries, similar, n)
            at += 1
            if n == before and not _begins_with(lists, at - 1, start):
                break
    return n
