"""The buttons of the cards, in a real browser: the zone is typed, not posted."""

import pytest
from playwright.sync_api import expect

from kordon.node.demo import cast
from kordon.ui.tests.axe import axe_violations

pytestmark = pytest.mark.browser


def at_a_booth(demo, open_page):
    page = open_page(demo)
    page.goto("/demo/tour")
    page.get_by_role("button", name="demo-airport", exact=False).first.click()
    page.goto("/accounts/workplace/")
    page.locator("button", has_text="Take").first.click()
    page.wait_for_url("**/first-line/")
    return page


def test_a_card_is_typed_into_the_first_line(demo, open_page):
    page = at_a_booth(demo, open_page)
    for card in (cast.FINE, cast.LONG_NUMBER):
        page.goto("/demo/")
        page.locator(f"#{card.key} button").click()
        page.wait_for_selector(".b-deciding")
        expect(page.get_by_text(card.person.paper.number).first).to_be_visible()


def test_the_first_line_still_fits_its_window_under_the_banner(demo, open_page):
    page = at_a_booth(demo, open_page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/demo/")
    page.locator(f"#{cast.ROMANISED.key} button").click()
    page.wait_for_selector(".b-deciding")
    assert page.evaluate("document.documentElement.scrollHeight") <= 768


@pytest.mark.parametrize("address", ["/demo/", "/demo/tour"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_keep_to_wcag(demo, open_page, address, dark):
    page = open_page(demo, dark=dark)
    page.goto("/demo/tour")
    page.get_by_role("button", name="demo-auditor", exact=False).first.click()
    page.goto(address)
    assert axe_violations(page) == []
