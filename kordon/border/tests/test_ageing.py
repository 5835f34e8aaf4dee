"""How old what a post knows may be: it says so, then only own citizens pass the first line."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kordon.border import commands
from kordon.border.facts import Decision, Level, ListAsked, Source, SourceState
from kordon.border.queries import first_line_view
from kordon.border.rules.ageing import Knowledge, about_age
from kordon.border.rules.refusals import MustRefer
from kordon.border.tests.conftest import codes, zone
from kordon.border.tests.test_discreet import shown
from kordon.border.words import say_finding, say_source
from kordon.network import scratch, standing
from kordon.network.facts import AgeLimits, PolicySet
from kordon.watchlist.particulars import Category

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
POLICY = PolicySet(
    link=AgeLimits(warn_after_hours=24, second_line_after_hours=72),
    lists=AgeLimits(warn_after_hours=48, second_line_after_hours=96),
)


def found(hours=0.0, *, own=False, lists=(), policy=POLICY, never=False):
    known = Knowledge(
        now=NOW,
        current_at=None if never else NOW - timedelta(hours=hours),
        lists=tuple(ListAsked(name=name, as_of=day) for name, day in lists),
        policy=policy,
    )
    return [(one.code, one.level.value, one.advice) for one in about_age(known, own_citizen=own)]


@pytest.mark.parametrize("hours, said", [(0, []), (24, []), (24.1, ["link_old"])])
def test_a_fresh_post_says_nothing_an_older_one_warns(hours, said):
    assert [code for code, _, _ in found(hours)] == said


def test_past_the_second_age_only_own_citizens_pass():
    assert found(73) == [("link_too_old", "stop", "second_line")]
    assert found(73, own=True) == [("link_old", "look", "ask_headquarters")]


def test_a_post_that_never_heard_anything_is_as_old_as_can_be():
    assert found(never=True) == [("never_heard_too_old", "stop", "second_line")]
    assert found(never=True, own=True) == [("never_heard_old", "look", "ask_headquarters")]


def test_each_list_is_judged_by_its_day():
    lists = [("UN", date(2026, 11, 26)), ("OFAC", date(2026, 11, 23)), ("EU", date(2026, 11, 1))]
    assert found(lists=lists) == [
        ("list_old", "look", "ask_headquarters"),
        ("list_too_old", "stop", "second_line"),
    ]


def test_a_limit_of_zero_is_none():
    never = AgeLimits(warn_after_hours=0, second_line_after_hours=0)
    policy = PolicySet(link=never, lists=never)
    assert found(10_000, lists=[("UN", date(2001, 1, 1))], policy=policy) == []
    assert found(never=True, policy=policy) == []


@pytest.fixture
def at_post(north, settings):
    """``at_post(hours=73)``: this node is a post that heard from headquarters so long ago."""

    def become(hours):
        settings.KORDON_KIND = "post"
        now = timezone.now()
        scratch.note_link(at=now, up=False, current_at=now - timedelta(hours=hours))
        standing.forget_standing()

    yield become
    standing.forget_standing()


def test_on_a_node_of_its_own_nothing_is_ever_too_old(check):
    made = check()
    assert not [one for one in made.fact.findings if one.source is Source.HEADQUARTERS]
    assert not [one for one in made.fact.sources if one.source is Source.HEADQUARTERS]


def test_what_was_known_and_how_old_it_was_is_part_of_the_check(check, at_post):
    at_post(hours=1)
    (said,) = [one for one in check().fact.sources if one.source is Source.HEADQUARTERS]
    assert said.state is SourceState.ANSWERED
    age = timezone.now() - said.lists[0].since
    assert timedelta(minutes=59) < age < timedelta(minutes=70)


def test_a_post_that_never_heard_says_it_was_not_connected(check, at_post, settings):
    settings.KORDON_KIND = "post"
    standing.forget_standing()
    (said,) = [one for one in check().fact.sources if one.source is Source.HEADQUARTERS]
    assert (said.state, said.why) == (SourceState.NOT_CONNECTED, "never_heard")


def test_with_a_warning_the_first_line_still_admits(ada, check, at_post):
    at_post(hours=25)
    made = check()
    assert "link_old" in codes(made)
    row = commands.record_crossing(by=ada, crossing=uuid4(), check=made.id, decision=Decision.ADMIT)
    assert row.status == "admitted"


def test_too_old_nobody_else_is_admitted_and_the_finding_says_why(ada, check, at_post):
    at_post(hours=73)
    made = check()
    assert codes(made)[0] == "link_too_old"
    view = first_line_view(made)
    assert not view["may_admit"]
    assert view["reasons_to_refer"] == ["old_knowledge"]
    said = say_finding(view["findings"][0])
    assert said.text.startswith("Nothing new from headquarters for 73 hours")
    assert "Refer to second line" in said.do
    with pytest.raises(MustRefer):
        commands.record_crossing(by=ada, crossing=uuid4(), check=made.id, decision=Decision.ADMIT)


def test_own_citizens_are_admitted_all_the_same(ada, check, at_post, settings):
    settings.KORDON_STATE = "UTO"
    at_post(hours=73)
    made = check()
    assert "link_old" in codes(made)
    assert first_line_view(made)["may_admit"]
    other = check(mrz=zone(nationality="D", number="C01X00T47"))
    assert not first_line_view(other)["may_admit"]


@pytest.mark.parametrize("hours", [1, 25, 73])
def test_a_discreet_alert_changes_nothing_of_it(check, alert, settings, at_post, hours):
    at_post(hours)
    without = check()
    settings.KORDON_KIND = "standalone"  # where alerts are raised
    alert(Category.DISCREET_CHECK)
    at_post(hours)
    with_match = check()
    assert with_match.fact.matches
    assert not without.fact.matches
    assert ages(with_match) == ages(without)


def ages(row):
    """What the screen says of ages, to the byte."""
    view = first_line_view(row)
    told = [say_finding(one) for one in view["findings"] if one["source"] == "headquarters"]
    lamp = [say_source(one) for one in view["sources"] if one["source"] == "headquarters"]
    return told, lamp, view["may_admit"]


def test_levels_are_stop_or_look():
    assert {Level(level) for _, level, _ in found(73) + found(25)} == {Level.STOP, Level.LOOK}


def test_the_bytes_of_a_check_at_a_post_differ_by_ages_only(check, at_post):
    at_post(hours=1)
    assert shown(check()) == shown(check())
