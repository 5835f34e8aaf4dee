"""Everybody begins where they work."""

from dataclasses import replace

import pytest

from kordon.border.views.home import home
from kordon.border.views.strip import show_place
from kordon.journal import identity

STARTS = [
    ({"border.first_line", "border.list_waiting"}, "/first-line/"),
    ({"border.list_waiting"}, "/second-line/"),
    ({"border.list_booth_states", "border.list_waiting"}, "/supervisor/"),
    ({"accounts.list_people", "network.list_nodes"}, "/accounts/people/"),
    ({"network.list_nodes"}, "/network/"),
    ({"trust.list_states"}, "/trust/"),
    ({"watchlist.list_edition_history"}, "/watchlist/lists/"),
    (set(), "/accounts/workplace/"),
]


@pytest.mark.parametrize("rights, address", STARTS)
def test_it_leads_to_the_first_page_of_ones_work(rf, ada, rights, address):
    request = rf.get("/")
    request.actor = replace(ada, rights=frozenset(rights | {"accounts.list_own_posts"}))
    assert home(request).headers["Location"] == address


@pytest.mark.parametrize("kind", ["hq", "post", "standalone"])
def test_before_sign_in_the_strip_says_which_node_this_is(rf, ada, settings, kind):
    settings.KORDON_KIND = kind
    said = {"hq": ["Headquarters"], "post": [identity.mine().node]}
    assert show_place(rf.get("/")).get("place") == said.get(kind)
