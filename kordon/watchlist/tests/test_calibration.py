"""From which score an alert is shown: set by two persons, the same at every post."""

import json
from dataclasses import asdict, replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import officer
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.refusal import NotPermitted
from kordon.lib.screening import WEIGHTS, BirthEvidence, Candidate
from kordon.measure.nodes import EVERYTHING
from kordon.network.tests.conftest import hq, nodes, post  # noqa: F401
from kordon.network.tests.test_exchange import pull
from kordon.watchlist import calibration as rules
from kordon.watchlist import commands, queries, screening
from kordon.watchlist.calibration import DEFAULTS, LOWEST, PERSONS
from kordon.watchlist.facts import Thresholds
from kordon.watchlist.matches import Strength, Traveller, strength_of_candidate
from kordon.watchlist.particulars import Category
from kordon.watchlist.rules import SameOfficer
from kordon.watchlist.tests.conftest import particulars
from kordon.watchlist.tests.test_api import call  # noqa: F401
from kordon.watchlist.tests.test_screen_traveller import screen

HIGH = {Category.ENTRY_BAN: Thresholds(stops=50, looks=10)}
HIGHER = {Category.ENTRY_BAN: Thresholds(stops=50, looks=50)}


def set_(proposing, approving, thresholds, **more):
    id = uuid4()
    more = {"ground": "As calibrated."} | more
    commands.propose_calibration(by=proposing, calibration=id, thresholds=thresholds, **more)
    commands.approve_calibration(by=approving, calibration=id)
    return id


def test_two_persons_set_from_when_an_alert_stops_and_is_looked_at(ada, ben, in_force):
    in_force()
    assert [match.strength for match in screen(ada)] == [Strength.STOP]
    set_(ada, ben, HIGH)
    assert [match.strength for match in screen(ada)] == [Strength.SECOND_LINE]
    set_(ada, ben, HIGHER)
    assert screen(ada) == ()
    set_(ada, ben, {})
    assert [match.strength for match in screen(ada)] == [Strength.STOP]


def test_each_category_has_its_own(ada, ben, in_force):
    in_force(particulars(category=Category.MISSING_ADULT))
    set_(ada, ben, HIGHER)
    assert [match.strength for match in screen(ada)] == [Strength.STOP]


def test_a_lower_threshold_shows_who_was_not_shown(ada, ben, in_force):
    in_force()
    twin = Traveller(surname="ERIKSSON", given_names="", nationality="UTO")
    assert screen(ada, twin) == ()
    set_(ada, ben, {Category.ENTRY_BAN: Thresholds(stops=15, looks=LOWEST)})
    (match,) = screen(ada, twin)
    assert match.strength is Strength.SECOND_LINE


def test_nobody_approves_what_they_proposed(ada, ben):
    id = uuid4()
    commands.propose_calibration(by=ada, calibration=id, thresholds=HIGH, ground="Because.")
    with pytest.raises(SameOfficer):
        commands.approve_calibration(by=ada, calibration=id)
    assert screening.calibration_in_force() == rules.USUAL
    commands.return_calibration(by=ben, calibration=id, reason="Too high.")
    with pytest.raises(rules.NotWaiting):
        commands.approve_calibration(by=ben, calibration=id)
    with pytest.raises(rules.NoSuchCalibration):
        commands.approve_calibration(by=ben, calibration=uuid4())


@pytest.mark.parametrize("right", ["propose_calibration", "approve_calibration"])
def test_it_needs_the_right(db, right):
    nobody = officer("Nobody", 7, lacking=f"watchlist.{right}")
    with pytest.raises(NotPermitted):
        set_(nobody, nobody, HIGH)


