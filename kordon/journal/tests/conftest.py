"""Commands, queries and reactions that only these tests know."""

import pytest

from kordon.journal.command import AT_HQ, COMMANDS, QUERIES
from kordon.journal.reacting import REACTIONS


@pytest.fixture
def declared():
    """What is declared inside the test is forgotten after it."""
    registries = (COMMANDS, QUERIES, REACTIONS)
    before, at_hq = [dict(registry) for registry in registries], set(AT_HQ)
    yield
    AT_HQ.intersection_update(at_hq)
    for registry, known in zip(registries, before, strict=True):
        registry.clear()
        registry.update(known)
