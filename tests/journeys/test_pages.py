"""A picture of the page and the comparison of sources, by keyboard, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from kordon.border.tests.test_page import covered, drawn
from kordon.node.demo import cast, chips
from kordon.ui.tests.axe import axe_violations
from tests.journeys.test_at_the_border import at_booth, inspect, press

pytestmark = pytest.mark.browser


def choose(page, content):
    """The page of pictures by its key, and a file for it, as the camera or a scanner gives it."""
    page.wait_for_selector("[data-scan-target]")
    page.keyboard.press("Alt+p")
    picture = {"name": "page.png", "mimeType": "image/png", "buffer": content}
    page.locator("#id_image").set_input_files(picture)
    page.keyboard.press("Control+Enter")


def test_a_page_is_read_and_one_with_doubts_is_put_to_the_officer(demo, open_page):
    page = at_booth(demo, open_page, iter("4"), login="demo-airport")
    choose(page, drawn()[0])
    page.wait_for_selector(".b-deciding")
    expect(page.get_by_text("The zone was read from a picture of the page.")).to_be_visible()
    face = page.get_by_alt_text("Portrait from the page")
    expect(face).to_be_visible()
    assert face.evaluate("one => one.complete && one.naturalWidth > 0")
    assert axe_violations(page) == []
    page.keyboard.press("F2")

    choose(page, covered())
    page.wait_for_selector(".b-zone-picture")
    lines = page.get_by_label("Machine-readable zone")
    expect(lines).to_be_focused()
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    page.set_viewport_size({"width": 1366, "height": 768})
    lines.fill(drawn()[1])
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".b-deciding")
    expect(page.get_by_text("confirmed by the officer").first).to_be_visible()


def test_a_picture_is_taken_without_javascript(demo, chromium):
    context = chromium.new_context(base_url=demo.address, java_script_enabled=False)
    page = context.new_page()
    demo.sign_in(page, "demo-airport")
    page.goto("/first-line/picture/")
    picture = {"name": "page.png", "mimeType": "image/png", "buffer": covered()}
    page.locator("#id_image").set_input_files(picture)
    page.get_by_role("button", name="Read and check").click()
    page.get_by_label("Machine-readable zone").fill(drawn()[1])
    page.get_by_role("button", name="The lines are right").click()
    expect(page.get_by_text("confirmed by the officer").first).to_be_visible()
    context.close()


def test_what_sources_say_otherwise_goes_to_the_second_line_with_all_of_it(demo, open_page):
    page = at_booth(demo, open_page, iter("5"), login="demo-airport")
    page.wait_for_selector("[data-scan-target]")
    page.keyboard.press("F7")
    folder = chips.FOLDER / cast.CHIP.key
    page.get_by_label("Files of the chip").set_input_files(sorted(folder.iterdir()))
    page.get_by_label("Machine-readable zone").fill(cast.CARD.mrz)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".b-deciding")
    expect(page.get_by_text("Sources differ in 6 fields.")).to_have_count(1)
    page.keyboard.press("F6")
    expect(page.get_by_text("chip “C00900021”").first).to_be_visible()
    expect(page.get_by_text("Look at the number beside the portrait").first).to_be_visible()
    assert axe_violations(page) == []
    press(page, "F9", "referred to second line")

    second = inspect(demo, open_page, "demo-airport-second", cast.CARD)
    card = second.locator("section[aria-labelledby=compared]")
    expect(card.get_by_role("heading", name="Comparison of sources")).to_be_visible()
    expect(card).to_contain_text("The document number differs")
    assert axe_violations(second) == []
    second.set_viewport_size({"width": 390, "height": 844})
    assert second.evaluate("document.documentElement.scrollWidth <= 390")
