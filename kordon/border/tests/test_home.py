"""Everybody begins where they work."""

from dataclasses import replace

import pytest

from kordon.border.views.home import home

STARTS = [
    ({"border.first_line", "border.list_waiting"}, "/first-line/"),
    ({"border.list_waiting"}, "/second-line/"),
    ({"border.list_booth_states"}, "/supervisor/"),
    (set(), "/accounts/workplace/"),
]


@pytest.mark.parametrize("rights, address", STARTS)
def test_it_leads_to_the_first_page_of_ones_work(rf, ada, rights, address):
    request = rf.get("/")
    request.actor = replace(ada, rights=frozenset(rights | {"accounts.list_own_posts"}))
    assert home(request).headers["Location"] == address
