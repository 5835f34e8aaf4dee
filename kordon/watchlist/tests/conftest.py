"""Officers of two agencies, and alerts on invented people."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from conftest import officer
from kordon.watchlist import commands, screening_index
from kordon.watchlist.particulars import Category, DocumentGiven, NameGiven, Particulars
from kordon.watchlist.sources import Kind


def particulars(**changes) -> Particulars:
    """An entry ban on the specimen of Doc 9303."""
    given = {
        "kind": Kind.PERSON,
        "category": Category.ENTRY_BAN,
        "legal_basis": "Law on Migration, art. 48",
        "case_reference": "BG-2026/117",
        "proportionality": "Two removals within a year; a milder measure has failed.",
        "names": (NameGiven("ERIKSSON Anna Maria"),),
        "births": ((1974, 8, 12),),
        "nationalities": ("UTO",),
        "sex": "F",
    }
    return Particulars(**(given | changes))


def document_alert(number="L898902C3", issuer="KGZ", **changes) -> Particulars:
    return particulars(
        kind=Kind.DOCUMENT,
        category=changes.pop("category", Category.DOCUMENT_STOLEN),
        names=(),
        births=(),
        nationalities=(),
        sex="",
        documents=(DocumentGiven(number, issuer),),
        **changes,
    )


def vehicle_alert(plate="01KG123ABC", **changes) -> Particulars:
    category = changes.pop("category", Category.VEHICLE_SEIZE)
    return particulars(
        kind=Kind.VEHICLE, category=category, names=(), births=(), plate=plate, **changes
    )


@pytest.fixture(autouse=True)
def _no_index_of_another_test():
    screening_index.forget()


@pytest.fixture
def cai(db):
    """Cai works at another ministry."""
    return officer("Cai", 4, agency="POLICE", post="", booth="")


@pytest.fixture
def raised(ada):
    """Write an alert; it waits for approval."""

    def make(it=None, **wishes) -> UUID:
        alert = uuid4()
        commands.raise_alert(by=ada, alert=alert, particulars=it or particulars(), **wishes)
        return alert

    return make


@pytest.fixture
def in_force(raised, ben):
    """Write an alert and have it approved."""

    def make(it=None, **wishes) -> UUID:
        alert = raised(it, **wishes)
        commands.approve_alert(by=ben, alert=alert)
        return alert

    return make


@pytest.fixture
def on_day(monkeypatch):
    """Make it another day for everything that asks."""

    def move(day: date) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: day)

    return move
