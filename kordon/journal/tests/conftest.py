"""Commands, queries and reactions that only these tests know."""

import pytest

from kordon.journal import grouping
from kordon.journal.command import AT_HQ, COMMANDS, QUERIES
from kordon.journal.reacting import REACTIONS
from kordon.journal.writing import group_sizes


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


@pytest.fixture
def patient(monkeypatch):
    """A group waits for who is late on a busy machine."""
    monkeypatch.setattr(grouping, "OLDEST_S", 600)


@pytest.fixture
def sizes():
    """What was committed since the test began."""
    before = group_sizes()

    def since():
        grown = {size: times - before.get(size, 0) for size, times in group_sizes().items()}
        return {size: times for size, times in grown.items() if times}

    return since
