"""A node that is a post: what its pages show, what it refuses, and how long it does alone."""

import io
from contextlib import redirect_stderr
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kordon.accounts import actors, commands
from kordon.accounts.facts import LaneClass, LaneDirection
from kordon.accounts.models import Lane, Person, SignIn
from kordon.border.commands import check_traveller
from kordon.border.facts import Direction, Identity, Source, SourceState
from kordon.border.rules.presenting import Presentation
from kordon.journal.reacting import react
from kordon.journal.verifying import verify
from kordon.measure.nodes import EVERYTHING
from kordon.network import steps
from kordon.node import cli
from kordon.watchlist import queries, screening_index
from kordon.watchlist.commands import approve_edition_at_console, import_edition
from kordon.watchlist.lists import KNOWN
from kordon.watchlist.models import Edition
from kordon.watchlist.tests.conftest import un_list, un_person

from .conftest import HERE, PASSWORD, choose, down, enrol, give, sign_in, up

OFFICE = "seven calm rivers"
ONLY_THERE = "headquarters; here is what this post has received"
ANNA = Identity(
    document_type="P",
    issuer="UTO",
    number="L898902C3",
    surname="Eriksson",
    given_names="Anna Maria",
    nationality="UTO",
    birth="1974-08-12",
    expiry="2035-01-01",
)


@pytest.fixture
def browse():
    """``browse(node, login, password)``: a browser where somebody has signed in at a node."""

    def open_at(node, login, password=PASSWORD):
        client = Client(REMOTE_ADDR=HERE)

        def ask(method, name, *args, **form):
            with node.here():
                return getattr(client, method)(reverse(name, args=args), form)

        assert ask("post", "accounts:sign_in", login=login, password=password).status_code == 302
        return SimpleNamespace(
            cookies=client.cookies,
            get=lambda name, *args, **q: ask("get", name, *args, **q),
            post=lambda name, *args, **form: ask("post", name, *args, **form),
        )

    return open_at


@pytest.fixture
def listed(hq):
    """An edition of a list in force at headquarters; its records laid into other nodes' folders."""
    with hq.here():
        made = import_edition(
            by=EVERYTHING,
            edition=uuid4(),
            profile=KNOWN["un"],
            content=un_list(un_person()),
            filename="un.xml",
        )
        approve_edition_at_console(by=EVERYTHING, edition=made.id)
    return made


def fetch(hq, post, name):
    with hq.here():
        content = steps.piece_of(name, 0, 10**6)
    with post.here():
        steps.keep_piece(name, 0, content, True)
        assert steps.is_kept(name)


def test_an_administrator_reads_at_a_post_and_changes_nothing(hq, aksuu, browse):
    enrol(hq, "Dora", "AKSUU")
    down(hq, aksuu)
    there, here = (browse(node, "chief", OFFICE) for node in (hq, aksuu))
    with aksuu.here():
        dora = Person.objects.get(login="dora").id
    for name, args, deed in (
        ("accounts:people", (), "accounts:enrol_person"),
        ("accounts:posts", (), "accounts:new_post"),
        ("accounts:roles", (), "accounts:new_role"),
        ("accounts:machines", (), "accounts:enrol_machine"),
        ("accounts:person", (dora,), "accounts:give_posting"),
        ("accounts:post", ("AKSUU",), "accounts:set_up_booth"),
    ):
        address = reverse(deed, args=[] if deed.count("new") or not args else args)
        at_hq, at_post = (who.get(name, *args) for who in (there, here))
        assert at_hq.status_code == at_post.status_code == 200
        assert address in at_hq.content.decode()
        assert address not in at_post.content.decode()
        assert ONLY_THERE in at_post.content.decode()
        assert ONLY_THERE not in at_hq.content.decode()


def test_what_is_sent_nevertheless_is_refused_in_words(hq, aksuu, browse):
    enrol(hq, "Dora", "AKSUU")
    down(hq, aksuu)
    office = browse(aksuu, "chief", OFFICE)
    with aksuu.here():
        dora = Person.objects.get(login="dora").id
    for language, words in (("en", "done at headquarters"), ("ru", "в главном управлении")):
        office.cookies["kordon-language"] = language
        answer = office.post("accounts:reset_password", dora)
        assert answer.status_code == 409
        assert words in answer.content.decode()


def test_the_console_of_a_post_imports_no_list(hq, aksuu, tmp_path):
    path = tmp_path / "un.xml"
    path.write_bytes(un_list(un_person()))
    said = io.StringIO()
    with aksuu.here(), redirect_stderr(said), pytest.raises(SystemExit):
        cli.main(["watchlist", "import", "--format", "un", str(path)])
    assert "This is done at headquarters" in said.getvalue()
    with aksuu.here():
        assert not Edition.objects.exists()


