"""Which vocabulary entries sound like a part of the traveller's name. Compiled."""

from typing import Any

import numpy as np

from .bounding import draw, letters_of, may_reach
from .compiled import compiled
from .rarity import LEAST_SIMILAR, band
from .remembering import is_fading, is_remembered, manner_of, recall, remember, slot_of
from .shape import MOST_FOUND, Bytes, Compared, Numbers, Vocabulary, Whole, Words
from .similarity import LEAST, common_prefix, weight_of, word_similarity

NOT_COMPARED = -1.0  # stands for a similarity that certainly is too low
_A_LITTLE = 1e-3  # similarities are kept as 32-bit floats
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
def fetch(vocabulary: Vocabulary, compared: Compared, n: Whole) -> None:
    """Lay the n wanted entries side by side: they are strewn over the memory."""
    fold, fold_at = vocabulary.fold, vocabulary.fold_at
    for k in range(n):
        entry = compared.wanted[k]
        start = np.int64(fold_at[entry])
        size = min(np.int64(fold_at[entry + 1]) - start, compared.letter.shape[1])
        for j in range(size):
            compared.letter[k, j] = fold[start + j]
        compared.size[k] = size
        compared.abjad[k] = vocabulary.abjad[entry]
        compared.stem[k] = vocabulary.stem[entry]
        compared.weight[k] = weight_of(compared.letter[k, :size])


@compiled
def compare_all(words: Words, part: Whole, compared: Compared, n: Whole, least: float) -> None:
    """Fill `compared.fit[:n, part]`: how well one part given fits each of n fetched entries.

    Entries that fit worse than `least` are not compared to the end and get NOT_COMPARED.
    """
    given = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    weight = weight_of(given)
    for k in range(n):
        _compare(words, part, given, weight, compared, k, least)


@compiled
def compare_likely(words: Words, part: Whole, compared: Compared, n: Whole, least: float) -> None:
    """`compare_all`, where most entries are strangers: their letters alone tell that.

    Of words found under a key in common they seldom do. Letters must be drawn up, see `draw_up`.
    """
    given = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    stem, given_abjad = np.int64(words.stem[part]), bool(words.abjad[part])
    cut = words.cut and part == len(words.abjad) - 1
    draw(given, compared.outline)
    weight = weight_of(given)
    for k in range(n):
        word = compared.letter[k, : compared.size[k]]
        abjad = 1 if given_abjad or compared.abjad[k] else 0
        if may_reach(
            given, stem, cut, word, np.int64(compared.stem[k]), abjad, compared.there[k],
            weight + compared.weight[k], least, compared.outline,
        ):  # fmt: skip
            _compare(words, part, given, weight, compared, k, least)
        else:
            compared.fit[k, part] = NOT_COMPARED


@compiled
def draw_up(compared: Compared, n: Whole) -> None:
    """Note the letters of n fetched entries."""
    for k in range(n):
        compared.there[k] = letters_of(compared.letter[k, : compared.size[k]])


@compiled
def _compare(
    words: Words, part: Whole, given: Bytes, weight: float, compared: Compared, k: Whole,
    least: float,
) -> None:  # fmt: skip
    similar = word_similarity(
        given,
        compared.letter[k, : compared.size[k]],
        bool(words.abjad[part]) or bool(compared.abjad[k]),
        np.int64(words.stem[part]),
        np.int64(compared.stem[k]),
        words.cut and part == len(words.abjad) - 1,
        weight + compared.weight[k],
        least,
        compared.room,
    )
    compared.fit[k, part] = similar if similar > least - _A_LITTLE else NOT_COMPARED


@compiled
def compare_one(words: Words, part: Whole, compared: Compared, k: Whole) -> Any:
    """How well one part given fits the k-th fetched entry."""
    given = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    return word_similarity(
        given,
        compared.letter[k, : compared.size[k]],
        bool(words.abjad[part]) or bool(compared.abjad[k]),
        np.int64(words.stem[part]),
        np.int64(compared.stem[k]),
        words.cut and part == len(words.abjad) - 1,
        weight_of(given) + compared.weight[k],
        LEAST,
        compared.room,
    )


@compiled
def find(words: Words, part: Whole, vocabulary: Vocabulary, compared: Compared) -> Any:
    """Entries similar to one part, into `compared.found` and `compared.band`; how many."""
    given = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    cut = words.cut and part == len(words.abjad) - 1
    manner = manner_of(bool(words.abjad[part]), cut, np.int64(words.stem[part]))
    remembered = compared.remembered
    slot = slot_of(given, manner, len(remembered.size))
    if is_remembered(given, manner, slot, remembered):
        n = recall(slot, remembered, compared.found, compared.band)
        if not is_fading(slot, remembered):
            return n
    else:
        n = _find_anew(words, part, vocabulary, compared)
    remember(given, manner, slot, remembered, compared.found[:n], compared.band[:n])
    return n


@compiled
def _find_anew(words: Words, part: Whole, vocabulary: Vocabulary, compared: Compared) -> Any:
    compared.serial[0] += np.uint32(1)
    keys = words.key[words.key_at[part] : words.key_at[part + 1]]
    wanted = _filed_under(keys, vocabulary.key, vocabulary.key_entry, compared)
    start = words.fold[words.fold_at[part] : words.fold_at[part + 1]]
    if words.cut and part == len(words.abjad) - 1 and len(start) >= SHORTEST_CUT:
        wanted = _continuing(start, vocabulary.fold, vocabulary.fold_at, compared, wanted)
    fetch(vocabulary, compared, wanted)
    compare_all(words, part, compared, wanted, LEAST_SIMILAR)
    n = 0
    for k in range(wanted):
        if compared.fit[k, part] >= LEAST_SIMILAR and n < MOST_FOUND:
            compared.found[n] = compared.wanted[k]
            compared.band[n] = band(compared.fit[k, part])
            n += 1
    return n
