"""The pages of a demonstration, and that they exist nowhere else."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kordon.accounts.facts import PersonSignedIn
from kordon.journal.fact import kind_of
from kordon.journal.models import Entry
from kordon.node.demo import cast, marker
from kordon.node.demo.staff import COLLEAGUES
from kordon.node.demo.tour import GUIDE, STEPS, as_markdown
from kordon.node.settings import ROOT

pytestmark = pytest.mark.django_db


def switch(client: Client, login: str, **more: str):
    return client.post("/demo/switch", {"login": login} | more)


@pytest.fixture
def officer(demo_pages, client) -> Client:
    switch(client, "demo-first-line")
    return client


def test_the_cards_are_for_those_who_are_signed_in(demo_pages, client):
    answer = client.get("/demo/")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_every_card_shows_its_zone_and_a_button_that_types_it(officer):
    page = officer.get("/demo/").content.decode()
    assert page.count("<button") >= len(cast.CARDS)
    for card in cast.CARDS:
        for line in card.mrz.split("\n"):
            assert line.replace("<", "&lt;") in page


def test_the_tour_is_read_before_signing_in(demo_pages, client):
    page = client.get("/demo/tour").content.decode()
    for step in STEPS:
        assert step.login in page


def test_a_button_signs_in_as_somebody_else_and_the_record_says_so(demo_pages, client):
    answer = switch(client, "demo-auditor", next="/demo/tour")
    assert (answer.status_code, answer["Location"]) == (302, "/demo/tour")
    entry = Entry.objects.filter(kind=kind_of(PersonSignedIn)).order_by("-id").first()
    assert b"demo switch" in bytes(entry.body.text)
    assert client.get("/demo/").status_code == 200


def test_whoever_is_there_already_stays_in_the_same_session(demo_pages, client):
    switch(client, "demo-first-line")
    before = client.session["kordon.session"]
    switch(client, "demo-first-line")
    assert client.session["kordon.session"] == before


def test_nobody_but_demonstration_accounts_is_switched_to(demo_pages, client):
    assert switch(client, "root").status_code == 404


def test_switching_leads_to_no_other_site(demo_pages, client):
    assert switch(client, "demo-auditor", next="https://elsewhere.example/")["Location"] == "/"


def test_switching_needs_the_folder_of_a_demonstration(demo_pages, client):
    path = demo_pages.home / marker.FILE
    content = path.read_text()
    path.unlink()
    try:
        assert switch(client, "demo-auditor").status_code == 404
    finally:
        path.write_text(content)


def test_every_page_says_that_it_is_a_demonstration(officer):
    for address in ("/demo/", "/demo/tour", reverse("accounts:workplace")):
        page = officer.get(address).content.decode()
        assert page.count("demo-banner") == 1, address
        assert "Invented persons" in page


def test_other_nodes_have_none_of_these_pages(client):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/switch", {"login": COLLEAGUES[0].login}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:cards")


def test_the_guide_says_what_the_page_says():
    assert (ROOT / GUIDE).read_text(encoding="utf-8") == as_markdown()


def test_the_steps_are_for_accounts_that_exist():
    assert {step.login for step in STEPS} <= {each.login for each in COLLEAGUES}