def test_the_console_of_a_post_acts_for_nobody_with_rights_of_headquarters(hq, aksuu):
    down(hq, aksuu)
    with aksuu.here():
        assert not actors.operator().may("watchlist.import_edition")
        assert not actors.operator("chief").may("accounts.enrol_person")
        assert actors.operator().may("watchlist.list_editions")
    with hq.here():
        assert actors.operator("chief").may("accounts.enrol_person")


def test_the_shift_commander_switches_a_lane_without_headquarters(hq, aksuu):
    made = enrol(hq, "Sam", "AKSUU", role="shift_commander")
    down(hq, aksuu)
    choose(aksuu, "sam", made.code)
    with aksuu.here():
        by = actors.officer_off_session(made.person)
        switched = {"lane_class": LaneClass.BUSES, "direction": LaneDirection.EXIT}
        commands.switch_lane(by=by, lane="A", **switched)
    with hq.here():
        opened = {"lane_class": LaneClass.CREW, "direction": LaneDirection.BOTH}
        commands.open_lane(by=EVERYTHING, post="AKSUU", lane="A", **opened)
    up(aksuu, hq)
    down(hq, aksuu)
    for node in (hq, aksuu):
        with node.here():
            lane = Lane.objects.get(id="AKSUU/A")
            assert (lane.lane_class, lane.direction) == ("buses", "exit")
    with aksuu.here():
        commands.switch_lane(by=by, lane="A", **opened)
    up(aksuu, hq)
    for node in (hq, aksuu):
        with node.here():
            lane = Lane.objects.get(id="AKSUU/A")
            assert (lane.switched_class, lane.lane_class) == ("", "crew")


def test_a_machine_of_another_post_is_a_stranger(hq, aksuu, sarytal):
    """What it did would be said in another post's name, and headquarters would not believe it."""
    with hq.here():
        made = commands.enrol_machine(
            by=EVERYTHING,
            machine=uuid4(),
            name="Gate 1",
            agency="BORDER",
            role="machine_kiosk",
            until=timezone.localdate() + timedelta(days=9),
            post="SARYTAL",
        )
    down(hq, aksuu, sarytal)
    with aksuu.here():
        assert actors.machine(made.token) is None
    with sarytal.here():
        assert actors.machine(made.token).post == "SARYTAL"


def test_thirty_days_without_headquarters(hq, aksuu, listed, browse, monkeypatch):
    """Officers sign in, choose passwords, sit down and check travellers; ages are said."""
    for name, days in (("Dora", None), ("Emil", 60), ("Faye", 7)):
        made = enrol(hq, name)
        give(hq, made.person.id, "AKSUU", days=days)
        fetch(hq, aksuu, listed.records)
        down(hq, aksuu)
        choose(aksuu, name.lower(), made.code)
    screening_index.forget()
    now = timezone.now() + timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for name in ("dora", "emil", "faye"):
        signed = sign_in(aksuu, name)
        with aksuu.here():
            by = actors.officer_off_session(signed.person)
            assert by.may("border.record_crossing") is (name != "faye")
    choose(aksuu, "dora", PASSWORD, "thirty grey geese")
    signed = sign_in(aksuu, "dora", "thirty grey geese")
    with aksuu.here():
        by = actors.officer_off_session(signed.person)
        commands.take_booth(by=by, booth="1", session=signed.session)
        check = check_traveller(
            by=by,
            check=uuid4(),
            presentation=Presentation(direction=Direction.ENTRY, mrz="", typed=ANNA),
        )
        assert [one.reference for one in check.fact.matches] == ["XXi.001"]
        asked = next(s for s in check.fact.sources if s.source is Source.PERSON_ALERTS)
        assert asked.state is SourceState.ANSWERED
        assert asked.as_of == listed.as_of
        assert {age.as_of for age in queries.list_editions(by=by)} >= {listed.as_of}
    page = browse(aksuu, "dora", "thirty grey geese").get("watchlist:editions")
    assert "19 Apr 2026" in page.content.decode()
    with aksuu.here():
        react()
        assert verify().faults == ()
        signed_in = SignIn.objects.filter(what="signed_in").count()
    up(aksuu, hq)
    with hq.here():
        assert SignIn.objects.filter(what="signed_in").count() == signed_in
    assert sign_in(hq, "dora", "thirty grey geese")
