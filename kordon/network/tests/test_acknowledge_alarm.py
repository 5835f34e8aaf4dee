"""Somebody has seen an alarm and says what is being done."""

from uuid import uuid4

import pytest

from kordon.journal.refusal import NotFound, NotPermitted
from kordon.measure.nodes import EVERYTHING
from kordon.network import duties
from kordon.network.commands import acknowledge_alarm
from kordon.network.commands.alarms import AlarmIsOver
from kordon.network.models import Alarm
from kordon.network.queries import list_alarms
from kordon.network.rules import Trouble
from kordon.network.rules.alarms import NoteMissing


def raise_alarm(node="AKSUU", code="disk"):
    duties.settle([(node, (Trouble(code=code, level="stop"),))])
    return Alarm.objects.get(node=node, code=code)


@pytest.fixture
def here(hq):
    with hq.here():
        yield hq


def test_it_stays_open_and_says_who_and_what(here):
    row = raise_alarm()
    acknowledge_alarm(by=EVERYTHING, alarm=row.id, note="  The post\nempties its disk. ")
    row.refresh_from_db()
    assert (row.acknowledged_by_name, row.note) == ("measure", "The post empties its disk.")
    assert [one.id for one in list_alarms(by=EVERYTHING)[0]] == [row.id]
    duties.settle([("AKSUU", ())])
    on, over = list_alarms(by=EVERYTHING)
    assert (on, [one.note for one in over]) == ([], ["The post empties its disk."])


def test_those_nobody_has_seen_come_first(here):
    duties.settle([("A", (Trouble(code="disk", level="stop"), Trouble(code="lag", level="look")))])
    first = list_alarms(by=EVERYTHING)[0][0]
    acknowledge_alarm(by=EVERYTHING, alarm=first.id, note="Seen.")
    assert [one.id for one in list_alarms(by=EVERYTHING)[0]][1] == first.id


def test_nobody_acknowledges_twice_or_what_is_over(here):
    row = raise_alarm()
    acknowledge_alarm(by=EVERYTHING, alarm=row.id, note="Seen.")
    with pytest.raises(AlarmIsOver):
        acknowledge_alarm(by=EVERYTHING, alarm=row.id, note="Seen again.")
    other = raise_alarm(node="SARYTAL")
    duties.settle([("SARYTAL", ())])
    with pytest.raises(AlarmIsOver):
        acknowledge_alarm(by=EVERYTHING, alarm=other.id, note="Too late.")


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 501])
def test_it_says_something_short(here, note):
    row = raise_alarm()
    with pytest.raises(NoteMissing):
        acknowledge_alarm(by=EVERYTHING, alarm=row.id, note=note)


def test_there_must_be_such_an_alarm(here):
    with pytest.raises(NotFound):
        acknowledge_alarm(by=EVERYTHING, alarm=uuid4(), note="Seen.")


def test_it_needs_the_right(eve):
    with pytest.raises(NotPermitted):
        acknowledge_alarm(by=eve, alarm=uuid4(), note="Seen.")
