"""Alarms go on once, and off by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kordon.journal.models import Entry
from kordon.journal.verifying import verify
from kordon.network import duties, scratch
from kordon.network.desk import Headquarters
from kordon.network.models import Alarm
from kordon.network.rules import Trouble
from kordon.network.tests.test_exchange import push

FINE_DISK = {"disk_free": 50 * 1024**3, "disk_total": 100 * 1024**3}


def report(node, seconds_ago=0.0, **told):
    """As if the node had reported then."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    offset = told.pop("clock_offset_ms", 0)
    scratch.note_told(node.name, FINE_DISK | told, at=at, clock_offset_ms=offset)


def open_codes():
    return sorted(Alarm.objects.filter(cleared_at=None).values_list("node", "code"))


def test_a_silent_post_raises_one_alarm_which_goes_by_itself(hq, post):
    with hq.here():
        report(post, seconds_ago=301)
        duties.watch()
        before = Entry.objects.count()
        duties.watch()
        assert open_codes() == [("AKSUU", "silent")]
        assert Entry.objects.count() == before, "what goes on says nothing again"
        report(post)
        duties.watch()
        assert open_codes() == []
        assert Alarm.objects.get().cleared_at
        assert verify().faults == ()


def test_what_was_wrong_before_the_silence_is_not_taken_for_over(hq, post):
    with hq.here():
        report(post, clock_offset_ms=90_000)
        duties.watch()
        report(post, seconds_ago=301)
        duties.watch()
        assert open_codes() == [("AKSUU", "clock"), ("AKSUU", "silent")]


@pytest.mark.parametrize(
    "told, code",
    [
        ({"clock_offset_ms": -61_000}, "clock"),
        ({"disk_free": 1}, "disk"),
        ({"up": 6_000}, "lag"),
        ({"stopped": "diverged"}, "stopped"),
        ({"lists": [{"title": "UN", "as_of": "2020-01-01"}]}, "list_old"),
    ],
)
def test_what_a_report_tells_becomes_an_alarm(hq, post, told, code):
    with hq.here():
        report(post, **told)
        duties.watch()
        assert open_codes() == [("AKSUU", code)]


def test_a_refused_batch_becomes_an_alarm_and_goes_when_one_is_taken(hq, post):
    with hq.here():
        report(post)
        Headquarters().take(post.name, b"no batch at all")
        duties.watch()
        assert open_codes() == [("AKSUU", "refused")]
        scratch.note_taken(post.name)
        duties.watch()
        assert open_codes() == []


def test_a_post_says_what_is_wrong_with_itself_and_headquarters_hears_it(hq, post):
    with post.here():
        scratch.note_link(at=timezone.now(), stopped="diverged")
        duties.watch()
        duties.watch()
        assert open_codes() == [("AKSUU", "stopped")]
    push(post, hq)
    with hq.here():
        assert open_codes() == [("AKSUU", "stopped")]
        report(post, stopped="diverged")
        duties.watch()
        assert open_codes() == [("AKSUU", "stopped")], "said once, whoever said it"


def test_headquarters_does_not_clear_what_a_post_has_said(hq, post):
    with post.here():
        duties.settle([(post.name, (Trouble(code="disk", level="stop"),))])
    push(post, hq)
    with hq.here():
        report(post)
        duties.watch()
        assert open_codes() == [("AKSUU", "disk")]


def test_a_node_on_its_own_watches_nobody(db):
    duties.watch()
    assert not Alarm.objects.exists()
