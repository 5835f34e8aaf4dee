"""The look alone: a server that needs no database, and a real browser on it."""

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page

from kordon.ui.tests import settings as alone


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def look() -> Iterator[None]:
    """The settings of the look without a node."""
    chosen = {name: getattr(alone, name) for name in dir(alone) if name.isupper()}
    with override_settings(**{k: v for k, v in chosen.items() if k != "DATABASES"}):
        yield


@pytest.fixture(scope="module")
def address(look: None) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def is_fault(said: ConsoleMessage) -> bool:
    """An error of a script or against the policy; an answer of 409 is no fault of the page."""
    expected = said.text.startswith(("Failed to load resource", "htmx:", "Response Status Error"))
    return said.type == "error" and not expected


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The gallery, its script running; whatever the browser complains about fails the test."""
    context = chromium.new_context(
        base_url=address, viewport={"width": 1366, "height": 768}, locale="en"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if is_fault(said) else None)
    page.goto("/ui/gallery/")
    page.wait_for_selector("[aria-keyshortcuts=F8]")
    yield page
    context.close()
    assert complaints == []
