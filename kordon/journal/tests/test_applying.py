"""Facts are applied in order, and those of many at once before anybody looks."""

import pytest

from kordon.journal.facts import BodiesErased, PersonalDataRead
from kordon.journal.models import PersonalRead
from kordon.journal.writing import APPLIERS, Applied, record, record_many, writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch):
    """Reads and erasures are applied together by one applier, which keeps what it was given."""
    given = []
    together = Applied(lambda run: given.append([what for what, _ in run]), False, True)
    for fact in (PersonalDataRead, BodiesErased):
        monkeypatch.setitem(APPLIERS, fact.kind, together)
    return given


def read(number):
    return PersonalDataRead(query="x.y", about=(), found=number)


def test_a_run_holds_the_facts_in_their_order(ada, runs):
    told = [read(1), BodiesErased(channel="up", first=1, last=1, rule="x"), read(2)]
    with writing():
        record_many((each, ada) for each in told)
    assert runs == [told]


def test_one_fact_is_a_run_of_one(ada, runs):
    with writing():
        record(read(1), by=ada)
    assert runs == [[read(1)]]


def test_who_applies_one_by_one_sees_what_was_to_be_applied_before(ada, runs, monkeypatch):
    seen = []
    alone = Applied(lambda what, entry: seen.append(len(runs)), False)
    monkeypatch.setitem(APPLIERS, BodiesErased.kind, alone)
    with writing():
        told = [read(1), BodiesErased(channel="up", first=1, last=1, rule="x"), read(2)]
        record_many((each, ada) for each in told)
    assert seen == [1]
    assert runs == [[read(1)], [read(2)]]
    assert not PersonalRead.objects.exists()
