"""Recall at a rate of false alerts: plain numbers in, plain numbers out."""

import math
from collections.abc import Iterable, Sequence

RATES = (0.2, 1.0, 3.0, 10.0, 30.0)
"""Innocent travellers of whom something is shown, per 1,000."""

NOTHING = -math.inf
"""Score of a traveller for whom nothing was found."""


def threshold_for(innocent: Sequence[float], rate: float) -> float:
    """The score above which, strictly, at most `rate` of 1,000 innocents have a candidate."""
    if not innocent:
        raise ValueError("no innocents")
    allowed = int(len(innocent) * rate / 1000 + 1e-9)
    return sorted(innocent, reverse=True)[min(allowed, len(innocent) - 1)]


def share_above(scores: Iterable[float], threshold: float) -> float:
    """Which part of the scores is strictly above; not a number if there are none."""
    held = [score > threshold for score in scores]
    return sum(held) / len(held) if held else math.nan


def deviation(share: float, number: int) -> float:
    """Standard deviation of a share found among `number`."""
    return math.sqrt(share * (1 - share) / number) if number else math.nan


def measurable(number: int, rate: float) -> bool:
    """Whether `number` innocents can show a rate: at least five of them make it up."""
    return number * rate / 1000 >= 5


def named(rate: float) -> str:
    return f"{rate:g}".replace(".", "_")
