"""Persons asked about through the machine door, one or many at once."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import resolve

from conftest import officer
from kordon.journal.queries import list_reads
from kordon.journal.refusal import NotPermitted
from kordon.watchlist import queries, screening_api
from kordon.watchlist.enquiries import MOST_PERSONS, Enquiry, TooManyPersons
from kordon.watchlist.pacing import Pace, TooFast
from kordon.watchlist.particulars import Category, DocumentGiven
from kordon.watchlist.tests.conftest import document_alert, particulars

ANNA = {"ref": "1", "surname": "Eriksson", "given_names": "Anna Maria", "born": "1974-08-12"}
NOBODY = {"ref": "2", "names": ["Шамиль Исматов"], "born": "1960"}


@pytest.fixture(autouse=True)
def _a_pace_of_its_own(monkeypatch):
    monkeypatch.setattr(screening_api, "pace", Pace(1000))


@pytest.fixture
def ask(rf, settings):
    settings.ROOT_URLCONF = "kordon.watchlist.tests.addresses"

    def send(actor, *persons, body=None):
        body = json.dumps({"persons": persons} if body is None else body)
        request = rf.generic("POST", "/tested-api/screen", body, "application/json")
        request.actor = actor
        found = resolve(request.path)
        answer = found.func(request, *found.args, **found.kwargs)
        return answer.status_code, json.loads(answer.content)

    return send


def machine(agency, *rights):
    """A machine of an agency with nothing but the right to screen, and ``rights``."""
    rights = frozenset({"watchlist.screen_persons", *rights})
    return replace(officer("Gate", 9, agency=agency, post="", booth=""), rights=rights)


def test_a_document_speaks_for_a_name_as_it_does_in_the_booth(in_force, ask):
    in_force(particulars(documents=(DocumentGiven("L898902C3", "UTO"),)))
    held = {"documents": [{"number": "L898902C3", "issuer": "UTO"}]}
    _, told = ask(machine("BORDER", "watchlist.list_alerts"), ANNA, ANNA | held)
    codes = [
        {reason["code"] for match in person["matches"] for reason in match["reasons"]}
        for person in told["persons"]
    ]
    assert ["document_same" in each for each in codes] == [False, True]


def test_each_person_is_answered_in_order_with_reasons(in_force, ask):
    alert = in_force()
    owner = machine("BORDER", "watchlist.list_alerts")
    status, told = ask(owner, NOBODY, ANNA)
    assert status == 200
    assert [person["ref"] for person in told["persons"]] == ["2", "1"]
    nobody, anna = told["persons"]
    assert nobody["matches"] == []
    (match,) = anna["matches"]
    assert (match["alert"], match["strength"], match["owner"]) == (str(alert), "stop", "BORDER")
    total = sum(reason["weight"] for reason in match["reasons"])
    assert match["score"] == pytest.approx(total, abs=0.01)
    assert told["lists"][0]["name"] == "own"


def test_a_document_is_looked_up_beside_the_name(in_force, ask):
    in_force()
    stolen = in_force(document_alert("AC1234567"))
    asked = ANNA | {"documents": [{"number": "ac 1234567", "issuer": "KGZ"}]}
    matches = ask(machine("BORDER"), asked)[1]["persons"][0]["matches"]
    assert [match["by"] for match in matches] == ["name", "document"]
    assert matches[1]["alert"] == str(stolen)
    only = {"documents": [{"number": "AC1234567", "issuer": "KGZ"}]}
    assert len(ask(machine("BORDER"), only)[1]["persons"][0]["matches"]) == 1


def test_another_agency_reads_words_and_no_weights(in_force, ask):
    in_force(particulars(instructions="Call Ben."))
    (match,) = ask(machine("POLICE", "watchlist.list_alerts"), ANNA)[1]["persons"][0]["matches"]
    assert match["category"] == "entry_ban"
    assert match["reasons"][0]["text"]
    hidden = ("score", "owner", "reference", "instructions", "low_quality", "source")
    assert {match[name] for name in hidden} == {None}
    assert {reason["weight"] for reason in match["reasons"]} == {None}


@pytest.mark.parametrize("category", [Category.ARREST, Category.INQUIRY_CHECK])
def test_of_what_the_first_line_only_refers_another_agency_learns_no_more(category, in_force, ask):
    in_force(particulars(category=category))
    (match,) = ask(machine("POLICE"), ANNA)[1]["persons"][0]["matches"]
    told = {name for name, value in match.items() if value not in (None, [])}
    assert told == {"kind", "shown", "strength", "by"}


@pytest.mark.parametrize(
    "agency, rights, seen",
    [
        ("BORDER", ["watchlist.list_alerts"], 1),
        ("BORDER", [], 0),
        ("POLICE", ["watchlist.list_alerts"], 0),
        ("POLICE", ["watchlist.see_all_alerts"], 1),
        ("", ["watchlist.list_alerts"], 0),
    ],
)
def test_a_discreet_alert_is_there_only_for_who_may_see_it(agency, rights, seen, in_force, ask):
    in_force(particulars(category=Category.DISCREET_CHECK))
    told = ask(machine(agency, *rights), ANNA)[1]
    assert len(told["persons"][0]["matches"]) == seen
    nothing = ask(machine(agency), NOBODY | {"ref": "1"})[1]
    if not seen:
        assert told == nothing


def test_who_asked_about_how_many_and_what_was_found_is_logged_first(in_force, ask, ada):
    alert = in_force(particulars(category=Category.DISCREET_CHECK))
    ask(machine("POLICE"), ANNA, NOBODY)
    line = list_reads(by=ada).first()
    assert line.query == "watchlist.screen_persons"
    assert line.about == ["persons:2", f"alert:{alert}"]
    assert line.found == 1


def test_if_the_log_cannot_be_written_nothing_is_answered(in_force, ask, monkeypatch):
    in_force()

    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("kordon.journal.command.record", full)
    with pytest.raises(OSError, match="disk is full"):
        queries.screen_persons(by=machine("BORDER"), enquiries=(Enquiry(names=("Anna",)),))


def test_nobody_asks_without_the_right(in_force, ask, eve):
    in_force()
    assert ask(eve, ANNA)[0] == 403
    with pytest.raises(NotPermitted):
        queries.screen_persons(by=eve, enquiries=())


def test_more_than_one_request_may_hold_are_refused(ask):
    status, _ = ask(machine("BORDER"), *[NOBODY] * (MOST_PERSONS + 1))
    assert status == 422
    enquiries = (Enquiry(names=("Anna",)),) * (MOST_PERSONS + 1)
    with pytest.raises(TooManyPersons):
        queries.screen_persons(by=machine("BORDER"), enquiries=enquiries)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"names": ["  "]},
        {"names": ["A"] * 11},
        {"names": ["A" * 301]},
        {"names": ["A\u0000B"]},
        {"names": "Anna"},
        {"surname": "Eriksson", "born": "1974-02-31"},
        {"surname": "Eriksson", "born": "12.08.1974"},
        {"surname": "Eriksson", "sex": "Q"},
        {"surname": "Eriksson", "nationalities": ["Sweden"]},
        {"documents": [{"number": ""}]},
        {"surname": "Eriksson", "ref": "x" * 101},
    ],
)
def test_what_cannot_be_asked_is_refused(wrong, ask):
    assert ask(machine("BORDER"), wrong)[0] == 422
    assert ask(machine("BORDER"))[0] == 422


@pytest.mark.django_db
def test_who_asks_too_fast_is_told_to_wait(ask, monkeypatch):
    monkeypatch.setattr(screening_api, "pace", Pace(3))
    assert ask(machine("BORDER"), NOBODY, NOBODY)[0] == 200
    status, refused = ask(machine("BORDER"), NOBODY, NOBODY)
    assert (status, refused["code"]) == (429, "too_fast")
    assert ask(machine("BORDER"), NOBODY)[0] == 200


def test_persons_are_regained_with_time_and_others_have_their_own():
    pace, one, other = Pace(60), uuid4(), uuid4()
    pace.take(one, 60, now=100.0)
    pace.take(other, 60, now=100.0)
    with pytest.raises(TooFast, match="10 s"):
        pace.take(one, 15, now=105.0)
    pace.take(one, 15, now=115.0)
    with pytest.raises(TooFast):
        pace.take(one, 61, now=10_000.0)
