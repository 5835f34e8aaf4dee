"""Hits: what their owner may do when, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kordon.border.rules import refusals as no

OPEN, ACKNOWLEDGED, CLOSED, WITHDRAWN = "open", "acknowledged", "closed", "withdrawn"
DAY = 24 * 60
LONGEST = 90 * DAY
USUAL_DAYS, MOST_DAYS = 30, 365
"""How many days back new alerts are compared, where nobody set it, and at most."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """Minutes from one step to the next: met to judged, told to acknowledged, and on to closed."""

    verify: int
    acknowledge: int
    close: int


_URGENT = Times(verify=30, acknowledge=15, close=4 * 60)
_SAME_DAY = Times(verify=60, acknowledge=60, close=DAY)
_RECORDED = Times(verify=120, acknowledge=DAY, close=7 * DAY)
USUAL: Mapping[str, Times] = {
    "arrest": _URGENT,
    "child_at_risk": _URGENT,
    "missing_child": _URGENT,
    "vulnerable": _URGENT,
    "missing_adult": _SAME_DAY,
    "entry_ban": _SAME_DAY,
    "return_decision": _SAME_DAY,
    "specific_check": _SAME_DAY,
    "inquiry_check": _SAME_DAY,
    "vehicle_seize": _SAME_DAY,
    "document_stolen": _SAME_DAY,
    "document_blank_stolen": _SAME_DAY,
    "document_lost": _RECORDED,
    "document_invalidated": _RECORDED,
    "judicial_summons": _RECORDED,
    "discreet_check": _RECORDED,
    "vehicle_discreet": _RECORDED,
    "agency_notice": _RECORDED,
}
"""What holds for a category until headquarters sets other times."""


class Stage(StrEnum):
    """Who must do what next."""

    VERIFY = "verify"
    """The second line judges the possible match."""
    ACKNOWLEDGE = "acknowledge"
    """The owner says that they have seen it."""
    CLOSE = "close"
    """The owner says what came of it."""
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Due:
    """The next step of a hit and its clock. ``left`` is below nothing where it is overdue."""

    stage: Stage
    at: datetime | None
    left: timedelta | None

    @property
    def overdue(self) -> bool:
        return self.left is not None and self.left < timedelta()


def due(
    *, status: str, reported: datetime, acknowledged: datetime | None, times: Times, now: datetime
) -> Due:
    """The next step of a hit that its owner was told of."""
    if status == OPEN:
        return _by(Stage.ACKNOWLEDGE, reported, times.acknowledge, now)
    if status == ACKNOWLEDGED:
        return _by(Stage.CLOSE, acknowledged or reported, times.close, now)
    return Due(stage=Stage.DONE, at=None, left=None)


def due_for_judging(met: datetime, times: Times, now: datetime) -> Due:
    """A possible match that nobody has judged yet."""
    return _by(Stage.VERIFY, met, times.verify, now)


def _by(stage: Stage, since: datetime, minutes: int, now: datetime) -> Due:
    at = since + timedelta(minutes=minutes)
    return Due(stage=stage, at=at, left=at - now)


def check_times(it: Times) -> None:
    if not all(0 < minutes <= LONGEST for minutes in (it.verify, it.acknowledge, it.close)):
        raise no.TimesImpossible("Each time is at least a minute and at most ninety days.")


def check_may_acknowledge(status: str) -> None:
    if status != OPEN:
        raise no.HitNotOpen("This hit has been acknowledged, or is over.")


def check_may_work(status: str) -> None:
    """Ask, instruct, close: acknowledged first, so that one officer answers for it."""
    if status == OPEN:
        raise no.HitNotAcknowledged("Acknowledge the hit first.")
    if status != ACKNOWLEDGED:
        raise no.HitNotOpen("This hit is over.")


def check_may_tell_post(*, silent: bool) -> None:
    """What leaves no trace at the post is not spoken of there."""
    if silent:
        raise no.LeavesNoTrace("Nothing of this hit may be seen at the post.")


def check_may_answer(answered: bool) -> None:
    if answered:
        raise no.AlreadyAnswered("This has been answered.")