@pytest.mark.parametrize(
    "category, stops, looks, refused",
    [
        (Category.ARREST, 9, 10, rules.ThresholdsCrossed),
        (Category.ARREST, 15, 5, rules.ThresholdsCrossed),
        (Category.ARREST, 61, 10, rules.ThresholdsCrossed),
        (Category.ARREST, float("nan"), 10, rules.ThresholdsCrossed),
        (Category.DOCUMENT_LOST, 15, 10, rules.NoThresholds),
    ],
)
def test_thresholds_that_cannot_be_are_refused(ada, category, stops, looks, refused):
    with pytest.raises(refused):
        set_(ada, ada, {category: Thresholds(stops=stops, looks=looks)})


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"version": "x"}', "[" * 9000, "x" * 30_000])
def test_weights_that_are_none_are_refused(ada, text):
    with pytest.raises(rules.BadWeights):
        set_(ada, ada, {}, weights=text)


def test_weights_in_force_score_and_are_named(ada, ben, in_force):
    in_force()
    (before,) = screen(ada)
    weights = replace(WEIGHTS, version="fitted-1", birth_same=5.0)
    set_(ada, ben, {}, weights=json.dumps(asdict(weights)))
    (after,) = screen(ada)
    assert (before.candidate.weights, after.candidate.weights) == (WEIGHTS.version, "fitted-1")
    assert before.candidate.score - after.candidate.score == WEIGHTS.birth_same - 5.0
    set_(ada, ben, {})
    assert screen(ada)[0].candidate == before.candidate


@given(
    score=st.floats(0, 100), stops=st.floats(LOWEST, 60), low=st.booleans(),
    birth=st.sampled_from(BirthEvidence),
)  # fmt: skip
def test_a_listing_with_a_name_only_never_stops_anybody(score, stops, low, birth):
    candidate = Candidate("k", score, (), "Anna", score, birth)
    strength = strength_of_candidate(candidate, low_quality=low, stops=stops)
    if birth not in {BirthEvidence.SAME, BirthEvidence.SWAPPED} or low or score < stops:
        assert strength is Strength.SECOND_LINE
    else:
        assert strength is Strength.STOP


def test_a_listing_with_a_name_only_does_not_stop_at_the_lowest_thresholds(ada, ben, in_force):
    in_force(particulars(births=()), low_quality=True)
    set_(ada, ben, {Category.ENTRY_BAN: Thresholds(stops=LOWEST, looks=LOWEST)})
    assert [match.strength for match in screen(ada)] == [Strength.SECOND_LINE]


def test_every_category_of_persons_has_defaults():
    assert set(DEFAULTS) == set(PERSONS)
    rules.check_calibration(DEFAULTS, "")


def test_it_travels_to_every_post_and_a_post_sets_nothing(hq, post):  # noqa: F811
    with hq.here():
        id = uuid4()
        commands.propose_calibration(
            by=EVERYTHING, calibration=id, thresholds=HIGH, ground="As calibrated."
        )
        other = replace(EVERYTHING, id=uuid4())
        commands.approve_calibration(by=other, calibration=id)
    assert pull(post, hq)
    with post.here():
        assert screening.calibration_in_force().thresholds[Category.ENTRY_BAN].stops == 50
        with pytest.raises(OnlyAtHeadquarters):
            set_(EVERYTHING, EVERYTHING, HIGH)


def test_the_machine_door(ada, ben, call):  # noqa: F811
    id = uuid4()
    given = {"thresholds": {"arrest": {"stops": 16, "looks": 11}}, "ground": "As calibrated."}
    status, told = call(ada, "PUT", f"/calibrations/{id}", given)
    assert (status, told["status"]) == (200, "pending")
    assert call(ada, "POST", f"/calibrations/{id}/approve")[1]["code"] == "same_officer"
    assert call(ben, "POST", f"/calibrations/{id}/approve")[1]["status"] == "in_force"
    assert [it["id"] for it in call(ada, "GET", "/calibrations")[1]] == [str(id)]
    wrong = {"thresholds": {"arrest": {"stops": 1, "looks": 11}}, "ground": "Because."}
    assert call(ada, "PUT", f"/calibrations/{uuid4()}", wrong)[0] == 422
    assert len(queries.list_calibrations(by=ada)) == 1
