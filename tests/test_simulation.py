"""Some simulated schedules of `kordon prove simulation`, and always those that once failed."""

import pytest

from kordon.measure.proofs.simulation import kept_seeds
from kordon.measure.simulation import run, world

SCHEDULES = 60
TOGETHER = 20


@pytest.fixture(scope="module")
def place(django_db_blocker):
    with django_db_blocker.unblock(), world() as made:
        yield made


@pytest.mark.parametrize("first", range(0, SCHEDULES, TOGETHER))
def test_after_every_storm_all_nodes_agree(place, first):
    for seed in range(first, first + TOGETHER):
        outcome = run(*place, seed)
        assert outcome.entries >= 0


@pytest.mark.parametrize("seed", kept_seeds())
def test_a_schedule_that_once_failed_does_not_fail_again(place, seed):
    run(*place, seed)


def test_one_seed_is_one_run(place):
    one, same = run(*place, 7), run(*place, 7)
    assert (one.deeds, one.messages, one.crashes, one.entries, round(one.seconds, 3)) == (
        same.deeds,
        same.messages,
        same.crashes,
        same.entries,
        round(same.seconds, 3),
    )
