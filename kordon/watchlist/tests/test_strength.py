"""What may stop somebody in the booth: never a name alone, whatever else agrees."""

import pytest

from kordon.lib.screening import Candidate, Index, Listing, Person
from kordon.watchlist.calibration import STRONG_SCORE
from kordon.watchlist.matches import Strength, strength_of_candidate

TRAVELLER = Person(
    ("BRYNJOLFSSON SIGTRYGGUR THORVALDUR",), (1980, 5, 6), ("ISL",), "M", False, ("Akureyri",),
    (("ISL", "A1234567"),),
)  # fmt: skip


def candidate(births: tuple[tuple[int, int, int], ...]) -> Candidate:
    """The traveller listed under the very name, place and document, and with these births."""
    listing = Listing(
        "L1", TRAVELLER.names, births, TRAVELLER.nationalities, "M",
        places=TRAVELLER.places, documents=TRAVELLER.documents,
    )  # fmt: skip
    (found,) = Index.build([listing]).search(TRAVELLER)
    assert found.score > STRONG_SCORE
    return found


def strength(births: tuple[tuple[int, int, int], ...], *, low_quality: bool = False) -> Strength:
    return strength_of_candidate(candidate(births), low_quality=low_quality, stops=STRONG_SCORE)


@pytest.mark.parametrize("births", [(), ((1980, 0, 0),), ((1980, 5, 0),), ((1981, 5, 6),)])
def test_without_the_birth_date_nobody_is_stopped_however_much_agrees(births):
    assert strength(births) is Strength.SECOND_LINE


@pytest.mark.parametrize("births", [((1980, 5, 6),), ((1980, 6, 5),)])
def test_with_the_birth_date_somebody_is_stopped(births):
    assert strength(births) is Strength.STOP
    assert strength(births, low_quality=True) is Strength.SECOND_LINE
