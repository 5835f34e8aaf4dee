"""The node every test runs on, and the people who act in them."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis_settings

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.measure.postgres import NoPostgres, binaries
from tests.machine import chromium_here, softhsm_here

pytest_plugins = ["tests.browser"]

# Whoever comes first waits for compiled code; how long a thing takes is no matter of tests.
hypothesis_settings.register_profile("kordon", deadline=None)
hypothesis_settings.load_profile("kordon")


def pytest_configure() -> None:
    """Every run is a node of its own, in a folder of its own (see ``tests/home.py``)."""
    identity.create(Path(settings.KORDON_HOME), "test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("KORDON_TEST_DATABASE") == "postgresql":
        # What asks nothing of the database here, or makes nodes of its own, has run on SQLite.
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = filter(asks_database, items)
    # The browser's driver keeps an event loop running in this thread, and beside one that runs
    # none can be started: who needs a loop comes first.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if chromium_here() is None:
        skip = pytest.mark.skip(reason="no Chromium on this machine")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)


def asks_database(item: pytest.Item) -> bool:
    """Whether it may use the database of this run; the framework keeps all others from it."""
    fixtures: tuple[str, ...] = getattr(item, "fixturenames", ())
    return "django_db_setup" in fixtures or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What this machine cannot test is said in capitals, not in a dot."""
    if chromium_here() is None:
        terminalreporter.write_line(
            "NO CHROMIUM: tests in a browser were SKIPPED (Debian: apt install chromium)",
            yellow=True,
        )
    if not softhsm_here():
        terminalreporter.write_line(
            "NO SOFTHSM: keys of seals in tokens were SKIPPED (Debian: apt install softhsm2)",
            yellow=True,
        )
    try:
        binaries()
    except NoPostgres as reason:
        terminalreporter.write_line(f"NOT TESTED ON POSTGRESQL: {reason}", yellow=True)


@pytest.fixture(autouse=True)
def this_node():
    """Whatever other nodes a test was, it ends in this node, and so does the next one begin."""
    kept = connections["default"], settings.KORDON_HOME, settings.KORDON_KIND
    yield
    left = connections["default"], settings.KORDON_HOME, settings.KORDON_KIND
    connections["default"] = kept[0]
    settings.KORDON_HOME, settings.KORDON_KIND = kept[1:]
    assert left == kept, "the test left this process in another node"


def officer(name: str, number: int, *, lacking: str = "", **changes: str) -> Actor:
    """Somebody with every right but ``lacking``, at booth 1 of the post NORTH."""
    place = {"agency": "BORDER", "post": "NORTH", "booth": "1"} | changes
    rights = frozenset((*COMMANDS, *QUERIES)) - {lacking}
    return Actor(id=UUID(int=number), name=name, rights=rights, **place)


@pytest.fixture
def ada(db) -> Actor:
    """Ada sits at the first line."""
    return officer("Ada", 1)


@pytest.fixture
def ben(db) -> Actor:
    """Ben sits at the second line."""
    return officer("Ben", 2, booth="")


@pytest.fixture
def eve(db) -> Actor:
    """Eve has no rights at all."""
    return Actor(id=UUID(int=3), name="Eve", agency="BORDER", post="NORTH")
