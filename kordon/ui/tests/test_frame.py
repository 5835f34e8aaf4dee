"""Theme, language, navigation, and the pages that say what went wrong."""

from types import SimpleNamespace

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from kordon.journal.actor import Actor
from kordon.ui import gallery, views
from kordon.ui.context import frame


@pytest.fixture
def client(look) -> Client:
    return Client()


@pytest.mark.parametrize(
    "wanted, goes",
    [
        ("/border/?a=1", "/border/?a=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
@pytest.mark.parametrize("name", ["ui:theme", "ui:language"])
def test_nobody_is_sent_to_another_site(client, name, wanted, goes):
    assert client.post(reverse(name), {"next": wanted}).headers["Location"] == goes


def test_only_known_themes_and_languages_are_remembered(client):
    assert (
        client.post(reverse("ui:theme"), {"theme": "dark"}).cookies["kordon_theme"].value == "dark"
    )
    assert client.post(reverse("ui:theme"), {"theme": "pink"}).cookies == {}
    assert "ru" in str(client.post(reverse("ui:language"), {"language": "ru"}).cookies)
    assert client.post(reverse("ui:language"), {"language": "xx"}).cookies == {}
    assert client.get(reverse("ui:theme")).status_code == 405


def test_navigation_shows_what_the_actor_may_open(client, settings):
    settings.KORDON_NAVIGATION = [
        ("Front", "ui:theme", "ui.look", "Alt+1"),
        ("Other", "ui:language", "ui.talk", ""),
        ("Away", "no:such", "", ""),
    ]
    request = RequestFactory().get("/ui/theme/x")
    request.actor = Actor(id=None, name="Ada", post="NORTH", booth="1", rights={"ui.look"})
    told = frame(request)
    assert [(e["label"], e["key"], e["current"]) for e in told["navigation"]] == [
        ("Front", "Alt+1", True)
    ]
    assert told["place"] == ["NORTH", "1"]
    request.actor = None
    assert frame(request)["navigation"] == []


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429])
def test_every_fault_says_what_to_do_next(client, status):
    page = client.get(reverse("ui:gallery"), {"status": status})
    words = views.words_for(status)
    assert page.status_code == status
    assert words.next in page.content.decode()
    piece = client.get(
        reverse("ui:gallery"), {"status": status}, headers={"HX-Request": "true"}
    ).content.decode()
    assert words.next in piece
    assert "<html" not in piece


def test_the_page_of_a_break_needs_nothing(look):
    page = views.server_error(SimpleNamespace())
    assert page.status_code == 500
    assert "duty engineer" in page.content.decode()


def test_a_refusal_keeps_its_own_sentence():
    assert views.words_of_refusal(409, "The lane is closed.").text == "The lane is closed."
    assert "border." not in views.words_of_refusal(403, "border.record_crossing").text


def test_the_gallery_is_closed_at_a_post(look, settings):
    settings.DEBUG = False
    with pytest.raises(Http404):
        gallery.gallery(RequestFactory().get("/"))


def test_no_page_carries_inline_script_or_style(client):
    page = client.get(reverse("ui:gallery")).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count('<script type="module" src=') == 1
