"""The corner of every page at a post."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kordon.border.tests.conftest import alert, north  # noqa: F401  (fixtures)
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.network import duties, scratch, standing
from kordon.network.queries import get_standing
from kordon.network.rules import Trouble
from kordon.watchlist.particulars import Category

CORNER = "/network/corner/"


@pytest.fixture
def fay(browser):  # noqa: F811
    return browser("Fay", "first_line_officer")


@pytest.fixture
def at_post(settings):
    """From here on this node is a post; what was read of it before is forgotten."""

    def become(**known):
        settings.KORDON_KIND = "post"
        now = timezone.now()
        scratch.note_link(at=now, **{"up": True, "contact_at": now, "current_at": now} | known)
        standing.forget_standing()

    yield become
    standing.forget_standing()


def words(answer):
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


def page(client):
    return client.get("/accounts/workplace/")


def test_a_node_on_its_own_shows_none(fay):
    assert "k-corner" not in page(fay).content.decode()
    assert fay.get(CORNER).status_code == 204


def test_link_age_and_unsent_stand_on_every_page(fay, at_post):
    at_post(current_at=timezone.now() - timedelta(minutes=3))
    seen = words(page(fay))
    assert "Link up" in seen
    assert "Known 3 min" in seen
    unsent = get_standing().unsent
    assert unsent > 0
    assert f"Unsent {unsent}" in seen


def test_a_link_that_is_down_says_since_when(fay, at_post):
    at_post()
    scratch.note_link(at=timezone.now() - timedelta(hours=2), up=False)
    standing.forget_standing()
    assert "Link down 2 h" in words(page(fay))
    seen = words(page(fay))
    assert "down since" in seen
    assert "Work on: everything is recorded here" in seen


def test_a_post_that_never_heard_anything_says_so(fay, settings):
    settings.KORDON_KIND = "post"
    standing.forget_standing()
    seen = words(page(fay))
    assert "Link never up" in seen
    assert "Known never" in seen


@pytest.mark.parametrize("hours, lamp", [(23, "answered"), (25, "silent"), (73, "stop")])
def test_the_age_of_what_is_known_turns_amber_and_red(fay, at_post, hours, lamp):
    at_post(current_at=timezone.now() - timedelta(hours=hours))
    html = page(fay).content.decode()
    known = re.search(r'k-lamp-(\w+)"><svg.{0,200}?k-lamp-name">Known<', html, re.S)
    assert known.group(1) == lamp


def test_a_stop_is_red_and_says_what_to_do(fay, at_post):
    at_post(stopped="diverged")
    html = page(fay).content.decode()
    assert "k-lamp-stop" in html
    seen = words(page(fay))
    assert "its record is not the one headquarters holds" in seen
    assert "Call headquarters at once" in seen


def test_an_alarm_of_the_post_itself_is_shown(fay, at_post):
    at_post()
    duties.settle([("test", (Trouble(code="disk", level="stop", params={"free": "1024"}),))])
    assert "Little room is left on the disk" in words(page(fay))


def test_the_moving_parts_come_alone(fay, at_post):
    at_post()
    part = fay.get(CORNER, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="corner-all" hx-swap-oob="innerHTML"' in part


def test_what_was_read_is_kept_for_a_moment(fay, at_post, django_assert_num_queries):
    at_post()
    get_standing()
    with django_assert_num_queries(0):
        get_standing()


def test_a_discreet_match_leaves_no_trace_in_it(fay, at_post, alert):  # noqa: F811
    alert(Category.DISCREET_CHECK)
    at_post()
    fay.post("/accounts/workplace/booth/", {"booth": "2"})
    fay.get("/first-line/")
    standing.forget_standing()
    before = fay.get(CORNER).content
    # Nothing is recorded between the two, so every number is the same.
    assert fay.get(CORNER).content == before


def test_nobody_signed_in_sees_none(client, at_post, db):
    at_post()
    assert "k-corner" not in client.get("/accounts/sign-in/").content.decode()
    assert client.get(CORNER).status_code == 302
