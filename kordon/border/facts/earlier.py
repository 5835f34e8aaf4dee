"""Alerts compared with who had crossed before they were there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kordon.border.facts.values import MatchFound
from kordon.journal.fact import Travels, fact


@dataclass(frozen=True, kw_only=True)
class EarlierMet:
    """A crossing whose traveller an alert may mean that came later."""

    crossing: UUID
    check: UUID | None
    post: str
    crossed_at: datetime
    match: MatchFound


@fact("border.earlier_policy_set.v1", travels=Travels.HOME, only_at_hq=True)
class EarlierPolicySet:
    """How many days back a new or changed alert is compared; 0: never. ``ground`` is the law."""

    days: int
    ground: str


@fact("border.earlier_crossings_found.v1", travels=Travels.HOME, only_at_hq=True)
class EarlierCrossingsFound:
    """A part of a search found these crossings."""

    search: UUID
    found: tuple[EarlierMet, ...]


@fact("border.earlier_crossings_searched.v1", travels=Travels.HOME, only_at_hq=True)
class EarlierCrossingsSearched:
    """A search is done: of what alerts, over which days, how many travellers were compared."""

    search: UUID
    about: str
    alerts: int
    days: int
    since: datetime
    until: datetime
    compared: int
    found: int
