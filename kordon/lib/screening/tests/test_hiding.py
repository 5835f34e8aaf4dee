"""Who is hidden neither surfaces nor takes the place of another."""

from datetime import date

import pytest

from kordon.lib.screening import Index, Listing, Person
from kordon.lib.screening.gathering import PRESELECTED, SAME_DATE
from kordon.lib.screening.shape import MOST_RESULTS

BORN = (1974, 8, 12)
ANNA = Person(("ERIKSSON ANNA",), BORN)
TODAY = date(2026, 6, 1).toordinal()


def keys(found):
    return [candidate.key for candidate in found]


@pytest.mark.parametrize("born", [BORN, (1974, 12, 8), (1974, 0, 0), (0, 0, 0)])
def test_any_number_of_hidden_ones_leaves_room_for_the_one_who_is_not(born):
    many = 2 * (MOST_RESULTS + PRESELECTED + SAME_DATE)
    births = (born,) if born[0] else ()
    listings = [Listing(f"gone {n}", ("Anna Eriksson",), births) for n in range(many)]
    index = Index.build([*listings, Listing("there", ("Anna Erikson",), births)])
    hidden = index.hide(listing.key for listing in listings)
    assert keys(index.search(ANNA, limit=1, threshold=5, without=hidden)) == ["there"]
    assert "there" not in keys(index.search(ANNA, limit=1, threshold=5))


def test_unknown_keys_are_left_aside_and_hiding_adds_up():
    index = Index.build([Listing(key, ("Anna Eriksson",), (BORN,)) for key in "bca"])
    hidden = index.hide(["b", "", "zz", "ab"])
    assert keys(index.search(ANNA, without=hidden)) == ["c", "a"]
    assert keys(index.search(ANNA, without=index.hide(["a"], besides=hidden))) == ["c"]
    assert keys(index.search(ANNA)) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ((0, 0), True), ((TODAY, TODAY), True), ((TODAY + 1, 0), False), ((0, TODAY - 1), False),
        ((TODAY - 1, TODAY + 1), True),
    ],
)  # fmt: skip
def test_a_listing_counts_only_on_its_days(tmp_path, days, counts):
    Index.build([Listing("a", ("Anna Eriksson",), (BORN,), days=days)]).save(tmp_path)
    index = Index.open(tmp_path)
    found = index.search(ANNA, without=index.hide(day=TODAY))
    assert keys(found) == ["a"] * counts
