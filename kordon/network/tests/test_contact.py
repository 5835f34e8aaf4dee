"""Headquarters and a post as real servers, in touch over HTTP, through a crash of either."""

import contextlib
from dataclasses import dataclass

import pytest

from kordon.measure.home import Home, Server, temporary_home

FIELD = "kordon.network.tests.field"


@dataclass
class Pair:
    hq: Home
    office: Server
    post: Home


@pytest.fixture(scope="module")
def pair():
    """A post that is enrolled at headquarters, which answers; the post's server is not started."""
    with contextlib.ExitStack() as open_ones:
        hq = open_ones.enter_context(temporary_home(node="HQ", KORDON_KIND="hq"))
        office = open_ones.enter_context(hq.serve())
        link = {"KORDON_KIND": "post", "KORDON_LINK": f"http://127.0.0.1:{office.port}"}
        post = open_ones.enter_context(temporary_home(node="AKSUU", **link))
        for home, node, kind in ((hq, "HQ", "hq"), (post, "AKSUU", "post")):
            key = home.call(f"{FIELD}:public_key")
            hq.call(f"{FIELD}:enrol", node=node, public_key=key, kind=kind)
        post.call(f"{FIELD}:pin", node="HQ", public_key=hq.call(f"{FIELD}:public_key"))
        yield Pair(hq, office, post)


def test_what_is_recorded_is_at_headquarters_within_a_second_and_nothing_is_lost(pair):
    recorded = 5
    with pair.post.serve() as gate:
        took = pair.post.call(f"{FIELD}:happen_and_be_told", count=recorded)
        assert min(took) < 1
        pair.hq.call(f"{FIELD}:register_agency", agency="TAX")
        pair.post.call(f"{FIELD}:await_agency", agency="TAX")

        pair.office.kill()
        pair.post.call(f"{FIELD}:happen", count=30)
        pair.post.call(f"{FIELD}:await_link", up=False)
        pair.office.start()
        pair.post.call(f"{FIELD}:await_receipt", number=recorded + 30)

        gate.kill()
        pair.post.call(f"{FIELD}:happen", count=7)
        gate.start()
        pair.post.call(f"{FIELD}:await_receipt", number=recorded + 37)
    for node in (pair.hq, pair.post):
        assert node.call(f"{FIELD}:sign_ins") == recorded + 37


def test_a_node_in_touch_stops_when_it_is_told(pair):
    with pair.post.serve() as gate:
        pair.post.call(f"{FIELD}:await_link", up=True)
        gate.process.terminate()
        assert gate.process.wait(timeout=30) == 0
