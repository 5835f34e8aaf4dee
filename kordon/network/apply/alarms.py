"""Alarms that are on, and what became of them."""

from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.network.facts import AlarmAcknowledged, AlarmCleared, AlarmRaised
from kordon.network.models import Alarm


@applies(AlarmRaised)
def alarm_raised(it: AlarmRaised, entry: Entry) -> None:
    Alarm.objects.create(
        id=it.alarm,
        home=entry.node,
        node=it.node[:32],
        code=it.code[:40],
        params=it.params,
        raised_at=entry.at,
    )


@applies(AlarmCleared)
def alarm_cleared(it: AlarmCleared, entry: Entry) -> None:
    Alarm.objects.filter(id=it.alarm).update(cleared_at=entry.at)


@applies(AlarmAcknowledged)
def alarm_acknowledged(it: AlarmAcknowledged, entry: Entry) -> None:
    Alarm.objects.filter(id=it.alarm).update(
        acknowledged_at=entry.at, acknowledged_by_name=entry.by_name, note=it.note
    )
