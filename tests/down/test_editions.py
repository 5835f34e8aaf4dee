"""Lists decided on at headquarters are in force at a post; their files come first, whole."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from kordon.border.commands import check_traveller
from kordon.border.facts import Direction, Identity
from kordon.border.rules.presenting import Presentation
from kordon.journal import files
from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.reacting import react
from kordon.measure.direct import DirectLink, exchange
from kordon.measure.nodes import EVERYTHING
from kordon.network.link import LARGEST_PIECE, LinkDown
from kordon.network.scratch import link_state
from kordon.watchlist import commands, queries, screening_index
from kordon.watchlist.lists import KNOWN
from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.particulars import Category, NameGiven, Particulars
from kordon.watchlist.sources import Kind
from kordon.watchlist.tests.conftest import un_list, un_person

LISTED = 2_200
OFFICER = replace(EVERYTHING, post="AKSUU", booth="1")
ANNA = Identity(
    document_type="P",
    issuer="UTO",
    number="L898902C3",
    surname="Eriksson",
    given_names="Anna Maria",
    nationality="UTO",
    birth="1974-08-12",
    expiry="2031-01-01",
)


@pytest.fixture(autouse=True)
def _no_index_of_another_node():
    screening_index.forget()
    yield
    screening_index.forget()


@pytest.fixture
def edition(hq):
    """An edition in force at headquarters, whose records fill several pieces."""
    others = [un_person(f"XXi.{n:05}", name=f"NOBODY{n}") for n in range(1, LISTED)]
    with hq.here():
        made = commands.import_edition(
            by=EVERYTHING,
            edition=uuid4(),
            profile=KNOWN["un"],
            content=un_list(un_person("XXi.00000"), *others, un_person("XXi.00000")),
            filename="un.xml",
        )
        made = commands.approve_edition_at_console(by=EVERYTHING, edition=made.id)
        assert len(files.read_kept(made.records)) > 2 * LARGEST_PIECE
    return made


def in_force():
    return Edition.objects.filter(status="in_force").exists()


def run(post, hq, until=in_force, link=None):
    asyncio.run(exchange(post, hq, until=until, link=link))


class Watched(DirectLink):
    """Notes what is fetched; breaks after some pieces, or alters the first byte of a piece."""

    def __init__(self, hq, post, *, breaks_after=0, alters=lambda number: False):
        super().__init__(hq, post)
        self.breaks_after, self.alters = breaks_after, alters
        self.fetched = []

    async def fetch(self, name, offset):
        if self.breaks_after and len(self.fetched) == self.breaks_after:
            self.cut = True
        if self.cut:
            raise LinkDown("cut")
        piece = await super().fetch(name, offset)
        self.fetched.append((name, offset))
        return b"?" + piece[1:] if self.alters(len(self.fetched)) else piece


def test_an_edition_imported_at_headquarters_finds_a_traveller_at_the_post(hq, aksuu, edition):
    run(aksuu, hq)
    with aksuu.here():
        react()
        assert (aksuu.home / "index" / "current").exists()
        assert Alert.objects.count() == LISTED
        check = check_traveller(
            by=OFFICER,
            check=uuid4(),
            presentation=Presentation(direction=Direction.ENTRY, mrz="", typed=ANNA),
        )
        (match,) = [one for one in check.fact.matches if one.reference == "XXi.00000"]
        assert match.listed_name == "ANNA MARIA ERIKSSON"


def test_only_what_applying_needs_comes_down(hq, aksuu, edition):
    link = Watched(hq, "AKSUU")
    run(aksuu, hq, link=link)
    assert {name for name, _ in link.fetched} == {edition.records}
    with aksuu.here():
        assert not files.is_kept(edition.original)
        read = queries.get_edition(by=EVERYTHING, edition=edition.id)
        assert (read.bad, read.at_headquarters) == ((), True)
    with hq.here():
        read = queries.get_edition(by=EVERYTHING, edition=edition.id)
        assert (len(read.bad), read.at_headquarters) == (1, False)


def test_a_file_goes_on_where_the_line_broke(hq, aksuu, edition):
    first = Watched(hq, "AKSUU", breaks_after=1)
    run(aksuu, hq, until=lambda: first.cut, link=first)
    with aksuu.here():
        assert files.awaited(edition.records) == LARGEST_PIECE
        assert not Edition.objects.exists()
    second = Watched(hq, "AKSUU")
    run(aksuu, hq, link=second)
    assert second.fetched[0] == (edition.records, LARGEST_PIECE)


def test_an_altered_piece_is_refused_and_the_file_fetched_anew(hq, aksuu, edition):
    link = Watched(hq, "AKSUU", alters=lambda number: number == 2)
    run(aksuu, hq, link=link)
    assert [offset for _, offset in link.fetched].count(0) == 2
    with aksuu.here():
        assert Alert.objects.count() == LISTED


def test_a_file_that_is_always_altered_stops_the_list_and_is_said(hq, aksuu, edition):
    link = Watched(hq, "AKSUU", alters=lambda number: True)

    def stopped():
        state = link_state()
        return state is not None and state.stopped == "file_broken"

    run(aksuu, hq, until=stopped, link=link)
    with aksuu.here():
        assert not Edition.objects.exists()
        assert not files.is_kept(edition.records)


def test_an_alert_written_at_headquarters_and_taken_back_there(hq, aksuu):
    it = Particulars(
        kind=Kind.PERSON,
        category=Category.ENTRY_BAN,
        legal_basis="Law on Migration, art. 48",
        case_reference="BG-2026/117",
        proportionality="Two removals within a year; a milder measure has failed.",
        names=(NameGiven("ERIKSSON Anna Maria"),),
        births=((1974, 8, 12),),
        nationalities=("UTO",),
        sex="F",
    )
    alert, second = uuid4(), replace(EVERYTHING, id=uuid4())
    with hq.here():
        commands.raise_alert(by=EVERYTHING, alert=alert, particulars=it)
        commands.approve_alert(by=second, alert=alert)
    run(aksuu, hq, until=lambda: Alert.objects.filter(status="in_force").exists())
    with aksuu.here(), pytest.raises(OnlyAtHeadquarters):
        commands.withdraw_alert(by=second, alert=alert, reason="Lifted.")
    with hq.here():
        commands.withdraw_alert(by=EVERYTHING, alert=alert, reason="Lifted.")
        commands.approve_alert(by=second, alert=alert)
    run(aksuu, hq, until=lambda: Alert.objects.filter(status="withdrawn").exists())
