"""What is wrong with a node: the pure rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kordon.network.rules import (
    Limits,
    NodeSeen,
    find_own_troubles,
    find_troubles,
    find_troubles_of_headquarters,
    worst_of,
)

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
GIB = 1024**3
WELL = NodeSeen(
    node="AKSUU",
    state="enrolled",
    since=NOW - timedelta(days=9),
    heard_at=NOW - timedelta(seconds=4),
    disk_free=50 * GIB,
    disk_total=100 * GIB,
)


def codes(seen=WELL, limits=None, **changes):
    found = find_troubles(replace(seen, **changes), now=NOW, limits=limits or Limits())
    return [(one.code, one.level) for one in found]


def test_nothing_is_wrong_with_a_node_that_is_well():
    assert codes() == []


@pytest.mark.parametrize(
    "changes, code, level",
    [
        ({"heard_at": NOW - timedelta(seconds=301)}, "silent", "stop"),
        ({"heard_at": None, "since": NOW - timedelta(hours=1)}, "silent", "stop"),
        ({"state": "quarantined"}, "quarantined", "stop"),
        ({"refused": "broken_chain"}, "refused", "stop"),
        ({"stopped": "diverged"}, "stopped", "stop"),
        ({"clock_offset_ms": 60_001}, "clock", "stop"),
        ({"clock_offset_ms": -60_001}, "clock", "stop"),
        ({"disk_free": GIB - 1, "disk_total": 2 * GIB}, "disk", "stop"),
        ({"disk_free": 2 * GIB, "disk_total": 100 * GIB}, "disk", "stop"),
        ({"unsent": 5_001}, "lag", "look"),
        ({"unsent": 1, "unsent_since": NOW - timedelta(seconds=301)}, "lag", "look"),
        ({"behind": 5_001}, "behind", "look"),
        ({"certificate_until": NOW + timedelta(days=59, hours=23)}, "certificate", "look"),
        ({"certificate_until": NOW + timedelta(days=13)}, "certificate", "stop"),
        ({"certificate_until": NOW - timedelta(days=1)}, "certificate", "stop"),
    ],
)
def test_each_thing_that_can_be_wrong(changes, code, level):
    assert codes(**changes) == [(code, level)]


@pytest.mark.parametrize(
    "changes",
    [
        {"heard_at": NOW - timedelta(seconds=300)},
        {"heard_at": None, "since": NOW - timedelta(seconds=10)},
        {"clock_offset_ms": 60_000},
        {"disk_free": GIB, "disk_total": 20 * GIB},
        {"disk_free": None, "disk_total": None},
        {"certificate_until": NOW + timedelta(days=60)},
        {"unsent": 5_000, "unsent_since": NOW - timedelta(seconds=300)},
        {"unsent": 0, "unsent_since": NOW - timedelta(hours=3)},
    ],
)
def test_up_to_its_limit_nothing_is_wrong(changes):
    assert codes(**changes) == []


def test_a_silent_node_has_one_alarm_not_five():
    old = {"heard_at": NOW - timedelta(hours=1), "stopped": "diverged", "disk_free": 1}
    assert codes(**old) == [("silent", "stop")]


def test_what_was_refused_is_said_of_a_silent_node_too():
    assert [code for code, _ in codes(heard_at=None, refused="fork")] == ["refused", "silent"]


@pytest.mark.parametrize("state", ["revoked", "decommissioned"])
def test_nobody_waits_for_a_node_that_is_gone(state):
    assert codes(state=state, heard_at=None, refused="revoked") == []


def test_the_oldest_list_counts_and_only_where_a_limit_is_set():
    lists = {"UN": date(2026, 11, 1), "OFAC": date(2026, 10, 1)}
    assert codes(lists=lists) == []
    assert codes(lists=lists, limits=Limits(list_hours=24 * 60)) == []
    (found,) = find_troubles(replace(WELL, lists=lists), now=NOW, limits=Limits(list_hours=24 * 30))
    assert (found.code, found.params) == ("list_old", {"list": "OFAC", "day": "2026-10-01"})


def test_the_worst_comes_first():
    assert codes(behind=9_999, clock_offset_ms=90_000) == [("clock", "stop"), ("behind", "look")]
    assert worst_of(find_troubles(replace(WELL, behind=9_999), now=NOW)) == "look"
    assert worst_of(()) == "fine"


def test_a_post_judges_itself():
    assert find_own_troubles("", 50 * GIB, 100 * GIB) == ()
    found = find_own_troubles("diverged", 1, 100 * GIB)
    assert [one.code for one in found] == ["stopped", "disk"]


@pytest.mark.parametrize(
    "certificate, authority, found",
    [
        (None, None, []),
        (60, 400, []),
        (59, 399, [("certificate", "look", "59"), ("authority", "look", "399")]),
        (13, 89, [("certificate", "stop", "13"), ("authority", "stop", "89")]),
        (-1, None, [("certificate", "stop", "0")]),
    ],
)
def test_what_is_wrong_with_headquarters_itself(certificate, authority, found):
    left = [None if days is None else timedelta(days=days) for days in (certificate, authority)]
    fine = {"database_full": False, "store": "", "free": 50 * GIB, "total": 100 * GIB}
    troubles = find_troubles_of_headquarters(**fine, certificate=left[0], authority=left[1])
    assert [(one.code, one.level, one.params["days"]) for one in troubles] == found
