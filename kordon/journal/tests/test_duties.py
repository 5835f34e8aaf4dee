"""What a node does again and again."""

import pytest

from kordon.journal import duties
from kordon.journal.duties import Duty, Round, duty


@pytest.fixture
def declared(monkeypatch):
    """An empty list of duties, filled by the test."""
    monkeypatch.setattr(duties, "DUTIES", {})
    return duties.DUTIES


@pytest.fixture
def clock():
    class Clock:
        now = 100.0

        def __call__(self):
            return self.now

    return Clock()


def test_each_is_done_at_once_and_then_when_it_is_due(declared, clock):
    done = []
    declared["a"] = Duty(lambda: done.append("a"), 60)
    declared["b"] = Duty(lambda: done.append("b"), 10)
    rounds = Round(clock)
    rounds.do_due()
    rounds.do_due()
    assert done == ["a", "b"]
    clock.now += 10
    rounds.do_due()
    assert done == ["a", "b", "b"]
    clock.now += 50
    rounds.do_due()
    assert done == ["a", "b", "b", "a", "b"]


def test_one_that_fails_holds_up_nobody_and_is_tried_again(declared, clock):
    done = []

    def fails():
        done.append("fails")
        raise ValueError("broken")

    declared["a"] = Duty(fails, 10)
    declared["b"] = Duty(lambda: done.append("b"), 10)
    rounds = Round(clock)
    rounds.do_due()
    assert done == ["fails", "b"]
    clock.now += 10
    rounds.do_due()
    assert done == ["fails", "b", "fails", "b"]


def test_two_duties_of_one_name_are_refused(declared):
    def watch():
        return None

    def other():
        return None

    other.__name__ = "watch"
    duty(every_s=1)(watch)
    duty(every_s=1)(watch)
    with pytest.raises(TypeError):
        duty(every_s=1)(other)


def test_the_house_declares_its_own():
    assert {"accounts.clear_sessions", "network.watch"} <= set(duties.DUTIES)
