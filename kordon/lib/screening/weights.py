"""What the findings weigh: one plain value, cheap to import, that a fitted set may replace.

All weights are log-likelihood ratios in nats: ln P(this finding | the same person) less
ln P(it | another traveller). `WEIGHTS` is the set Kordon comes with. A set re-fitted on confirmed
decisions is `replace(WEIGHTS, version="…", birth_same=…)` or `Weights.read(mapping)`; whoever
keeps a decision keeps `Candidate.weights`, the version under which it was scored.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

LONGEST_VERSION = 64
UTMOST = 30.0  # nats; no single finding is surer than that


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each finding weighs, in nats. Fields of evidence are named as their reasons are.

    Used to the nearest 1/64, so that sums are exact. `name_written_so`: ln P(a part is written
    this differently | same person), ten steps from barely similar to the same sound;
    `name_neighbours`: how many times more people have a part at least that similar.
    `name_letters`: what it adds that few or many of the Latin letters of a similar part are the
    same, five steps; `name_part_differs_slip`: two parts that do not sound alike but are written
    nearly so. Of what all parts agree in, what is above `name_parts_from` nats counts only
    `name_parts_beyond` of it, for the parts of a name go together.
    Raises ValueError for a version that is empty or long, or a weight that is no number in
    -30…30, or a share that is none.
    """

    version: str
    birth_same: float
    birth_day_month_swapped: float
    birth_one_digit: float
    birth_close: float
    birth_year_month: float
    birth_year_only: float
    birth_year_near: float
    birth_year_apart: float
    birth_same_year: float
    birth_differs: float
    birth_first_january: float
    birth_two_digits: float
    birth_year_far: float
    nationality_same: float
    nationality_differs: float
    sex_same: float
    sex_differs: float
    place_same: float
    document_same: float
    document_similar: float
    name_part_differs_near: float
    name_part_differs: float
    name_part_differs_far: float
    name_part_differs_slip: float
    name_part_missing_given: float
    name_part_missing_listed: float
    name_part_missing_father_given: float
    name_part_missing_father_listed: float
    name_weak_alias: float
    name_initial_at_most: float
    name_other_kind: float
    name_independence: float
    name_parts_from: float
    name_parts_beyond: float
    name_letters: tuple[float, ...]
    name_written_so: tuple[float, ...]
    name_neighbours: tuple[float, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.version) <= LONGEST_VERSION:
            raise ValueError(f"a version of 1 to {LONGEST_VERSION} letters names the weights")
        for name, value in asdict(self).items():
            if name != "version":
                _check(name, value)
        if not 0.0 <= self.name_parts_beyond <= 1.0:
            raise ValueError("name_parts_beyond is a share, from 0 to 1")

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """The weights in a mapping as `asdict` writes it (JSON). ValueError if it is none."""
        known = {field.name for field in fields(cls)}
        if set(written) != known:
            raise ValueError(f"weights lack or do not know {sorted(set(written) ^ known)}")
        given: dict[str, Any] = dict(written)
        for name in _STEPS:
            given[name] = tuple(given[name]) if isinstance(given[name], list) else given[name]
        return cls(**given)


_STEPS = {"name_written_so": 10, "name_neighbours": 10, "name_letters": 5}


def _check(name: str, value: Any) -> None:
    numbers = value if isinstance(value, tuple) else (value,)
    utmost = 1000.0 if name == "name_neighbours" else UTMOST
    if len(numbers) != _STEPS.get(name, 1):
        raise ValueError(f"{name} has {len(numbers)} steps, not {_STEPS.get(name, 1)}")
    for number in numbers:
        plain = isinstance(number, int | float) and not isinstance(number, bool)
        if not plain or not -utmost <= number <= utmost:
            raise ValueError(f"{name}: {number!r} is no weight")


WEIGHTS = Weights(
    version="2026-12",
    birth_same=9.75,
    birth_day_month_swapped=6.5,
    birth_one_digit=3.75,
    birth_close=3.75,
    birth_year_month=5.625,
    birth_year_only=3.75,
    birth_year_near=-1.0,
    birth_year_apart=-2.25,
    birth_same_year=-2.0,
    birth_differs=-8.0,
    birth_first_january=8.25,
    birth_two_digits=-1.75,
    birth_year_far=-1.5,
    nationality_same=0.5,
    nationality_differs=-1.125,
    sex_same=0.0625,
    sex_differs=-3.0,
    place_same=1.5,
    document_same=9.0,
    document_similar=5.0,
    name_part_differs_near=-2.75,
    name_part_differs=-3.75,
    name_part_differs_far=-5.5,
    name_part_differs_slip=-0.5,
    name_part_missing_given=-2.25,
    name_part_missing_listed=-0.5,
    name_part_missing_father_given=-0.5,  # lists and passports often lack it
    name_part_missing_father_listed=-0.125,
    name_weak_alias=-2.0,
    name_initial_at_most=1.0,
    name_other_kind=0.45,  # a father's name agreeing with a family's: often a brother
    name_independence=0.86,  # of what a rare part would weigh
    name_parts_from=10.0,
    name_parts_beyond=0.75,
    name_letters=(-2.25, -1.875, -0.75, 0.0, 1.375),
    name_written_so=(-4.2, -4.2, -3.2, -3.2, -2.2, -2.2, -1.4, -0.9, -0.9, 0.0),
    name_neighbours=(60.0, 40.0, 28.0, 18.0, 11.0, 7.0, 4.0, 2.5, 1.6, 1.0),
)
"""The set Kordon comes with (docs/screening.md says how it was chosen)."""
