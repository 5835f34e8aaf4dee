"""What can have happened to alerts and to the editions of lists they come from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kordon.journal.fact import Travels, fact
from kordon.watchlist.particulars import Category, Particulars


class Deed(StrEnum):
    """What the owner asked for and a second officer approves."""

    RAISE = "raise"
    CHANGE = "change"
    EXTEND = "extend"
    WITHDRAW = "withdraw"


@fact("watchlist.alert_raised.v1", travels=Travels.POSTS)
class AlertRaised:
    """An officer of the owner wrote an alert; it waits for a second officer."""

    alert: UUID
    owner: str
    particulars: Particulars
    low_quality: bool
    valid_from: date
    review_on: date


@fact("watchlist.alert_changed.v1", travels=Travels.POSTS)
class AlertChanged:
    """The owner wrote the alert anew. One in force stays as it was until this is approved."""

    alert: UUID
    particulars: Particulars
    low_quality: bool
    reason: str


@fact("watchlist.alert_extended.v1", travels=Travels.POSTS)
class AlertExtended:
    """The owner assessed this one alert and wants to keep it until a new review date."""

    alert: UUID
    review_on: date
    valid_until: date | None
    assessment: str


@fact("watchlist.alert_withdrawn.v1", travels=Travels.POSTS)
class AlertWithdrawn:
    """The owner takes the alert back. One in force stays until a second officer approves."""

    alert: UUID
    reason: str


@fact("watchlist.alert_approved.v1", travels=Travels.POSTS)
class AlertApproved:
    """A second officer of the owner approved what was waiting."""

    alert: UUID
    deed: Deed


@fact("watchlist.alert_returned.v1", travels=Travels.POSTS)
class AlertReturned:
    """A second officer did not approve, and said why."""

    alert: UUID
    deed: Deed
    reason: str


@fact("watchlist.edition_imported.v1", travels=Travels.POSTS, files=("records",))
class EditionImported:
    """An edition of somebody's list was read; it waits for a second officer.

    ``original``, ``records`` and ``bad`` are names of kept files: what was handed in, what was
    read from it (canonical JSON lines), and the rows that could not be read. Everything an
    alert of this list has that its record does not say stands here.
    """

    edition: UUID
    list: str
    title: str
    format: str
    filename: str
    original: str
    records: str
    bad: str
    as_of: date
    owner: str
    category: Category
    legal_basis: str
    legal_review: str
    counts: dict[str, int]
    columns: dict[str, str]


@fact("watchlist.edition_approved.v1", travels=Travels.POSTS)
class EditionApproved:
    """The edition is in force from now on, in the place of the one before.

    ``alone``: no second officer looked; ``ground`` says who answers for that.
    """

    edition: UUID
    alone: bool
    ground: str


@fact("watchlist.edition_returned.v1", travels=Travels.POSTS)
class EditionReturned:
    """A second officer did not approve the edition, and said why."""

    edition: UUID
    reason: str


@fact("watchlist.edition_rolled_back.v1", travels=Travels.POSTS)
class EditionRolledBack:
    """The edition is out of force again, and the one before is in force as it was."""

    edition: UUID
    restored: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """In nats: from ``stops`` on a sure birth date stops the traveller in the booth, from
    ``looks`` on somebody looks in the second line; below, nothing is shown."""

    stops: float
    looks: float


@fact("watchlist.calibration_proposed.v1", travels=Travels.POSTS)
class CalibrationProposed:
    """Other thresholds, or other weights of findings, were proposed; a second person decides.

    A category that ``thresholds`` does not name has its usual ones. ``weights``: a set as JSON,
    empty for the one that comes with the software.
    """

    calibration: UUID
    thresholds: dict[Category, Thresholds]
    weights: str
    ground: str


@fact("watchlist.calibration_approved.v1", travels=Travels.POSTS)
class CalibrationApproved:
    """A second person put the calibration in force, in the place of the one before."""

    calibration: UUID


@fact("watchlist.calibration_returned.v1", travels=Travels.POSTS)
class CalibrationReturned:
    """A second person did not approve the calibration, and said why."""

    calibration: UUID
    reason: str


@fact("watchlist.match_excluded.v1")
class MatchExcluded:
    """An officer ruled that a traveller with this document is not the one an alert means.

    Holds until either side changes: ``says`` is the digest of what the alert says of whom it
    means, ``traveller`` that of document, name and birth date. ``match`` is what was judged.
    """

    exclusion: UUID
    alert: UUID
    says: str
    traveller: str
    match: UUID
    document: str
    name: str
    birth: str
    reason: str


@fact("watchlist.exclusion_revoked.v1")
class ExclusionRevoked:
    """The ruling was wrong: the alert is met again by this traveller. Final for this ruling."""

    exclusion: UUID
    reason: str


@fact("watchlist.exclusion_told.v1", travels=Travels.POSTS)
class ExclusionTold:
    """Headquarters tells every post of a ruling, or that it was revoked. Names no traveller."""

    exclusion: UUID
    alert: UUID
    says: str
    traveller: str
    ruled_by: str
    agency: str
    post: str
    ruled_at: datetime
    reason: str
    revoked: bool


@fact("watchlist.edition_rehearsed.v1", travels=Travels.HOME, only_at_hq=True)
class EditionRehearsed:
    """An edition that waits was compared with travellers of late: whom it would have stopped.

    ``entries`` of ``of_entries`` entries were compared with ``travellers`` out of ``crossings``.
    """

    edition: UUID
    travellers: int
    crossings: int
    days: int
    entries: int
    of_entries: int
    stops: int
    referrals: int
    silent: int
