"""A field of real servers for the tests of the broker."""

from collections.abc import Iterator

import pytest

from kordon.network.broker.tests.field import Field


@pytest.fixture
def field(tmp_path) -> Iterator[Field]:
    """HQ's server runs; leaves are started by the test."""
    made = Field(tmp_path)
    made.hub.start()
    yield made
    made.close()
