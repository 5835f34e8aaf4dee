"""An alarm about a node goes on, goes off, is seen by somebody."""

from uuid import UUID

from kordon.journal.fact import fact


@fact("network.alarm_raised.v1")
class AlarmRaised:
    """Something is wrong with ``node``. Words are made from ``code`` where it is shown.

    Recorded at headquarters about its posts, and by a post about itself.
    """

    alarm: UUID
    node: str
    code: str
    params: dict[str, str]


@fact("network.alarm_cleared.v1")
class AlarmCleared:
    """It is over."""

    alarm: UUID


@fact("network.alarm_acknowledged.v1")
class AlarmAcknowledged:
    """Somebody has seen it and says what is being done."""

    alarm: UUID
    note: str
