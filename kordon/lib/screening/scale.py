"""`Weights` in the form kernels read: arrays of whole 64ths, so that sums are exact."""

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .weights import Weights


class Scale(NamedTuple):
    """The weights of one search."""

    birth: NDArray[np.float64]  # by class, see `evidence`
    context: NDArray[np.float64]  # see the places below
    name: NDArray[np.float64]
    written_so: NDArray[np.float64]  # by band of similarity
    neighbours: NDArray[np.float64]
    letters: NDArray[np.float64]  # by step, see `lettering`


# Places in `Scale.context` and `Scale.name`.
(
    NATIONALITY_SAME, NATIONALITY_DIFFERS, SEX_SAME, SEX_DIFFERS, PLACE_SAME, DOCUMENT_SAME,
    DOCUMENT_SIMILAR,
) = range(7)  # fmt: skip
(
    DIFFERS_NEAR, DIFFERS, DIFFERS_FAR, MISSING_GIVEN, MISSING_LISTED, WEAK_ALIAS, INITIAL_AT_MOST,
    OTHER_KIND, INDEPENDENCE, DIFFERS_SLIP, PARTS_FROM, PARTS_BEYOND,
) = range(12)  # fmt: skip


@functools.lru_cache(maxsize=8)
def scale_of(weights: Weights) -> Scale:
    """The arrays of a set of weights."""
    w = weights
    return Scale(
        birth=_in_64ths(
            0.0,
            w.birth_same,
            w.birth_day_month_swapped,
            w.birth_one_digit,
            w.birth_close,
            w.birth_year_month,
            w.birth_year_only,
            w.birth_year_near,
            w.birth_year_apart,
            w.birth_same_year,
            w.birth_differs,
            w.birth_first_january,
            w.birth_two_digits,
            w.birth_year_far,
        ),
        context=_in_64ths(
            w.nationality_same,
            w.nationality_differs,
            w.sex_same,
            w.sex_differs,
            w.place_same,
            w.document_same,
            w.document_similar,
        ),
        name=_in_64ths(
            w.name_part_differs_near,
            w.name_part_differs,
            w.name_part_differs_far,
            w.name_part_missing_given,
            w.name_part_missing_listed,
            w.name_weak_alias,
            w.name_initial_at_most,
            w.name_other_kind,
            w.name_independence,
            w.name_part_differs_slip,
            w.name_parts_from,
            w.name_parts_beyond,
        ),
        written_so=np.array(w.name_written_so),
        neighbours=np.array(w.name_neighbours),
        letters=_in_64ths(*w.name_letters),
    )


def _in_64ths(*weights: float) -> NDArray[np.float64]:
    return np.floor(np.array(weights) * 64.0 + 0.5) / 64.0
