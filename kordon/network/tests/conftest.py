"""Headquarters and two posts, in one process."""

import pytest

from kordon.measure.nodes import Nodes


@pytest.fixture
def nodes(django_db_blocker):
    with django_db_blocker.unblock(), Nodes() as made:
        yield made


@pytest.fixture
def hq(nodes):
    return nodes.hq()


@pytest.fixture
def post(nodes, hq):
    return nodes.post("AKSUU", hq)


@pytest.fixture
def other(nodes, hq):
    return nodes.post("SARYTAL", hq)
