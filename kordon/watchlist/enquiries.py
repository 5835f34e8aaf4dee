"""Persons somebody asks about outside a check, and what each asker may know of the answer."""

from dataclasses import dataclass

from kordon.journal.actor import Actor
from kordon.journal.refusal import Refusal
from kordon.watchlist.categories import Shown
from kordon.watchlist.matches import ListAge, Match

MOST_PERSONS = 200
"""How many one request may ask about: more would hold up those who wait at a booth."""


class TooManyPersons(Refusal):
    """More persons in one request than are answered in one."""

    code = "too_many_persons"
    status = 422


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """A person somebody asks about. ``names`` are full names in any script and order.

    ``born``: year, month, day, 0 where unknown; ``nationalities`` and the issuers of
    ``documents`` (number, issuer) are alpha-3 codes; ``sex`` is M, F or "".
    """

    names: tuple[str, ...] = ()
    born: tuple[int, int, int] = (0, 0, 0)
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    truncated: bool = False


@dataclass(frozen=True)
class Known:
    """A match and how much of it the asker may know.

    ``all``: everything with its weights; else, with ``words``, the category, what to do and
    why in words; without, that somebody has to look and nothing more.
    """

    match: Match
    all: bool
    words: bool


@dataclass(frozen=True)
class Answered:
    """What was searched, and for each enquiry, in its order, what the asker may know."""

    lists: tuple[ListAge, ...]
    found: tuple[tuple[Known, ...], ...]


def check_number(enquiries: int) -> None:
    if enquiries > MOST_PERSONS:
        raise TooManyPersons(f"At most {MOST_PERSONS} persons in one request.")


def known_to(by: Actor, matches: tuple[Match, ...]) -> tuple[Known, ...]:
    """What ``by`` may know. A discreet alert of others is not there for them at all."""
    seen = ((match, sees_all(by, match)) for match in matches)
    return tuple(
        Known(match, all=all, words=all or match.shown is Shown.FULL)
        for match, all in seen
        if all or match.seen_by_first_line
    )


def sees_all(by: Actor, match: Match) -> bool:
    """The owner's own officers and machines, and who may see the alerts of every agency."""
    if by.may("watchlist.see_all_alerts"):
        return True
    return by.may("watchlist.list_alerts") and bool(by.agency) and match.owner == by.agency
