"""Alarms that are on, and those that were."""

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.network.looking import open_alarms
from kordon.network.models import Alarm

PAST = 50


@query
def list_alarms(*, by: Actor) -> tuple[list[Alarm], list[Alarm]]:
    """Open alarms, those nobody has acknowledged first; and the last that are over."""
    over = Alarm.objects.filter(cleared_at__isnull=False).order_by("-cleared_at", "id")
    return open_alarms(), list(over[:PAST])
