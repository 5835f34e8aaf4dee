"""The machine door."""

import json
from uuid import uuid4

import pytest
from django.urls import resolve

from kordon.watchlist.models import Alert

GIVEN = {
    "kind": "person",
    "category": "entry_ban",
    "legal_basis": "Law on Migration, art. 48",
    "case_reference": "BG-2026/117",
    "proportionality": "Two removals within a year; a milder measure has failed.",
    "names": [{"text": "ERIKSSON Anna Maria"}],
    "births": ["1974-08-12"],
    "nationalities": ["D"],
}


@pytest.fixture
def call(rf, settings):
    settings.ROOT_URLCONF = "kordon.watchlist.tests.addresses"

    def ask(actor, method, address, body=None):
        request = rf.generic(
            method, f"/tested-api{address}", json.dumps(body or {}), "application/json"
        )
        request.actor = actor
        found = resolve(request.path)
        answer = found.func(request, *found.args, **found.kwargs)
        return answer.status_code, json.loads(answer.content)

    return ask


def test_an_alert_is_written_read_and_approved(ada, ben, call):
    alert = uuid4()
    status, line = call(ada, "PUT", f"/alerts/{alert}", GIVEN)
    assert (status, line["status"], line["waiting"]) == (200, "pending", "raise")
    assert call(ben, "POST", f"/alerts/{alert}/approve")[1]["status"] == "in_force"
    status, whole = call(ada, "GET", f"/alerts/{alert}")
    assert (whole["births"], whole["nationalities"]) == (["1974-08-12"], ["DEU"])
    assert [deed["by_name"] for deed in whole["history"]] == ["Ada", "Ben"]


def test_a_refusal_has_a_code_and_a_sentence(ada, call):
    alert = uuid4()
    call(ada, "PUT", f"/alerts/{alert}", GIVEN)
    status, refused = call(ada, "POST", f"/alerts/{alert}/approve")
    assert (status, refused["code"]) == (409, "same_officer")


@pytest.mark.parametrize(
    "wrong",
    [
        {"births": ["1974-02-31"]},
        {"births": ["yesterday"]},
        {"names": [{"text": ""}]},
        {"names": [{"text": "A\u0000B"}]},
        {"category": "curiosity"},
        {"sex": "Q"},
    ],
)
def test_what_cannot_be_is_refused(ada, call, wrong):
    assert call(ada, "PUT", f"/alerts/{uuid4()}", GIVEN | wrong)[0] == 422
    assert not Alert.objects.exists()


def test_alerts_are_listed_by_filter(ada, call):
    call(ada, "PUT", f"/alerts/{uuid4()}", GIVEN)
    assert call(ada, "GET", "/alerts?status=pending&text=eriksson")[1]["total"] == 1
    assert call(ada, "GET", "/alerts?status=in_force")[1]["total"] == 0
    assert call(ada, "GET", "/alerts?page=0")[0] == 422


def test_change_extend_withdraw_return(ada, ben, call):
    alert = uuid4()
    call(ada, "PUT", f"/alerts/{alert}", GIVEN)
    returned = call(ben, "POST", f"/alerts/{alert}/return", {"reason": "Which Eriksson?"})
    assert returned[1]["status"] == "returned"
    changed = GIVEN | {"reason": "Mended.", "places": ["Osh"]}
    assert call(ada, "POST", f"/alerts/{alert}/change", changed)[1]["status"] == "pending"
    call(ben, "POST", f"/alerts/{alert}/approve")
    extended = {"review_on": "2020-01-01", "assessment": "Seen again near the border in May."}
    assert call(ada, "POST", f"/alerts/{alert}/extend", extended)[0] == 422
    withdrawn = call(ada, "POST", f"/alerts/{alert}/withdraw", {"reason": "Done."})
    assert withdrawn[1]["waiting"] == "withdraw"


def test_the_age_of_lists_is_told(ada, call):
    assert call(ada, "GET", "/lists")[1][0]["name"] == "own"


def test_somebody_elses_alert_is_not_there(ada, call):
    assert call(ada, "GET", f"/alerts/{uuid4()}") == (
        404,
        {
            "code": "no_such_alert",
            "detail": "There is no such alert, or it belongs to another agency.",
        },
    )
