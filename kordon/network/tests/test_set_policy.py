"""How old what a post knows may be is set at headquarters and holds at every post."""

import pytest

from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.refusal import NotPermitted
from kordon.measure.nodes import EVERYTHING
from kordon.network.commands import set_policy
from kordon.network.facts import AgeLimits
from kordon.network.queries import get_policy, get_standing
from kordon.network.rules import DEFAULTS, LimitsCrossed
from kordon.network.tests.test_exchange import pull

LINK = AgeLimits(warn_after_hours=2, second_line_after_hours=5)
LISTS = AgeLimits(warn_after_hours=48, second_line_after_hours=0)


def test_the_usual_holds_until_somebody_sets_it(hq):
    with hq.here():
        known = get_policy(by=EVERYTHING)
        assert (known.policy, known.set_by_name) == (DEFAULTS, "")
        assert DEFAULTS.link == AgeLimits(warn_after_hours=24, second_line_after_hours=72)


def test_it_travels_to_every_post(hq, post):
    with hq.here():
        set_policy(by=EVERYTHING, link=LINK, lists=LISTS)
        assert get_policy(by=EVERYTHING).set_by_name == "measure"
    assert pull(post, hq)
    with post.here():
        assert get_standing().policy.link == LINK
        assert get_standing().policy.lists == LISTS


def test_a_post_sets_nothing(post):
    with post.here(), pytest.raises(OnlyAtHeadquarters):
        set_policy(by=EVERYTHING, link=LINK, lists=LISTS)


def test_it_needs_the_right(eve):
    with pytest.raises(NotPermitted):
        set_policy(by=eve, link=LINK, lists=LISTS)


@pytest.mark.parametrize("warn, second", [(0, 5), (6, 5), (-1, 0), (1, 24 * 400)])
def test_a_warning_comes_before_the_second_line(hq, warn, second):
    wrong = AgeLimits(warn_after_hours=warn, second_line_after_hours=second)
    with hq.here(), pytest.raises(LimitsCrossed):
        set_policy(by=EVERYTHING, link=wrong, lists=LISTS)


@pytest.mark.parametrize(
    "hours, step", [(0, ""), (2, ""), (2.01, "old"), (5, "old"), (5.01, "too_old")]
)
def test_which_limit_a_span_has_passed(hours, step):
    assert LINK.passed(hours) == step


def test_a_limit_of_zero_is_none():
    assert AgeLimits(warn_after_hours=0, second_line_after_hours=0).passed(10_000) == ""
    assert LISTS.passed(10_000) == "old"
