"""What was found for a part of a name is found again for the next who bears it. Compiled.

Half of all parts of travellers' names are borne by somebody else among the last few thousand.
The memory belongs to one thread and one index, which never changes. What was not asked for
longest is forgotten first. Parts are compared whole: no two are ever taken for each other.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .shape import LONGEST_WORD, Bytes, Remembered, Whole


@compiled
def manner_of(abjad: bool, cut: bool, stem: Whole) -> Any:
    """What else decides which words are similar to a part, as one number below 256."""
    return (1 if abjad else 0) | (2 if cut else 0) | (stem & 63) << 2


@compiled
def slot_of(part: Bytes, manner: Whole, slots: Whole) -> Any:
    """Where a part is remembered, if at all (FNV-1a)."""
    mixed = (np.uint64(14695981039346656037) ^ np.uint64(manner)) * np.uint64(1099511628211)
    for letter in part:
        mixed = (mixed ^ np.uint64(letter)) * np.uint64(1099511628211)
    return np.int64((mixed ^ (mixed >> np.uint64(29))) % np.uint64(slots))


@compiled
def is_remembered(part: Bytes, manner: Whole, slot: Whole, remembered: Remembered) -> Any:
    """Whether the slot holds this very part."""
    if remembered.size[slot] != len(part) or remembered.manner[slot] != manner:
        return False
    for k in range(len(part)):
        if remembered.letter[slot, k] != part[k]:
            return False
    return len(part) > 0 and _age(slot, remembered) <= len(remembered.entry)


@compiled
def _age(slot: Whole, remembered: Remembered) -> Any:
    """How many places were written to since what the slot holds."""
    return remembered.used[0] - remembered.start[slot]


@compiled
def is_fading(slot: Whole, remembered: Remembered) -> Any:
    """Whether what the slot holds must be remembered anew lest it be overwritten."""
    return _age(slot, remembered) > len(remembered.entry) // 2


@compiled
def recall(slot: Whole, remembered: Remembered, found: NDArray[np.int64], band: Bytes) -> Any:
    """Write what the slot holds; how many entries."""
    start, n = remembered.start[slot] % len(remembered.entry), np.int64(remembered.many[slot])
    for k in range(n):
        found[k] = remembered.entry[start + k]
        band[k] = remembered.band[start + k]
    return n


@compiled
def remember(
    part: Bytes, manner: Whole, slot: Whole, remembered: Remembered,
    found: NDArray[np.int64], band: Bytes,
) -> None:  # fmt: skip
    """Keep what was found for a part, in place of what the slot held."""
    if len(part) > LONGEST_WORD:
        return
    places, start = len(remembered.entry), remembered.used[0]
    if start % places + len(found) > places:  # what is found for a part stands together
        start += places - start % places
    for k in range(len(found)):
        remembered.entry[start % places + k] = found[k]
        remembered.band[start % places + k] = band[k]
    for k in range(len(part)):
        remembered.letter[slot, k] = part[k]
    remembered.size[slot], remembered.manner[slot] = len(part), manner
    remembered.start[slot], remembered.many[slot] = start, len(found)
    remembered.used[0] = start + len(found)
