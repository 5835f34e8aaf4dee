"""Every component, in a real browser: seen by axe, driven by keys and by a scanner."""

import time

import pytest
from django.conf import settings

from kordon.ui.gallery import SPECIMEN
from kordon.ui.tests.axe import axe_violations

pytestmark = pytest.mark.browser
FIELD = "[data-scan-target]"
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)


def show(page, language: str, width: int) -> None:
    """The gallery again, in a language and on a screen of a width."""
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()


@pytest.mark.parametrize(
    "theme, language, width",
    [("light", "en", 1366), ("dark", "ru", 1366), ("light", "ru", 390), ("dark", "en", 390)],
)
def test_no_component_breaks_an_accessibility_rule(page, theme, language, width):
    page.emulate_media(color_scheme=theme)
    show(page, language, width)
    assert page.get_attribute("html", "lang") == language
    for details in page.query_selector_all("main details, .k-menu"):
        details.evaluate("e => e.open = true")
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [1024, 320])
def test_the_page_never_scrolls_sideways(page, width):
    show(page, "ru", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_key_clicks_what_declares_it(page):
    page.keyboard.press("F8")
    page.wait_for_url("**message=1")
    assert "may enter." in page.inner_text("#k-messages")


def test_function_keys_work_while_typing_and_characters_do_not(page):
    page.focus("input[type=search]")
    page.keyboard.type("?/")
    assert page.input_value("input[type=search]") == "?/"
    page.keyboard.press("F6")
    assert page.get_attribute("#g-1 details", "open") is not None


def test_f6_opens_the_finding_in_focus(page):
    page.focus("#g-2 summary")
    page.keyboard.press("F6")
    assert page.get_attribute("#g-2 details", "open") is not None
    assert page.get_attribute("#g-1 details", "open") is None


def test_undeclared_keys_keep_their_meaning(page):
    page.evaluate("addEventListener('keydown', e => document.title = e.defaultPrevented)")
    page.keyboard.press("F7")
    assert page.title() == "false"
    page.keyboard.press("F9")
    assert page.title() == "true"


def test_the_question_mark_shows_the_keys_and_escape_hides_them(page):
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    text = page.inner_text("#keys dl")
    assert "Admit" in text
    assert "Refer to second line" in text
    assert "Details of the finding" in text
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys:not([open])", state="attached")


def test_a_lone_slash_goes_to_the_search_field(page):
    page.keyboard.press("/")
    page.wait_for_selector("input[type=search]:focus")
    assert page.input_value(FIELD) == ""


def scan(page, text: str, *, stall: float = 0.0) -> None:
    """As a reader types it: a character every ten milliseconds, line ends as Enter.

    ``stall``: seconds by which a busy machine is late with every line end.
    """
    session = page.context.new_cdp_session(page)
    begun = time.time()
    for place, typed in enumerate(text):
        key = {"key": "Enter", "text": "\r"} if typed == "\n" else {"key": typed, "text": typed}
        begun += stall if typed == "\n" else 0
        when = {"timestamp": begun + place / 100}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key, **when})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key["key"], **when})
    session.detach()


def test_a_scan_is_read_wherever_the_focus_is(page):
    page.focus("[data-key=F9]")
    scan(page, SPECIMEN + "\n")
    page.wait_for_selector("#g-read span")
    assert page.inner_text("#g-read span").split() == SPECIMEN.split()
    assert page.evaluate("document.activeElement.dataset.key") == "F9"


@pytest.mark.parametrize(
    "text",
    [
        SPECIMEN.replace("\n", ""),
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
        CARD,
    ],
)
def test_every_shape_of_mrz_is_sent_when_it_is_whole(page, text):
    scan(page, text)
    page.wait_for_selector("#g-read span")
    assert page.inner_text("#g-read span").split() == text.split()


