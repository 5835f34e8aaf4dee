"""Searches of earlier crossings: done, under way, and the policy they follow."""

from dataclasses import dataclass
from datetime import datetime

from kordon.border import scratch
from kordon.border.models import EarlierPolicy, EarlierSearched
from kordon.border.rules.hits import USUAL_DAYS
from kordon.journal.actor import Actor
from kordon.journal.command import query

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search of earlier crossings; ``done_at`` is None while it is under way, and
    ``upto`` then the post it has come to."""

    about: str
    days: int
    compared: int
    found: int
    done_at: datetime | None
    upto: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """``days`` 0: never. ``set_by`` is empty where nobody has set it and the usual holds."""

    days: int
    ground: str = ""
    set_at: datetime | None = None
    set_by: str = ""


@query
def list_earlier_searches(*, by: Actor) -> list[Search]:
    """Searches under way first, then those done, newest first. Names nobody."""
    waiting = [
        Search(
            about=row.about,
            days=row.days,
            compared=row.compared,
            found=row.found,
            done_at=None,
            upto=row.done_post,
        )
        for row in scratch.searches()
    ]
    return waiting + [
        Search(
            about=row.about,
            days=row.days,
            compared=row.compared,
            found=row.found,
            done_at=row.at,
            upto="",
        )
        for row in EarlierSearched.objects.order_by("-at")[:SHOWN]
    ]


@query
def get_earlier_policy(*, by: Actor) -> Policy:
    """How many days back a new alert is compared with who had crossed."""
    row = EarlierPolicy.objects.filter(pk=1).first()
    if row is None:
        return Policy(days=USUAL_DAYS)
    return Policy(days=row.days, ground=row.ground, set_at=row.set_at, set_by=row.set_by_name)
