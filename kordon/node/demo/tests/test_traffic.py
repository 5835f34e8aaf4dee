"""Ninety days of traffic: in time, in pairs, with the rhythm of a border."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from kordon.node.demo.people import Registry
from kordon.node.demo.rhythm import Window
from kordon.node.demo.traffic import AIR, ROAD, Traffic

NOW = datetime(2026, 11, 22, 15, tzinfo=ZoneInfo("Asia/Almaty"))
COUNT = 6000


@pytest.fixture(scope="module")
def passages():
    return drawn()


def drawn():
    registry = Registry(Random(5), NOW.date())
    return Traffic(registry, Window(NOW - timedelta(days=90), NOW)).passages(COUNT)


def test_the_same_seed_gives_the_same_traffic(passages):
    assert drawn() == passages


def test_nobody_crosses_before_the_window_or_in_the_future(passages):
    assert all(NOW - timedelta(days=90) <= each.at < NOW for each in passages)


def test_it_is_as_much_as_asked_for_and_in_the_order_of_time(passages):
    assert len(passages) == COUNT
    assert [each.at for each in passages] == sorted(each.at for each in passages)


def test_whoever_enters_leaves_before_entering_again(passages):
    ways = defaultdict(list)
    for each in passages:
        ways[each.person.paper].append(each.direction)
    broken = sum(
        one == two for way in ways.values() for one, two in zip(way, way[1:], strict=False)
    )
    assert broken == 0


def test_some_cross_nearly_every_day(passages):
    often = Counter(each.person.paper for each in passages)
    assert max(often.values()) > 40
    assert sum(count == 2 for count in often.values()) > len(often) / 2


def test_nights_on_the_road_are_quiet_and_fridays_are_busy(passages):
    hours = Counter(each.at.hour for each in passages if each.post == ROAD)
    assert hours[8] > 5 * hours[2]
    days = Counter(each.at.weekday() for each in passages)
    assert days[4] > days[1]


def test_both_posts_work_and_about_one_in_seventy_is_referred(passages):
    assert {each.post for each in passages} == {ROAD, AIR}
    assert COUNT * 0.008 < sum(each.referred for each in passages) < COUNT * 0.024
