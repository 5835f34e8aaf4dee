"""Commands, queries and reactions that only these tests know."""

import pytest

from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.reacting import REACTIONS


@pytest.fixture
def declared():
    """What is declared inside the test is forgotten after it."""
    registries = (COMMANDS, QUERIES, REACTIONS)
    before = [dict(registry) for registry in registries]
    yield
    for registry, known in zip(registries, before, strict=True):
        registry.clear()
        registry.update(known)
