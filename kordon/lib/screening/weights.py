"""What an agreement or a conflict of name parts weighs, in nats, whole 64ths.

An agreement weighs ln(1 / share of people whose part is at least as similar) plus the log of how
often the same person's part is written that differently, shortened because the parts of a name
are not independent. Shares come from the list itself, smoothed by `REFERENCE` imagined
travellers, so that a list of three entries does not make every name common.
"""

from typing import Any

import numpy as np

from .compiled import compiled
from .shape import BANDS

# Bands of similarity: 0 from LEAST_SIMILAR, the last is the same fold.
LEAST_SIMILAR = 0.66
LEAST_ALIGNED = 0.62
_BAND_WIDTH = 0.0378
REFERENCE = 20_000.0
_RAREST = 2.7e-5
LEAST_WEIGHT = 0.25
_INDEPENDENCE = 0.86

# ln P(written this differently | same person), from the least similar band to the same fold.
_WRITTEN_SO = np.array([-4.2, -4.2, -3.2, -3.2, -2.2, -2.2, -1.4, -0.9, -0.9, 0.0])
# How many times more people have a part at least this similar than the same one, typically.
_NEIGHBOURS = np.array([60.0, 40.0, 28.0, 18.0, 11.0, 7.0, 4.0, 2.5, 1.6, 1.0])

OTHER_KIND = 0.45  # a father's name agreeing with a family's: often a brother, not the person
OTHER_KIND_APART = 0.3  # taken from the similarity of a father's and a family's name
BARELY = 0.6
INITIAL_AT_MOST = 1.0
CONFLICT_NEAR, CONFLICT, CONFLICT_FAR = -2.25, -3.5, -4.75
MISSING_GIVEN, MISSING_LISTED = -0.4375, -0.3125
WEAK_ALIAS = -2.0


@compiled
def in_64ths(x: float) -> Any:
    """Nearest multiple of 1/64: sums of such numbers are exact."""
    return np.floor(x * 64.0 + 0.5) / 64.0


@compiled
def band(similar: float) -> Any:
    """Band of a similarity."""
    if similar >= 0.999:
        return BANDS - 1
    return min(max(int((similar - LEAST_SIMILAR) / _BAND_WIDTH), 0), BANDS - 2)


@compiled
def agreement_weights(
    share: float,
    initial: bool,
    people: float,
    carried_at: Any,
    entries: Any,
    similar: Any,
    out: Any,
) -> None:
    """Fill `out[band]` for one part from the vocabulary entries found similar to it.

    `share` of all travellers carry the part; `people` are on the list, `carried_at` are the
    offsets of the entries' postings. An `initial` never weighs much.
    """
    carried = np.zeros(BANDS)
    for k in range(len(entries)):
        entry = entries[k]
        carried[band(similar[k])] += carried_at[entry + 1] - carried_at[entry]
    total = 0.0
    for b in range(BANDS - 1, -1, -1):
        total += carried[b]
        alike = (total + REFERENCE * share * _NEIGHBOURS[b]) / (people + REFERENCE)
        weight = -np.log(min(max(alike, _RAREST), 1.0)) + _WRITTEN_SO[b]
        out[b] = in_64ths(max(_INDEPENDENCE * weight, LEAST_WEIGHT))
        if initial:
            out[b] = min(out[b], INITIAL_AT_MOST)
