"""The forgeries of `kordon prove tamper`, each class once."""

import pytest

from kordon.measure.nodes import Nodes
from kordon.measure.tampering import Field


@pytest.fixture
def field(django_db_blocker):
    with django_db_blocker.unblock(), Nodes() as nodes:
        yield Field(nodes, seed=1)


def test_forks_are_found_and_kept_as_proof(field):
    assert field.fork() == []
    assert field.examine() == []


def test_nothing_forged_is_taken_and_nothing_breaks(field, monkeypatch):
    monkeypatch.setattr("kordon.measure.forging.Forger.truncate", lambda self: iter(()))
    field.upwards()
    field.downwards()
    assert (field.taken, field.raised) == ([], [])
    assert sum(field.tried.values()) > 800
