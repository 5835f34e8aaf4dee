"""From which score an alert is shown, per category, and what findings weigh: what may be set.

Pure. ``DEFAULTS`` hold where two persons have set nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from kordon.journal.refusal import NotFound, Refusal
from kordon.lib.screening import THRESHOLD, WEIGHTS, Weights
from kordon.watchlist.categories import RULES
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources.records import Kind

STRONG_SCORE = 15.0
"""Nats from which a name with the right birth date may stop somebody in the booth."""
LOWEST, HIGHEST = 6.0, 60.0
LONGEST_WEIGHTS = 20_000

PERSONS = tuple(category for category in Category if Kind.PERSON in RULES[category].kinds)
"""Categories of alerts that are found by a name."""

DEFAULTS: Mapping[Category, Thresholds] = {
    category: Thresholds(stops=STRONG_SCORE, looks=THRESHOLD) for category in PERSONS
}


class NoSuchCalibration(NotFound):
    code = "no_such_calibration"


class ThresholdsCrossed(Refusal):
    """What stops somebody must be at least what is worth a look, both within bounds."""

    code = "thresholds_crossed"
    status = 422


class NoThresholds(Refusal):
    """The category is of no person: its alerts are found by number, not by name."""

    code = "no_thresholds"
    status = 422


class BadWeights(Refusal):
    """What should be weights is none."""

    code = "bad_weights"
    status = 422


class NotWaiting(Refusal):
    """It was decided already."""

    code = "nothing_waits"


@dataclass(frozen=True)
class Calibration:
    """What holds: thresholds of every category of persons, and the weights of findings."""

    thresholds: Mapping[Category, Thresholds]
    weights: Weights
    id: UUID | None = None

    @property
    def lowest(self) -> float:
        """No search need look below this."""
        return min(it.looks for it in self.thresholds.values())

    @property
    def weights_text(self) -> str:
        """As ``read_weights`` reads them: "" for those of the house."""
        return "" if self.weights == WEIGHTS else json.dumps(asdict(self.weights))


USUAL = Calibration(DEFAULTS, WEIGHTS)


def check_calibration(thresholds: Mapping[Category, Thresholds], weights: str) -> None:
    """Raises ``ThresholdsCrossed``, ``NoThresholds``, ``BadWeights``."""
    for category, it in thresholds.items():
        if category not in PERSONS:
            raise NoThresholds("Alerts of this category are not found by a name.")
        if not LOWEST <= it.looks <= it.stops <= HIGHEST:
            raise ThresholdsCrossed(
                "What stops a traveller is at least what is worth a look; both are from 6 to 60."
            )
    read_weights(weights)


@lru_cache(maxsize=16)
def read_weights(text: str) -> Weights:
    """Weights as their canonical JSON says, those of the house for "". Raises ``BadWeights``."""
    if not text:
        return WEIGHTS
    try:
        told = json.loads(text) if len(text) <= LONGEST_WEIGHTS else None
        return Weights.read(told if isinstance(told, dict) else {})
    except (ValueError, TypeError, RecursionError) as error:
        raise BadWeights("These are no weights.") from error


@lru_cache(maxsize=16)
def kept_weights(text: str) -> Weights:
    """Weights that were put in force, perhaps under an earlier version of the software: what
    that did not know weighs as usual. A search never fails over them."""
    try:
        told = json.loads(text) if text else {}
        usual = asdict(WEIGHTS)
        return Weights.read(usual | {name: told[name] for name in usual if name in told})
    except (ValueError, TypeError, RecursionError):
        return WEIGHTS


def calibration_of(id: UUID, thresholds: Mapping[str, Any], weights: str) -> Calibration:
    """From a row: what it does not name stays as usual, what is no category any more is left."""
    known = {str(category): category for category in PERSONS}
    set_ = {
        known[name]: Thresholds(stops=it["stops"], looks=it["looks"])
        for name, it in thresholds.items()
        if name in known
    }
    return Calibration({**DEFAULTS, **set_}, kept_weights(weights), id)
