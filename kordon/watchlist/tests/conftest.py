"""Officers of two agencies, and alerts on invented people."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import resolve

from conftest import officer
from kordon.watchlist import commands, screening_index
from kordon.watchlist.lists import KNOWN
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


@pytest.fixture
def visit(rf, settings):
    """Open a page, or send its form, as somebody."""
    settings.ROOT_URLCONF = "kordon.watchlist.tests.addresses"
    settings.KORDON_STRIP = []  # the strip belongs to rooms above, and to posts that exist

    def open_page(actor, address, send=None, **query):
        request = rf.get(address, query) if send is None else rf.post(address, send)
        request.actor, request.session = actor, {}
        request._messages = CookieStorage(request)
        found = resolve(request.path)
        return found.func(request, *found.args, **found.kwargs)

    return open_page


UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-04-19T23:00:04.625Z"><INDIVIDUALS>{persons}</INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>9</DATAID><FIRST_NAME>SOCIETY OF NOBODY</FIRST_NAME></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""


def un_person(ref="XXi.001", name="ERIKSSON", born="1974-08-12", more="") -> str:
    return f"""<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANNA MARIA</FIRST_NAME>
<SECOND_NAME>{name}</SECOND_NAME><REFERENCE_NUMBER>{ref}</REFERENCE_NUMBER>
<UN_LIST_TYPE>Utopia</UN_LIST_TYPE><LISTED_ON>2001-02-23</LISTED_ON>
<NATIONALITY><VALUE>Kyrgyzstan</VALUE></NATIONALITY>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>{born}</DATE>
</INDIVIDUAL_DATE_OF_BIRTH>{more}</INDIVIDUAL>"""


def un_list(*persons: str) -> bytes:
    return UN.format(persons="".join(persons)).encode()


@pytest.fixture
def imported(ada):
    """Import an edition of the UN's list; it waits for approval."""

    def make(*persons, **wishes):
        given = {"profile": KNOWN["un"], "content": un_list(*persons), "filename": "un.xml"}
        return commands.import_edition(by=ada, edition=uuid4(), **(given | wishes)).id

    return make
