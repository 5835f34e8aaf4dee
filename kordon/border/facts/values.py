"""Values inside facts: plain, frozen, readable in ten years."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kordon.border.facts.words import Direction, Ground, Level, Source, SourceState, Whereabouts


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the traveller is by one reading. Dates are ``1974-08-12``, ``?`` where unknown."""

    document_type: str = ""
    issuer: str = ""
    number: str = ""
    surname: str = ""
    given_names: str = ""
    nationality: str = ""
    birth: str = ""
    sex: str = ""
    expiry: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldRead:
    """One field of the machine-readable zone and what its check digit says."""

    field: str
    value: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A field the officer typed from the page, beside what the zone said."""

    field: str
    read: str
    typed: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found: a code with parameters. Words are made where it is shown."""

    code: str
    level: Level
    source: Source
    params: dict[str, str]
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class ListAsked:
    """One list that was searched: of which day, and since when it is in force here."""

    name: str
    as_of: date
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SourceAsked:
    """One source: whether it answered, how old its oldest list is, or why it was not asked."""

    source: Source
    state: SourceState
    why: str = ""
    as_of: date | None = None
    lists: tuple[ListAsked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatchReason:
    """Why an alert may mean this traveller."""

    code: str
    given: str
    listed: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class MatchFound:
    """An alert that may mean this traveller, document or vehicle.

    ``form`` says which form of the identity met it, ``read`` or ``typed``; ``via`` how it was
    found, ``name``, ``document`` or ``plate``. ``shown`` is what the first line gets to see:
    ``full``, ``supervisor``, ``referral`` or ``nothing``; the last is recorded without a trace
    on the screen.
    """

    match: UUID
    alert: UUID
    kind: str
    category: str
    action: str
    shown: str
    owner: str
    reference: str
    strength: str
    via: str
    seen_by_first_line: bool
    seen_by_second_line: bool
    form: str
    listed_name: str = ""
    instructions: str = ""
    score: float = 0.0
    reasons: tuple[MatchReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EarlierCrossing:
    """An earlier crossing as it was known at the moment of a check."""

    crossing: UUID
    crossed_at: datetime
    direction: Direction
    post: str
    status: str
    same_document: bool
    same_person: bool
    document: str


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What our own records say: how often seen, and where the traveller should be."""

    same_document: int
    same_person: int
    whereabouts: Whereabouts
    last: tuple[EarlierCrossing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroundStated:
    """A ground of refusal with what proves it."""

    ground: Ground
    statement: str = ""
    evidence: tuple[UUID, ...] = ()
    match: UUID | None = None
