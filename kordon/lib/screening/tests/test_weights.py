import json
from dataclasses import asdict, replace

import pytest

from kordon.lib.screening import WEIGHTS, Index, Listing, Person, Weights
from kordon.lib.screening.evidence import BIRTH_CLASSES
from kordon.lib.screening.scale import scale_of

LISTED = Listing("L1", ("KARIMOV Rustam",), ((1980, 5, 6),), ("UZB",), "M")
TRAVELLER = Person(("KARIMOV RUSTAM",), (1980, 5, 6), ("UZB",), "M")


def test_a_fitted_set_replaces_the_weights_and_is_named_by_the_candidate():
    fitted = replace(WEIGHTS, version="fitted-1", birth_same=WEIGHTS.birth_same - 0.5)
    before, after = (
        Index.build([LISTED], weights).search(TRAVELLER)[0] for weights in (WEIGHTS, fitted)
    )
    assert after.score == before.score - 0.5
    assert (before.weights, after.weights) == (WEIGHTS.version, "fitted-1")
    assert sum(reason.weight for reason in after.reasons) == after.score


def test_the_same_files_serve_any_weights(tmp_path):
    Index.build([LISTED]).save(tmp_path)
    fitted = replace(WEIGHTS, version="fitted-1", sex_same=0.0)
    (found,) = Index.open(tmp_path, fitted).search(TRAVELLER)
    assert {r.code: r.weight for r in found.reasons}["sex_same"] == 0.0


def test_weights_survive_being_written():
    assert Weights.read(json.loads(json.dumps(asdict(WEIGHTS)))) == WEIGHTS


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_same": "9"},
        {"birth_same": float("nan")},
        {"birth_same": 31.0},
        {"birth_same": True},
        {"birth_same": None},
        {"name_written_so": [0.0]},
        {"version": ""},
        {"version": "v" * 65},
        {"unknown": 1.0},
        {"name_parts_beyond": 1.5},
        {"name_parts_beyond": -0.25},
    ],
)
def test_what_are_no_weights_is_refused(changed):
    with pytest.raises(ValueError, match=r"weigh|version|steps|share"):
        Weights.read({**asdict(WEIGHTS), **changed})


def test_whatever_the_weights_sums_stay_exact():
    odd = scale_of(replace(WEIGHTS, version="odd", birth_same=8.123456, sex_differs=-2.7))
    for array in (odd.birth, odd.context, odd.name):
        assert all((64 * weight).is_integer() for weight in array)


def test_every_class_of_birth_evidence_has_its_weight():
    assert len(scale_of(WEIGHTS).birth) == len(BIRTH_CLASSES)


def test_agreement_outweighs_disagreement():
    order = ("same", "day_month_swapped", "one_digit", "close")
    weights = [getattr(WEIGHTS, f"birth_{kind}") for kind in order]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0 > WEIGHTS.birth_differs
