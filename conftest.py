"""The node every test runs on, and the people who act in them."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES


def pytest_configure() -> None:
    """Every run is a node of its own, in a folder of its own (see ``tests/home.py``)."""
    identity.create(Path(settings.KORDON_HOME), "test")


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
