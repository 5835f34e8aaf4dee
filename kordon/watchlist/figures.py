"""Figures of the watchlist for monitoring: how old its lists and its index are."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from kordon.network.doors import Figure, figures
from kordon.watchlist import screening_index
from kordon.watchlist.reports import lists

DAY_S = 24 * 3600


@figures
def of_lists() -> Iterator[Figure]:
    """The age of each list in force, from the day it is of."""
    today = timezone.localdate()
    for one in lists():
        yield Figure(
            name="kordon_list_age_seconds",
            help="Age of a list in force, from the day it is of.",
            value=(today - date.fromisoformat(one["as_of"])).days * DAY_S,
            labels={"list": one["name"]},
        )


@figures
def of_the_index() -> Iterator[Figure]:
    """When the screening index on disk was made anew; later alerts lie over it in memory."""
    made_at = screening_index.made_at()
    if made_at is not None:
        yield Figure(
            name="kordon_index_age_seconds",
            help="Age of the screening index on disk.",
            value=timezone.now().timestamp() - made_at,
        )
