"""What is found about a traveller, a document or a vehicle: plain values for those who act."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kordon.lib.screening import BirthEvidence, Candidate
from kordon.watchlist.categories import Action, Shown
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources.records import Kind


class Strength(StrEnum):
    STOP = "stop"
    """Enough evidence to be shown in the booth."""
    SECOND_LINE = "second_line"
    """Worth a second officer's look; never a reason to stop by itself."""


class By(StrEnum):
    """How it was found."""

    NAME = "name"
    DOCUMENT = "document"
    PLATE = "plate"


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """Who stands there, as the document says. ``born``: year, month, day; 0 where unknown.

    ``other_names`` are the same person's names as printed or in another script; ``documents``
    are issuing state and number of what they show.
    """

    surname: str
    given_names: str
    born: tuple[int, int, int] = (0, 0, 0)
    sex: str = ""
    nationality: str = ""
    truncated: bool = False
    other_names: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Match:
    """An alert that may concern them. ``seen_by_first_line`` False: their screen must not change.

    ``listed_name`` is how the alert writes it; ``exact`` for numbers: the same, not just
    easily confused. ``candidate`` (score, reasons) is there when found by name.
    """

    alert: UUID
    kind: Kind
    category: Category
    action: Action
    shown: Shown
    seen_by_first_line: bool
    strength: Strength
    low_quality: bool
    owner: str
    source: str
    reference: str
    listed_name: str
    by: By
    priority: int
    instructions: str = ""
    exact: bool = True
    candidate: Candidate | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """How an alert writes what it means: names with their quality, documents by issuer and
    number, plate."""

    names: tuple[tuple[str, str], ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    plate: str = ""


@dataclass(frozen=True, kw_only=True)
class ListAge:
    """A source that is searched, how much is in it, and of when: what a lamp needs.

    ``name`` "own" are the alerts of the state's own agencies. ``entries`` is counted by
    ``list_editions`` only.
    """

    name: str
    title: str
    as_of: date
    since: datetime | None
    entries: int = 0
    edition: UUID | None = None


def strength_of_candidate(candidate: Candidate, *, low_quality: bool, stops: float) -> Strength:
    """A name stops nobody without the birth date (ALR-3, ALR-10), however low ``stops`` is."""
    sure = candidate.birth in {BirthEvidence.SAME, BirthEvidence.SWAPPED}
    if sure and not low_quality and candidate.score >= stops:
        return Strength.STOP
    return Strength.SECOND_LINE