def test_a_card_is_read_whole_however_late_its_line_ends_come(page):
    page.evaluate("document.activeElement.blur()")
    scan(page, CARD, stall=0.6)
    page.wait_for_selector("#g-read span")
    assert page.inner_text("#g-read span").split() == CARD.split()


def test_a_card_is_read_even_when_a_line_end_is_lost(page):
    page.focus("[data-key=F9]")
    first, second, third = CARD.split("\n")
    scan(page, f"{first}{second}\n{third}")
    page.wait_for_selector("#g-read span")
    assert page.inner_text("#g-read span").split() == [first + second, third]


def test_half_a_scan_is_not_sent(page):
    sent = []
    page.on("request", lambda request: sent.append(request.post_data))
    page.clock.install()
    scan(page, SPECIMEN[:-1])
    page.clock.run_for(10_000)
    assert sent == []
    scan(page, SPECIMEN[-1])
    page.clock.run_for(49)
    assert sent == []
    page.clock.run_for(1)
    page.wait_for_selector("#g-read span")
    assert len(sent) == 1


def test_the_next_scan_replaces_the_last(page):
    scan(page, SPECIMEN + "\n")
    page.wait_for_selector("#g-read span")
    other = SPECIMEN.replace("ANNA<MARIA", "BERTHA<EVA").replace("\n", "")
    scan(page, other)
    page.wait_for_selector("#g-read span:has-text('BERTHA')")
    assert page.input_value(FIELD) == other


