"""Travellers at a small post, by keyboard only, in a real Chromium on the real server."""

import re

import pytest
from playwright.sync_api import expect

from kordon.node.demo import cast

pytestmark = pytest.mark.browser
EVIDENCE = "Scar on the left hand, as listed."


@pytest.fixture(scope="module")
def seats():
    """Booths nobody in these tests sits at yet."""
    return iter("123456")


def at_booth(demo, open_page, seats, login="demo-first-line", **how):
    """A first line officer who has taken a booth with its key."""
    page = open_page(demo, **how)
    demo.sign_in(page, login)
    page.goto("/accounts/workplace/")
    page.keyboard.press(next(seats))
    page.wait_for_url("**/first-line/")
    return page


def scan(page, card):
    """As a reader that poses as a keyboard: both lines, each with its Enter."""
    page.wait_for_selector("[data-scan-target]")
    for line in card.mrz.splitlines():
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.wait_for_selector(".b-deciding")


def press(page, key, then):
    page.keyboard.press(key)
    expect(page.get_by_text(then).first).to_be_visible()


def refer(page, card):
    scan(page, card)
    press(page, "F9", "referred to second line")


def inspect(demo, open_page, login, card, **how):
    """An officer of the second line who has opened the traveller from the queue."""
    page = open_page(demo, **how)
    demo.sign_in(page, login)
    page.goto("/second-line/")
    link = page.get_by_role("link", name=re.compile(card.person.name.mrz_surname)).last
    page.keyboard.press(link.get_attribute("data-key"))
    page.wait_for_selector(".b-case")
    return page


def judge_confirmed(page):
    """F6 leads to the match, Space takes the first judgement, Tab to the reason and the button."""
    page.keyboard.press("F6")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(EVIDENCE)
    page.keyboard.press("Tab")
    press(page, "Enter", "Judged: Confirmed")


def no_scrolling(page):
    return page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


def test_a_traveller_is_admitted_and_the_decision_taken_back(demo, open_page, seats):
    page = at_booth(demo, open_page, seats)
    scan(page, cast.FINE)
    press(page, "F8", "admitted")
    page.keyboard.press("Escape")
    page.wait_for_selector(".b-deciding")
    press(page, "F8", "admitted")


def test_a_listed_traveller_is_refused_by_two_officers(demo, open_page, seats):
    refer(at_booth(demo, open_page, seats), cast.ROMANISED)
    page = inspect(demo, open_page, "demo-second-line", cast.ROMANISED)
    press(page, "F2", "You lead this inspection.")
    page.keyboard.press("F3")
    page.keyboard.type("Says he visits his mother.")
    for _ in range(3):
        page.keyboard.press("Tab")
    press(page, "Enter", "The interview is noted.")
    judge_confirmed(page)
    page.keyboard.press("F7")
    page.keyboard.press("ArrowDown")
    while page.evaluate("document.activeElement.name") != "ground_H":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    press(page, "F8", "Proposed. A second officer decides.")

    second = inspect(demo, open_page, "demo-second-officer", cast.ROMANISED)
    press(second, "F8", "Concluded: Refused.")
    with second.context.expect_page():
        second.keyboard.press("F10")
    press(second, "F8", "The written notice is recorded.")


def test_a_referred_traveller_is_admitted_after_all(demo, open_page, seats):
    refer(at_booth(demo, open_page, seats), cast.EXPIRED)
    page = inspect(demo, open_page, "demo-second-line", cast.EXPIRED)
    press(page, "F2", "You lead this inspection.")
    page.keyboard.press("F7")
    page.keyboard.press("Space")
    press(page, "F8", "Proposed. A second officer decides.")
    second = inspect(demo, open_page, "demo-second-officer", cast.EXPIRED)
    press(second, "F8", "Concluded: Admitted.")


def test_a_discreet_match_changes_nothing_on_the_page(demo, open_page, seats):
    """The very bytes are compared in ``border/tests``; here is what the officer sees."""
    page = at_booth(demo, open_page, seats)
    seen = []
    for card in (cast.DISCREET, cast.CARD):
        scan(page, card)
        keys = page.locator(".b-decision [data-key]:not([disabled])").count()
        seen.append((page.locator(".b-quiet").inner_text(), keys))
        page.keyboard.press("F2")
        page.wait_for_selector(".b-waiting")
    assert seen[0] == seen[1]
    assert "No alert on this person." in seen[0][0]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_first_line_needs_no_scrolling(demo, open_page, seats, language):
    page = at_booth(demo, open_page, seats, language=language)
    assert no_scrolling(page), "waiting"
    for card in (cast.FINE, cast.BANNED):
        scan(page, card)
        assert no_scrolling(page), card.key
        expect(page.locator(".b-findings")).to_be_focused()
        page.keyboard.press("F2")
        page.wait_for_selector(".b-waiting")
