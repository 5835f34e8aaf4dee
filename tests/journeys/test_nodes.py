"""Headquarters and a post that is cut off, as people see them, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from kordon.measure.home import Home, temporary_home
from kordon.node.demo import cast
from kordon.ui.tests.axe import axe_violations
from tests.browser import Demo

pytestmark = pytest.mark.browser
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
LOOKS = [("en", False), ("en", True), ("ru", False)]


@pytest.fixture(scope="module")
def country():
    """A small country, seeded once: its folder, and the password of everybody."""
    with temporary_home() as home:
        password = home.call("tests.browser:seed_small")
        yield home.folder, password


def served(country, kind, begin):
    """The country's node as this kind; ``begin`` is done in it first."""
    folder, password = country
    home = Home(folder=folder, changes={"KORDON_KIND": kind})
    home.call(f"tests.journeys.nodes:{begin}")
    with home.serve() as server:
        yield Demo(server, password)


@pytest.fixture(scope="module")
def hq(country):
    yield from served(country, "hq", "enrol_posts")


@pytest.fixture(scope="module")
def post(country, hq):
    yield from served(country, "post", "cut_off")


def test_the_page_of_nodes_by_keyboard(hq, open_page):
    page = open_page(hq)
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/")
    expect(page.locator(".n-table tbody tr th").first).to_contain_text("Sary-Tal")
    mark = page.locator("a.n-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/network/#node-*")
    page.keyboard.press("F2")
    page.wait_for_url("**/network/alarms/")


def test_what_is_being_typed_outlives_the_alarms_that_come_anew(hq, open_page):
    page = open_page(hq)
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/alarms/")
    note = page.locator(".n-note input[name=note]").first
    note.focus()
    page.keyboard.type("Calling")
    page.evaluate("document.querySelector('.n-alarm').dataset.old = 'yes'")
    expect(page.locator(".n-alarm[data-old]")).to_have_count(0, timeout=20_000)
    page.keyboard.type(" the post")
    expect(note).to_have_value("Calling the post")


def test_an_alarm_is_acknowledged_by_keyboard(hq, open_page):
    page = open_page(hq)
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/alarms/")
    expect(page.locator(".n-alarm").first).to_be_visible()
    page.locator(".n-note input[name=note]").first.focus()
    page.keyboard.type("Called the post.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Acknowledged. The alarm stays until it is over.")).to_be_visible()
    expect(page.get_by_text("“Called the post.”")).to_be_visible()


def test_on_a_phone_what_to_do_is_read_without_moving_the_table(hq, open_page):
    page = open_page(hq, language="ru")
    page.set_viewport_size({"width": 390, "height": 844})
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/")
    said = page.locator(".n-said").first.bounding_box()
    assert said["x"] >= 0
    assert said["x"] + said["width"] <= 390
    assert page.evaluate(FITS)


def test_the_rules_of_age_are_set_by_keyboard(hq, open_page):
    page = open_page(hq)
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/policy/")
    page.locator("[name=link_warn]").fill("25")
    page.keyboard.press("F8")
    expect(page.get_by_text("Set by")).to_be_visible()


@pytest.mark.parametrize("language, dark", LOOKS)
@pytest.mark.parametrize("address", ["/network/", "/network/alarms/", "/network/policy/"])
def test_headquarters_keeps_to_wcag(hq, open_page, address, language, dark):
    page = open_page(hq, language=language, dark=dark)
    hq.sign_in(page, "demo-administrator")
    page.goto(address)
    expect(page.locator("main h1")).to_be_visible()
    assert axe_violations(page) == []


def test_what_moves_comes_anew_in_the_background(hq, open_page):
    page = open_page(hq)
    hq.sign_in(page, "demo-administrator")
    page.goto("/network/")
    with page.expect_request(
        lambda asked: asked.url.endswith("/network/") and "hx-request" in asked.headers
    ) as asked:
        pass
    assert asked.value.headers["kordon-background"] == "1"


@pytest.mark.parametrize("language, dark", LOOKS)
def test_the_corner_of_a_post_that_is_cut_off(post, open_page, language, dark):
    page = open_page(post, language=language, dark=dark)
    post.sign_in(page, "demo-first-line")
    page.goto("/accounts/workplace/")
    corner = page.locator(".k-corner")
    expect(corner.locator(".k-lamp-stop").first).to_be_visible()
    assert axe_violations(page) == []
    corner.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(corner.locator("#corner-all")).to_be_visible()
    assert axe_violations(page) == []
    assert re.search(r"\d", corner.locator("#corner-all").inner_text())
    assert page.evaluate(FITS), "the strip fits"


def test_a_post_too_long_alone_sends_others_to_second_line(post, open_page):
    page = open_page(post)
    post.sign_in(page, "demo-first-line")
    page.goto("/accounts/workplace/")
    page.keyboard.press("1")
    page.wait_for_url("**/first-line/")
    page.wait_for_selector("[data-scan-target]")
    for line in cast.FINE.mrz.splitlines():
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.wait_for_selector(".b-deciding")
    said = page.locator("#desk .k-finding-text").first
    expect(said).to_contain_text("Nothing new from headquarters for 96 hours")
    expect(page.locator("button[value=admit]")).to_be_disabled()
    page.keyboard.press("F9")
    expect(page.get_by_text("referred to second line").first).to_be_visible()


def test_the_keys_of_the_lanes_stand_in_their_buttons_in_russian(post, open_page):
    page = open_page(post, language="ru")
    post.sign_in(page, "demo-commander")
    page.goto("/supervisor/")
    for lane in page.locator(".b-lanes .card-header").all():
        button = lane.locator("a.btn")
        places = [each.bounding_box() for each in (button.locator("kbd"), button, lane)]
        key, button_ends, lane_ends = (place["x"] + place["width"] for place in places)
        assert key < button_ends < lane_ends - 8
