"""A traveller crossed, or was sent to the second line."""

from datetime import datetime
from uuid import UUID

from kordon.border.facts.values import Identity
from kordon.border.facts.words import Decision, Direction, Purpose, ReferralReason
from kordon.journal.fact import fact


@fact("border.crossing_recorded.v1")
class CrossingRecorded:
    """The decision of the first line about one traveller.

    ``crossed_at`` is when it happened, by the clock of the post: the date it names is the day
    it counts for. The entry's own time is when it was recorded.
    ``check`` is empty for crossings taken over from earlier records. ``findings`` are the
    codes that stood on the screen; the check itself says the rest.
    """

    crossing: UUID
    check: UUID | None
    direction: Direction
    decision: Decision
    crossed_at: datetime
    identity: Identity
    lane: str = ""
    reasons: tuple[ReferralReason, ...] = ()
    findings: tuple[str, ...] = ()
    purpose: Purpose = Purpose.UNSTATED
    plate: str = ""
    note: str = ""
    mobile: bool = False


@fact("border.crossing_undone.v1")
class CrossingUndone:
    """The officer took the decision back within seconds."""

    crossing: UUID
