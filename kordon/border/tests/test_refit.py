"""Decisions of officers as figures to fit weights on, and the command that reports."""

import json
from dataclasses import asdict, replace
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from conftest import officer
from kordon.border.facts import Judgement
from kordon.border.queries import list_judged
from kordon.border.tests.conftest import zone
from kordon.border.tests.test_inspection import judge
from kordon.journal.models import Entry
from kordon.journal.refusal import NotPermitted
from kordon.lib.screening import WEIGHTS, Weights, fitting
from kordon.lib.traveldocs import PartialDate
from kordon.node.management.commands.refit import Command
from kordon.watchlist.commands import approve_calibration, propose_calibration
from kordon.watchlist.particulars import NameGiven

NAMES = ("LINDQVIST", "BERGSTROM", "SODERLUND", "HAGSTROM", "WALLENIUS", "NORDKVIST", "AKERBLOM")


@pytest.fixture
def decide(alert, inspected, ben):
    """An alert on somebody, met by a traveller and judged."""

    def make(surname, judgement):
        at = NAMES.index(surname)
        alert(names=(NameGiven(f"{surname} Anna"),), births=((1950 + 5 * at, 1 + at, 20 + at),))
        born = PartialDate(1950 + 5 * at, 1 + at, 20 + at)
        read = zone(surname=surname, given_names="ANNA", number=f"N{at}", birth=born, sex="X")
        judge(ben, inspected(mrz=read), judgement)

    return make


def test_decisions_are_told_with_findings_and_without_anybodys_name(decide, ben):
    decide("LINDQVIST", Judgement.CONFIRMED)
    decide("BERGSTROM", Judgement.NOT_SAME)
    decide("SODERLUND", Judgement.CANNOT_TELL)
    judged = list_judged(by=ben)
    assert sorted(it.same for it in judged) == [False, True]
    assert {it.weights for it in judged} == {WEIGHTS.version}
    codes = {reason.code for reason in judged[0].reasons}
    assert codes >= {"name_exact", "birth_same"}
    assert {text for it in judged for r in it.reasons for text in (r.given, r.listed)} <= {"x", ""}


def test_it_needs_the_right(north):
    with pytest.raises(NotPermitted):
        list_judged(by=officer("Nobody", 8, lacking="border.list_judged"))


def test_with_too_few_decisions_the_command_says_so(decide):
    decide("LINDQVIST", Judgement.CONFIRMED)
    with pytest.raises(CommandError, match="a fit needs 20 of each"):
        call_command(Command())


def test_the_command_reports_both_sets_and_changes_nothing(decide, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(fitting, "LEAST_DECISIONS", 1)
    for number, name in enumerate(NAMES):
        decide(name, (Judgement.CONFIRMED, Judgement.NOT_SAME)[number % 2])
    before = Entry.objects.count()
    seed = next(seed for seed in range(200) if attempted(seed))
    capsys.readouterr()
    file = tmp_path / "weights.json"
    call_command(Command(), "--json", "--seed", str(seed), "--name", "trial", "--write", str(file))
    told = json.loads(capsys.readouterr().out)
    assert told["fitted_on"] + told["held_out"] == len(NAMES)
    assert (told["old"]["version"], told["new"]["version"]) == (WEIGHTS.version, "trial")
    assert {"log_loss", "recall"} == set(told["before"]) == set(told["after"])
    assert told["shown_with"] == {WEIGHTS.version: len(NAMES)}
    assert Weights.read(json.loads(file.read_text())).version == "trial"
    call_command(Command(), "--seed", str(seed))
    assert "Nothing was changed" in capsys.readouterr().out
    assert Entry.objects.count() == before


def attempted(seed):
    try:
        call_command(Command(), "--json", "--seed", str(seed))
    except CommandError:
        return False
    return True


def test_the_version_of_the_weights_is_recorded_with_a_check_that_met_somebody(
    ada, ben, alert, check
):
    weights = replace(WEIGHTS, version="fitted-1")
    check()
    assert weighed() == []
    alert()
    first = check()
    id = uuid4()
    written = json.dumps(asdict(weights))
    propose_calibration(by=ada, calibration=id, thresholds={}, weights=written, ground="Fitted.")
    approve_calibration(by=ben, calibration=id)
    second = check()
    assert weighed() == [
        {"check": str(first.id), "weights": WEIGHTS.version, "calibration": None},
        {"check": str(second.id), "weights": "fitted-1", "calibration": str(id)},
    ]


def weighed():
    rows = Entry.objects.filter(kind="border.matches_weighed.v1").order_by("id")
    return [json.loads(bytes(row.body.text)) for row in rows]