@pytest.mark.parametrize("left", ["P<UTOERIKSSON<<AN", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<\n"])
@pytest.mark.parametrize("focus", [FIELD, "[data-key=F9]"])
def test_what_a_broken_scan_left_does_not_spoil_the_next(page, left, focus):
    page.fill(FIELD, left)
    page.focus(focus)
    page.eval_on_selector(FIELD, "field => field.setSelectionRange(0, 0)")
    scan(page, SPECIMEN + "\n")
    page.wait_for_selector("#g-read span")
    assert page.inner_text("#g-read span").split() == SPECIMEN.split()


def test_a_scan_gives_a_select_box_its_choice_back(page):
    page.select_option("#id_purpose", "work")
    page.focus("#id_purpose")
    scan(page, "V" + SPECIMEN[1:])
    page.wait_for_selector("#g-read span")
    assert page.input_value("#id_purpose") == "work"
    assert page.input_value(FIELD).startswith("V<UTO")


def test_where_no_scan_is_taken_it_presses_nothing_and_says_why(page):
    page.evaluate("document.querySelector('[data-scan-target]').closest('form').remove()")
    page.evaluate("document.querySelector('main').dataset.scanClosed = 'Decide first.'")
    chosen = page.input_value("#id_purpose")
    page.focus("#id_purpose")
    scan(page, SPECIMEN[:12])
    page.wait_for_selector("#k-messages :text('Decide first.')")
    assert page.input_value("#id_purpose") == chosen
    page.focus("[data-key=F8]")
    scan(page, SPECIMEN + "\n")
    assert "message=1" not in page.url


def test_what_is_copied_from_a_page_is_shown_letter_for_letter(page):
    """A token in capitals is another token to whoever types it off."""
    shown = "field => { field.readOnly = true; return getComputedStyle(field).textTransform; }"
    assert page.eval_on_selector(FIELD, shown) == "none"


def test_a_text_field_keeps_what_is_typed_into_it(page):
    page.focus("input[type=search]")
    scan(page, SPECIMEN.replace("\n", ""))
    assert page.input_value(FIELD) == ""


@pytest.mark.parametrize(
    "status, words",
    [(409, "Load the page again"), (403, "your supervisor"), (500, "duty engineer")],
)
def test_what_goes_wrong_behind_a_page_is_said_in_words(page, status, words):
    page.evaluate(f"htmx.ajax('GET', '?status={status}', '#g-read').catch(() => 0) && 0")
    page.wait_for_selector("#k-message-script")
    assert words in page.inner_text("#k-message-script")
    assert page.inner_text("#g-read") == ""


def test_a_server_that_is_gone_loses_nothing(page):
    page.fill(FIELD, "P<UTO")
    page.context.set_offline(True)
    page.evaluate("htmx.ajax('GET', '?', '#g-read').catch(() => 0) && 0")
    page.wait_for_selector("#k-message-script")
    assert "still here" in page.inner_text("#k-message-script")
    assert page.input_value(FIELD) == "P<UTO"


def test_undo_counts_down_and_goes(page):
    page.clock.install()
    page.reload()
    assert page.inner_text("[data-countdown] [data-count]") == "5"
    page.clock.run_for(2100)
    assert page.inner_text("[data-countdown] [data-count]") == "3"
    page.clock.run_for(3000)
    assert not page.is_visible("[data-countdown]")


def test_a_form_is_sent_once_however_often_the_key_is_struck(page):
    passed = page.evaluate("""() => {
        const form = document.querySelector("[data-countdown]");
        let passed = 0;
        addEventListener("submit", (event) => {
            passed += !event.defaultPrevented;
            event.preventDefault();
        });
        for (const strike of "123") form.requestSubmit();
        return passed;
    }""")
    assert passed == 1


def test_a_screen_nobody_touches_warns_and_locks(page):
    page.clock.install()
    page.route(
        "**/gallery/",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("<body", '<body data-idle-seconds="60"'),
            content_type="text/html",
        ),
    )
    page.reload()
    page.wait_for_selector("[aria-keyshortcuts=F8]")
    page.clock.run_for(31_000)
    assert "It locks in seconds: 2" in page.inner_text("#k-idle")
    page.keyboard.press("Shift")
    assert page.query_selector("#k-idle") is None
    page.clock.run_for(61_000)
    page.wait_for_selector("#k-lock h1")


def test_locking_hides_the_page_and_keeps_what_was_typed(page):
    page.fill("#id_notes", "half a sentence")
    page.click(".k-menu summary")
    page.click("[data-lock] button")
    page.wait_for_selector("#k-lock h1")
    assert not page.is_visible("main#main")
    assert not page.is_visible(".k-strip")
    page.keyboard.press("F8")
    page.fill("[name=password]", "wrong")
    with page.expect_response("**/locked/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 422
    page.wait_for_selector("[data-tries='1']")
    page.fill("[name=password]", "right")
    page.keyboard.press("Enter")
    page.wait_for_selector("#k-lock", state="detached")
    assert page.input_value("#id_notes") == "half a sentence"
    assert page.is_visible("main#main")


def test_a_piece_asked_of_a_locked_session_covers_the_page(page):
    page.fill("#id_notes", "half a sentence")
    page.evaluate("htmx.ajax('GET', '/locked/?next=/ui/gallery/', '#g-read').catch(() => 0) && 0")
    page.wait_for_selector("#k-lock h1")
    page.fill("[name=password]", "right")
    page.keyboard.press("Enter")
    page.wait_for_selector("#k-lock", state="detached")
    assert page.input_value("#id_notes") == "half a sentence"


def test_what_joins_a_queue_is_announced(page):
    page.evaluate(
        "document.querySelector('#queue tbody').insertAdjacentHTML('beforeend',"
        """ '<tr id="new" data-notice="ERIKSSON waits"><td>1</td></tr>')"""
    )
    page.evaluate("htmx.trigger(document.body, 'htmx:load', {elt: document.querySelector('#new')})")
    assert page.inner_text("#k-say") == "ERIKSSON waits"


def test_theme_and_language_work_without_scripts(chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto("/ui/gallery/")
    page.click(".k-menu summary")
    page.click("button[name=theme][value=dark]")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.click(".k-menu summary")
    page.click("button[name=language][value=ru]")
    assert page.get_attribute("html", "lang") == "ru"
    assert page.url.endswith("/ui/gallery/")
    page.click(".k-menu summary")
    page.click("[data-keys-open]")
    assert page.is_visible("#keys dl")
    context.close()
