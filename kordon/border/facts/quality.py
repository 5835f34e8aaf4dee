"""How good a list is, told to who keeps it."""

from uuid import UUID

from kordon.journal.fact import Travels, fact


@fact("border.list_quality_reported.v1", travels=Travels.HOME, only_at_hq=True)
class ListQualityReported:
    """What is wrong with the entries of a list, counted; ``list`` is empty for own alerts."""

    report: UUID
    owner: str
    list: str
    entries: int
    no_birth_date: int
    name_only: int
    stale: int
    never_met: int
    always_false: int
    judged: int
    not_same: int


@fact("border.list_quality_acknowledged.v1", travels=Travels.HOME, only_at_hq=True)
class ListQualityAcknowledged:
    """The owner has read the report and says what will be done."""

    report: UUID
    note: str
