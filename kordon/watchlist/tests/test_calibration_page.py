"""The page on which thresholds are seen, proposed, and decided by another person."""

import pytest

from conftest import officer
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import screening
from kordon.watchlist.calibration import DEFAULTS, PERSONS
from kordon.watchlist.models import CalibrationRow
from kordon.watchlist.particulars import Category

PAGE = "/watchlist/thresholds/"


def form(**changes):
    told = {
        f"{name}_{it}": getattr(DEFAULTS[it], name) for it in PERSONS for name in ("looks", "stops")
    }
    return told | {"weights": "", "ground": "As calibrated."} | changes


def test_one_proposes_another_approves(ada, ben, visit):
    assert visit(ada, f"{PAGE}propose", form(stops_arrest="18.5")).status_code == 302
    page = visit(ada, PAGE).content.decode()
    assert "15.0 → 18.5" in page
    assert "Another person decides about it." in page
    row = CalibrationRow.objects.get()
    refused = visit(ada, f"{PAGE}{row.id}/approve", {})
    assert refused.status_code == 422
    assert "Another officer must approve" in refused.content.decode()
    assert visit(ben, f"{PAGE}{row.id}/approve", {}).status_code == 302
    assert screening.calibration_in_force().thresholds[Category.ARREST].stops == 18.5
    assert "As calibrated." in visit(ben, PAGE).content.decode()


def test_it_is_returned_with_a_reason(ada, ben, visit):
    visit(ada, f"{PAGE}propose", form(looks_arrest="11"))
    row = CalibrationRow.objects.get()
    assert visit(ben, f"{PAGE}{row.id}/return", {"reason": ""}).status_code == 422
    assert visit(ben, f"{PAGE}{row.id}/return", {"reason": "Too high."}).status_code == 302
    assert "Too high." in visit(ada, PAGE).content.decode()
    assert screening.calibration_in_force().thresholds == DEFAULTS


@pytest.mark.parametrize(
    "changes",
    [{"stops_arrest": "9"}, {"looks_arrest": "x"}, {"looks_arrest": "1"}, {"ground": ""},
     {"weights": "{}"}, {"stops_arrest": "nan"}],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_what_was_typed(ada, visit, changes):
    answer = visit(ada, f"{PAGE}propose", form(looks_entry_ban="12.5", **changes))
    assert answer.status_code == 422
    assert 'value="12.5"' in answer.content.decode()
    assert not CalibrationRow.objects.exists()


def test_it_needs_the_rights(visit, db):
    nobody = officer("Nobody", 7, lacking="watchlist.list_calibrations")
    with pytest.raises(NotPermitted):
        visit(nobody, PAGE)
    reader = officer("Reader", 8, lacking="watchlist.propose_calibration")
    assert "Propose others" not in visit(reader, PAGE).content.decode()
    with pytest.raises(NotPermitted):
        visit(reader, f"{PAGE}propose", form())
