"""How much it says that a name part agrees: the rarer, the more. Compiled.

An agreement weighs ln(1 / share of people whose part is at least as similar) plus the log of how
often the same person's part is written that differently, shortened because the parts of a name
are not independent. Shares come from the list itself, smoothed by `REFERENCE` imagined
travellers, so that a list of three entries does not make every name common.
"""

from typing import Any

import numpy as np

from .compiled import compiled
from .scale import INDEPENDENCE, INITIAL_AT_MOST, Scale
from .shape import BANDS

# Bands of similarity: 0 from LEAST_SIMILAR, the last is the same fold.
LEAST_SIMILAR = 0.66
SAME_SOUND = 0.999  # similarity of the same fold
LEAST_ALIGNED = 0.62
_BAND_WIDTH = 0.0378
REFERENCE = 20_000.0
_RAREST = 2.7e-5
LEAST_WEIGHT = 0.25
OTHER_KIND_APART = 0.3  # taken from the similarity of a father's and a family's name
BARELY = 0.6


@compiled
def in_64ths(x: float) -> Any:
    """Nearest multiple of 1/64: sums of such numbers are exact."""
    return np.floor(x * 64.0 + 0.5) / 64.0


@compiled
def band(similar: float) -> Any:
    """Band of a similarity."""
    if similar >= SAME_SOUND:
        return BANDS - 1
    return min(max(int((similar - LEAST_SIMILAR) / _BAND_WIDTH), 0), BANDS - 2)


@compiled
def agreement_weights(
    share: float,
    initial: bool,
    people: float,
    carried_at: Any,
    entries: Any,
    bands: Any,
    scale: Scale,
    out: Any,
) -> None:
    """Fill `out[band]` for one part from the vocabulary entries found similar to it,
    which stand in `bands`.

    `share` of all travellers carry the part; `people` are on the list, `carried_at` are the
    offsets of the entries' postings. An `initial` never weighs much.
    """
    out[:] = 0.0
    for k in range(len(entries)):
        entry = entries[k]
        out[bands[k]] += carried_at[entry + 1] - carried_at[entry]
    total = 0.0
    for b in range(BANDS - 1, -1, -1):
        total += out[b]
        alike = (total + REFERENCE * share * scale.neighbours[b]) / (people + REFERENCE)
        weight = -np.log(min(max(alike, _RAREST), 1.0)) + scale.written_so[b]
        out[b] = in_64ths(max(scale.name[INDEPENDENCE] * weight, LEAST_WEIGHT))
        if initial:
            out[b] = min(out[b], scale.name[INITIAL_AT_MOST])
