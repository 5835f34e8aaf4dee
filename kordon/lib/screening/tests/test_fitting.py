"""Weights fitted on decisions: what they were made of comes out, and what says nothing stays."""

import random
from dataclasses import replace

import pytest

from kordon.lib.screening import WEIGHTS
from kordon.lib.screening.fitting import (
    LEAST_DECISIONS,
    Decision,
    Finding,
    TooFew,
    field_of,
    refit,
)

BIRTHS = ("birth_same", "birth_close", "birth_differs")
NAMES = (2.0, 4.0, 6.0)


def decided(number, truth, seed=1):
    """Candidates with findings as shown under WEIGHTS, judged as the weights in ``truth`` say."""
    chance = random.Random(seed)
    for n in range(number):
        birth, sex = chance.choice(BIRTHS), chance.choice(("sex_same", "sex_differs"))
        names = [chance.choice(NAMES) for _ in range(2)]
        share = truth.name_independence / WEIGHTS.name_independence
        score = getattr(truth, birth) + getattr(truth, sex) + share * sum(names) - 11
        findings = (
            *(Finding("name_similar", weight) for weight in names),
            Finding(birth, getattr(WEIGHTS, birth)),
            Finding(sex, getattr(WEIGHTS, sex)),
        )
        likely = 1 / (1 + 2.718281828**-score)
        yield Decision(f"alert-{n}", chance.random() < likely, findings)


def test_weights_the_decisions_were_made_of_come_out_and_do_better_on_the_others():
    truth = replace(WEIGHTS, version="truth", birth_same=6.0, sex_differs=-1.0)
    made = refit(list(decided(6000, truth)), seed=1, version="fitted-1")
    assert made.new.version == "fitted-1"
    # Only differences between births can be told: the rest is prior odds.
    apart = made.new.birth_same - made.new.birth_close
    assert apart == pytest.approx(truth.birth_same - truth.birth_close, abs=0.7)
    assert made.new.sex_differs - made.new.sex_same == pytest.approx(-1.4375, abs=0.7)
    assert made.after.log_loss < made.before.log_loss
    assert made.after.recall[0.01] >= made.before.recall[0.01]
    assert made.fitted_on + made.held_out == 6000
    assert made.moved()["birth_same"][0] == WEIGHTS.birth_same


def test_weights_that_are_right_already_hardly_move():
    made = refit(list(decided(6000, WEIGHTS)), seed=1, version="fitted-1")
    for name, (old, new) in made.moved().items():
        assert name == "version" or new == pytest.approx(old, abs=0.5)
    assert made.after.log_loss == pytest.approx(made.before.log_loss, abs=0.01)


def test_what_no_decision_shows_stays_as_it_was():
    made = refit(list(decided(2000, WEIGHTS)), seed=1, version="fitted-1")
    assert set(made.moved()) <= {"version", "name_independence", "sex_same", "sex_differs", *BIRTHS}
    assert made.new.birth_year_only == WEIGHTS.birth_year_only


def test_the_same_seed_makes_the_same_fit_and_a_group_stays_in_one_half():
    decisions = list(decided(2000, WEIGHTS))
    one, two = (refit(decisions, seed=7, version="v") for _ in range(2))
    assert one == two
    assert refit(decisions, seed=8, version="v").fitted_on != one.fitted_on
    grouped = [replace(it, group=str(n % 2)) for n, it in enumerate(decisions)]
    splits = {(r.fitted_on, r.held_out) for s in range(40) if (r := attempt(grouped, s))}
    assert splits == {(1000, 1000)}


def attempt(decisions, seed):
    try:
        return refit(decisions, seed=seed, version="v")
    except TooFew:
        return None


@pytest.mark.parametrize("same, other", [(0, 500), (500, 0), (LEAST_DECISIONS, 500)])
def test_too_few_decisions_are_not_fitted(same, other):
    findings = (Finding("birth_same", 9.0),)
    decisions = [Decision(str(n), n < same, findings) for n in range(same + other)]
    with pytest.raises(TooFew):
        refit(decisions, seed=1, version="v")


def test_a_version_that_is_none_is_refused():
    with pytest.raises(ValueError, match="version"):
        refit([], seed=1, version="")


@pytest.mark.parametrize(
    "finding, field",
    [
        (Finding("birth_same", 9.0), "birth_same"),
        (Finding("birth_differs", WEIGHTS.birth_year_apart), "birth_year_apart"),
        (Finding("birth_differs", 7.7), ""),
        (Finding("name_part_differs", WEIGHTS.name_part_differs_far), "name_part_differs_far"),
        (Finding("name_part_missing", -2.0, listed=False), "name_part_missing_given"),
        (Finding("name_part_missing", -0.4, listed=False), "name_part_missing_father_given"),
        (Finding("name_part_missing", -0.6, given=False), "name_part_missing_listed"),
        (Finding("name_part_missing", -0.1, given=False), "name_part_missing_father_listed"),
        (Finding("name_other_script", 5.0), "name_independence"),
        (Finding("name_weak_alias", -2.0), "name_weak_alias"),
        (Finding("birth_unknown", 0.0), ""),
        (Finding("of_another_life", 1.0), ""),
    ],
)
def test_which_weight_a_finding_shows(finding, field):
    assert field_of(finding, WEIGHTS) == field
