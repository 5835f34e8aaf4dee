"""A hit, from the booth to its owner, by keyboard, in a real Chromium on the real server."""

import re

import pytest
from playwright.sync_api import expect

from kordon.node.demo import cast
from kordon.ui.tests.axe import axe_violations
from tests.journeys.test_at_the_border import (
    at_booth,
    inspect,
    judge_confirmed,
    press,
    refer,
    scan,
)

pytestmark = pytest.mark.browser


def test_the_owner_of_an_alert_works_on_a_hit(demo, open_page):
    # At the airport: every booth of the road post has been taken by the other journeys.
    refer(at_booth(demo, open_page, iter("1"), login="demo-airport"), cast.ROMANISED)
    page = inspect(demo, open_page, "demo-airport-second", cast.ROMANISED)
    press(page, "F2", "You lead this inspection.")
    expect(page.locator(".b-beside .b-sound").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    judge_confirmed(page)

    owner = open_page(demo, language="ru")
    demo.sign_in(owner, "demo-watchlist")
    owner.goto("/hits/")
    owner.locator("[data-key=F2]").wait_for()
    owner.keyboard.press("F2")
    owner.wait_for_selector(".b-case")
    expect(owner.get_by_role("heading", name=re.compile("JAPARKULOV"))).to_be_visible()
    press(owner, "F8", "Принято к сведению.")
    assert axe_violations(owner) == []


def test_earlier_crossings_are_shown_beside_a_case(demo, open_page):
    desk = at_booth(demo, open_page, iter("2"), login="demo-airport")
    scan(desk, cast.INSIDE)
    desk.select_option("[name=reason]", "stay")
    press(desk, "F9", "referred to second line")
    page = inspect(demo, open_page, "demo-airport-second", cast.INSIDE)
    page.keyboard.press("F4")
    page.locator(".b-earlier-list").wait_for()
    assert axe_violations(page) == []
