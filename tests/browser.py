"""A real Chromium on a real node: what tests marked ``browser`` stand on.

    def test_…(demo, open_page):
        page = open_page(demo)            # complaints of the browser fail the test
        demo.sign_in(page, "login")

Without Chromium these tests are skipped, and the summary says so in capitals.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from kordon.measure.home import Home, Server, temporary_home
from tests.machine import chromium_here

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
SMALL = {"alerts": 400, "documents": 100, "vehicles": 20, "crossings": 600}


@dataclass(frozen=True)
class Demo:
    """A small demonstration, served by the real server."""

    server: Server
    password: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def home(self) -> Home:
        return self.server.home

    def sign_in(self, page: Page, login: str) -> None:
        page.goto(f"{self.address}/accounts/sign-in/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", self.password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/sign-in/" not in address)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with temporary_home() as home:
        password = home.call("tests.browser:seed_small")
        with home.serve() as server:
            yield Demo(server, password)


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``open_page(demo, language="ru")``: a new browser window; it may complain of nothing."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_one(demo: Demo, *, language: str = "en", dark: bool = False) -> Page:
        context = chromium.new_context(
            base_url=demo.address,
            viewport={"width": 1366, "height": 768},
            locale=language,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_fault(said) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def is_fault(said: ConsoleMessage) -> bool:
    """An error of a script or against the policy; an answer of 409 is no fault of the page."""
    expected = said.text.startswith(("Failed to load resource", "htmx:", "Response Status Error"))
    return said.type == "error" and not expected


def seed_small() -> str:
    """Runs in the node: a demonstration that is made in seconds. Returns its password."""
    from kordon.node.demo.seed import Size, seed  # noqa: PLC0415  (only the child has a node)

    return seed(size=Size(**SMALL)).password
