"""A sealed visa, from the booth to the second line, by keyboard, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from kordon.node.demo import cast, seals
from kordon.ui.tests.axe import axe_violations
from tests.journeys.test_at_the_border import at_booth, inspect, press, scan

pytestmark = pytest.mark.browser


def picture(card):
    return seals.FOLDER / card.key / "seal.png"


def hand_in_seal(page, card):
    """F10, the picture, the zone of the visa, and the check."""
    page.keyboard.press("F10")
    page.get_by_label("or its picture").set_input_files(picture(card))
    assert axe_violations(page) == []
    page.get_by_label(re.compile("^Machine-readable zone of the visa")).fill(
        seals.seal_of(card.key).zone
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".b-seal")


def test_a_sealed_visa_is_verified_and_a_moved_one_goes_to_the_second_line(demo, open_page):
    page = at_booth(demo, open_page, iter("2"), login="demo-airport")
    scan(page, cast.SEAL)
    hand_in_seal(page, cast.SEAL)
    expect(page.locator(".b-seal")).to_contain_text("Valid")
    expect(page.locator(".b-seal")).to_contain_text("90 days")
    assert axe_violations(page) == []
    press(page, "F8", "admitted")

    scan(page, cast.SEAL_MOVED)
    hand_in_seal(page, cast.SEAL_MOVED)
    expect(page.locator(".k-findings")).to_contain_text("belongs to another passport or person")
    expect(page.locator("[data-key=F8]")).to_be_disabled()
    press(page, "F9", "referred to second line")

    second = inspect(demo, open_page, "demo-airport-second", cast.SEAL_MOVED)
    expect(second.get_by_role("heading", name="Seal: Failed")).to_be_visible()
    expect(second.locator("section[aria-labelledby=seal]")).to_contain_text("N00900001")
    assert axe_violations(second) == []
    second.set_viewport_size({"width": 390, "height": 844})
    assert second.evaluate("document.documentElement.scrollWidth <= 390")


def test_the_keeper_of_trust_sees_whose_seals_are_believed(demo, open_page):
    page = open_page(demo, dark=True)
    demo.sign_in(page, "demo-trust")
    for address, words in (("/trust/", "UTVS"), ("/trust/seal-signers/", "by themselves")):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(words)
        assert axe_violations(page) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= 390")


def test_a_seal_that_the_reader_of_the_booth_read(demo, open_page):
    page = at_booth(demo, open_page, iter("3"), login="demo-airport")
    page.goto("/demo/")
    page.locator(f"#{cast.SEAL.key} form[action*=chips] button").click()
    page.wait_for_selector(".b-seal")
    expect(page.locator(".b-seal")).to_contain_text("Valid")
