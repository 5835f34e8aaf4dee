"""Acknowledging an alarm."""

from uuid import UUID

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.refusal import NotFound, Refusal
from kordon.journal.writing import record
from kordon.network.facts import AlarmAcknowledged
from kordon.network.models import Alarm
from kordon.network.rules.alarms import check_note


class AlarmIsOver(Refusal):
    """It went off by itself, or somebody else acknowledged it first."""

    code = "alarm_is_over"


@command
def acknowledge_alarm(*, by: Actor, alarm: UUID, note: str) -> None:
    """Say that one has seen it and what is being done. It stays open until it is over.

    Raises ``NotFound``, ``AlarmIsOver``, ``NoteMissing``.
    """
    row = Alarm.objects.filter(pk=alarm).first()
    if row is None:
        raise NotFound("There is no such alarm.")
    if row.cleared_at is not None or row.acknowledged_at is not None:
        raise AlarmIsOver("This alarm is over, or somebody has acknowledged it.")
    record(AlarmAcknowledged(alarm=alarm, note=check_note(note)), by=by)
