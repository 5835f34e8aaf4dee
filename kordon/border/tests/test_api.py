"""The machine door: checks and crossings for gates, kiosks and partner systems."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kordon.accounts.commands import enrol_machine
from kordon.accounts.facts import RoleDefined
from kordon.border.api import router
from kordon.border.tests.conftest import zone
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.writing import record, writing

ROBUST = frozenset((*COMMANDS, *QUERIES))


@pytest.fixture
def machine(ada, north):
    """A gate at NORTH, with the rights it needs and mobile control, as it sits at no booth."""
    with writing():
        record(
            RoleDefined(role="gate", title="Gate", description="", rights=tuple(sorted(ROBUST))),
            by=ada,
        )
        made = enrol_machine(
            by=ada,
            machine=uuid4(),
            name="Gate 1",
            agency="BORDER",
            role="gate",
            post="NORTH",
            until=date.today() + timedelta(days=30),
        )
    return Client(headers={"authorization": f"Bearer {made.token}"})


def send(client, method, path, told=None):
    answer = client.generic(
        method, f"/api/v1/{path}", json.dumps(told or {}), content_type="application/json"
    )
    return answer.status_code, json.loads(answer.content)


def scan(client, **changes):
    told = {"check": str(uuid4()), "direction": "entry", "mrz": zone()} | changes
    return send(client, "POST", "checks", told)


def test_a_machine_checks_and_records(machine):
    status, said = scan(machine)
    assert (status, said["may_admit"]) == (200, True)
    assert said["identity"]["surname"] == "ERIKSSON"
    crossing = uuid4()
    told = {"check": said["check"], "decision": "admit", "mobile": True}
    status, recorded = send(machine, "PUT", f"crossings/{crossing}", told)
    assert (status, recorded["status"]) == (200, "admitted")
    assert send(machine, "PUT", f"crossings/{crossing}", told)[1] == recorded
    assert send(machine, "GET", f"crossings/{crossing}") == (200, recorded)
    assert send(machine, "POST", f"crossings/{crossing}/undo")[1]["status"] == "undone"


def test_what_is_no_zone_is_unprocessable(machine):
    assert scan(machine, mrz="nothing")[0] == 422


@pytest.mark.parametrize("mrz", ["\x00", "\ud800"], ids=["nul", "half a pair"])
def test_characters_no_database_keeps_are_unprocessable(machine, mrz):
    told = {"direction": "entry", "mrz": mrz, "typed": {"issuer": "UTO", "number": "1"}}
    assert scan(machine, **told)[0] == 422


def test_a_wrong_date_is_unprocessable(machine):
    assert scan(machine, typed={"birth": "12.08.1974"})[0] == 422


def test_without_a_booth_or_the_right_it_is_refused(machine):
    _, said = scan(machine)
    told = {"check": said["check"], "decision": "admit"}
    status, problem = send(machine, "PUT", f"crossings/{uuid4()}", told)
    assert (status, problem["code"]) == (409, "not_at_booth")


def test_what_is_not_there_is_not_found(machine):
    assert send(machine, "GET", f"crossings/{uuid4()}")[0] == 404
    assert send(machine, "GET", f"checks/{uuid4()}")[0] == 404


def test_nobody_comes_in_without_a_token(north):
    assert scan(Client())[0] == 401


def test_the_description_names_every_right():
    named = {
        operation.openapi_extra["x-right"]
        for path in router.path_operations.values()
        for operation in path.operations
    }
    assert named <= ROBUST
    assert len(named) == 5
