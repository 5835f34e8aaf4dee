"""A report is read with suspicion."""

import json
from datetime import date

import pytest

from kordon.network.reporting import tell
from kordon.network.told import MOST_LISTS, Told, read_told

LIST = {"name": "un", "title": "UN list", "as_of": "2026-11-01"}


@pytest.mark.parametrize("told", [None, 7, "x", [], {}, {"heads": 3}, {"lists": {"a": 1}}])
def test_what_is_no_report_says_nothing(told):
    assert read_told(told) == Told()


@pytest.mark.parametrize("value", [-1, 2**60, 1.5, True, "7", None, [1]])
def test_a_number_that_is_none_is_left_out(value):
    told = read_told({"up": value, "disk_free": value, "heads": {"all": value}})
    assert (told.up, told.disk_free, told.heads) == (None, None, {})


def test_lists_are_bounded_and_each_is_looked_at():
    bad = [3, {"title": 3, "as_of": 4}, {"title": "No day", "as_of": "never"}, LIST]
    assert read_told({"lists": bad}).lists == {"UN list": date(2026, 11, 1)}
    many = [LIST | {"title": f"List {n}"} for n in range(MOST_LISTS + 9)]
    assert len(read_told({"lists": many}).lists) == MOST_LISTS


def test_words_are_cut():
    told = read_told({"version": "9" * 400, "stopped": "x" * 400})
    assert (len(told.version), len(told.stopped)) == (40, 40)


def test_what_a_post_tells_is_understood(post):
    with post.here():
        told = read_told(json.loads(tell()))
    assert told.version
    assert told.up == told.acked == 0
    assert told.disk_free <= told.disk_total
    assert told.heads == {"all": 0, f"post-{post.name}": 0}


@pytest.mark.parametrize("value", ["", "never", "2027-01-01", "2027-01-01T00:00:00", 7, None])
def test_an_end_that_cannot_be_compared_is_left_out(value):
    assert read_told({"certificate_until": value}).certificate_until is None
