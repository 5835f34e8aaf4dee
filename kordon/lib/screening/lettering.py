"""How alike two parts are as they are written: beside their sound, a second witness. Compiled.

A typing error may break a sound of two letters and is still one letter; two names that sound
roughly alike share few letters. Latin against Latin only: nothing else is written alike.
"""

from typing import Any

from .compiled import compiled
from .rarity import LEAST_WEIGHT, SAME_SOUND
from .scale import DIFFERS_SLIP, Scale
from .shape import Aligned, Bytes, Names, Whole, Words

LEAST_A_SLIP = 0.6  # share of letters from which parts that differ may be one, written wrong


@compiled
def letters_shared(a: Bytes, b: Bytes, room: Any) -> Any:
    """1 less the letters to change, add or leave out (Levenshtein) per letter of the longer."""
    n, m = len(a), len(b)
    if n == 0 or m == 0:
        return 0.0
    for j in range(m + 1):
        room[0, j] = j
    for i in range(1, n + 1):
        row, above = i & 1, (i - 1) & 1
        room[row, 0] = i
        for j in range(1, m + 1):
            least = room[above, j - 1] + (a[i - 1] != b[j - 1])
            least = min(least, room[above, j] + 1, room[row, j - 1] + 1)
            room[row, j] = least
    return 1.0 - room[n & 1, m] / max(n, m)


@compiled
def _step(shared: float) -> Any:
    """Step of `Weights.name_letters`: below a half, then by tenths."""
    return min(max(int(shared * 10.0 + 1e-6) - 4, 0), 4)


@compiled
def weigh_letters(
    words: Words, names: Names, first: Whole, aligned: Aligned, scale: Scale, room: Any
) -> None:
    """Let the letters speak on the pairs of `aligned`; `first` is the reading's place in `part`.

    Parts of one sound need no second witness; initials and cut words have no letters to compare.
    """
    last = len(words.abjad) - 1
    for i in range(len(words.abjad)):
        j = aligned.pair[i]
        witnessed = aligned.joined[i] or (words.cut and i == last)
        if j < 0 or witnessed or aligned.similar[i, j] >= SAME_SOUND:
            continue
        listed = names.written[first + j]
        a = words.letter[words.letter_at[i] : words.letter_at[i + 1]]
        b = names.letter[names.letter_at[listed] : names.letter_at[listed + 1]]
        if len(a) < 2 or len(b) < 2:
            continue
        shared = letters_shared(a, b, room)
        if aligned.weight[i] > 0.0:
            added = aligned.weight[i] + scale.letters[_step(shared)]
            aligned.weight[i] = max(added, LEAST_WEIGHT)
        elif shared >= LEAST_A_SLIP:
            aligned.weight[i] = max(aligned.weight[i], scale.name[DIFFERS_SLIP])
