"""A traveller was checked."""

from datetime import date
from uuid import UUID

from kordon.border.facts.values import (
    Correction,
    Earlier,
    FieldRead,
    Finding,
    Identity,
    MatchFound,
    SourceAsked,
)
from kordon.border.facts.words import Direction, Purpose
from kordon.journal.fact import fact


@fact("border.traveller_checked.v1")
class TravellerChecked:
    """Everything known at that moment, and everything that could not be asked.

    ``on`` is the day at the post. ``identity`` is the traveller as screened: the zone as
    read (``read``), with what the officer typed laid over it (``corrections``). ``matches``
    holds every match, also those that no screen of the post shows.
    """

    check: UUID
    direction: Direction
    on: date
    mrz: str
    format: str
    read: Identity
    identity: Identity
    fields: tuple[FieldRead, ...]
    corrections: tuple[Correction, ...]
    findings: tuple[Finding, ...]
    sources: tuple[SourceAsked, ...]
    matches: tuple[MatchFound, ...]
    earlier: Earlier
    plate: str = ""
    purpose: Purpose = Purpose.UNSTATED
    companions: str = ""
    route: str = ""


@fact("border.matches_weighed.v1")
class MatchesWeighed:
    """Under which weights the candidates of a check were scored, and which calibration held.

    Recorded beside a check that met somebody by name. ``calibration`` is empty for the usual
    one.
    """

    check: UUID
    weights: str
    calibration: UUID | None
