"""Headquarters finds out what is wrong with itself, and says it where people look."""

import os
import time

import pytest
from django.db import OperationalError

from kordon.journal import fulldisk
from kordon.network import duties
from kordon.network.broker import making, wiring
from kordon.network.broker.desk import FULL, LOST
from kordon.network.desk import Headquarters
from kordon.network.models import Alarm
from kordon.network.ourselves import note_store, troubles_of_headquarters
from kordon.network.tests.test_corner import words
from kordon.network.tests.test_metrics import figures, machine, north  # noqa: F401  (fixtures)
from kordon.network.tests.test_nodes_page import PAGE, browser, don  # noqa: F401  (fixtures)

LONG_AGO = time.time() - 3600


@pytest.fixture
def at_hq(settings):
    settings.KORDON_KIND = "hq"
    wiring.folder().mkdir(parents=True, exist_ok=True)
    fulldisk.note_recorded()
    yield
    note_store("")
    fulldisk.forget()
    fulldisk.note_recorded()


def codes():
    """But for the disk of the machine on which this runs."""
    return [one.code for one in troubles_of_headquarters() if one.code != "disk"]


def open_codes():
    alarms = Alarm.objects.filter(cleared_at=None).exclude(code="disk")
    return list(alarms.values_list("code", flat=True))


def test_what_the_desk_finds_others_see(at_hq):
    assert codes() == []
    note_store(FULL)
    assert codes() == ["store_full"]
    note_store("")
    assert codes() == []


def test_a_store_that_is_starting_again_is_no_trouble_yet(at_hq):
    note_store(LOST)
    assert codes() == []
    os.utime(wiring.folder() / "store.lost", (LONG_AGO, LONG_AGO))
    note_store(LOST)
    assert codes() == ["store_lost"]
    note_store(FULL)
    assert codes() == ["store_full"], "one thing at a time"


def test_other_nodes_look_at_nothing_of_it(at_hq, settings):
    note_store(FULL)
    settings.KORDON_KIND = "post"
    assert troubles_of_headquarters() == ()


def test_the_page_of_nodes_says_it_in_both_languages(at_hq, don):  # noqa: F811
    fulldisk.note()
    note_store(FULL)
    seen = words(don.get(PAGE))
    assert "database is full: nothing is recorded here" in seen
    assert "Free room on the disk under the database now." in seen
    assert "store is full: what posts send does not arrive. Free room" in seen
    don.cookies["kordon-language"] = "ru"
    seen = words(don.get(PAGE))
    assert "Диск базы данных центра заполнен" in seen
    assert "Хранилище брокера заполнено" in seen


def test_monitoring_reads_it(at_hq, machine):  # noqa: F811
    note_store(FULL)
    found = figures(machine())
    assert found["kordon_headquarters_trouble", ("store_full",)] == 1


def test_an_alarm_goes_on_and_off_by_itself(at_hq, db):
    note_store(FULL)
    duties.watch_headquarters()
    duties.watch_headquarters()
    assert open_codes() == ["store_full"]
    duties.watch()
    assert open_codes() == ["store_full"], "who looks at the posts says nothing of ourselves"
    note_store("")
    duties.watch_headquarters()
    assert open_codes() == []


def test_what_cannot_be_recorded_is_recorded_when_there_is_room(at_hq, db, monkeypatch):
    def no_room(**_):
        error = OperationalError("could not extend file: No space left on device")
        error.__cause__ = type("Full", (Exception,), {"sqlstate": "53100"})()
        raise error

    fulldisk.note()
    with monkeypatch.context() as full:
        full.setattr(duties, "AlarmRaised", no_room)
        duties.watch_headquarters()
        assert open_codes() == []
        assert fulldisk.full_since(), "and it is still known"
    duties.watch_headquarters()
    assert open_codes() == ["database_full"]
    assert fulldisk.full_since() is None
    duties.watch_headquarters()
    assert open_codes() == []


def test_that_it_was_full_is_recorded_although_others_wrote_first(at_hq, db):
    fulldisk.note()
    fulldisk.forget()
    assert codes() == []
    duties.watch_headquarters()
    assert open_codes() == ["database_full"]
    duties.watch_headquarters()
    assert open_codes() == []
    duties.watch_headquarters()
    assert Alarm.objects.filter(code="database_full").count() == 1


def test_a_broker_of_systemds_is_restarted_by_a_file_that_needs_no_room(at_hq):
    making.make_hub(wiring.folder(), ["localhost"])
    desk = wiring.desk(Headquarters())
    assert desk._broken is not None
    desk._broken()
    assert (wiring.folder() / "hub.stuck").read_bytes() == b""
