"""What several sources say of a document was compared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kordon.journal.fact import fact


@dataclass(frozen=True, kw_only=True)
class CrossTold:
    """What one source says of a field; of an earlier crossing, which one that was."""

    source: str
    value: str
    crossing: UUID | None = None
    at: datetime | None = None
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class CrossDifference:
    """Two sources that say different things, and what weight that has."""

    code: str
    weight: str
    field: str
    one: CrossTold
    other: CrossTold


@dataclass(frozen=True, kw_only=True)
class CrossAgreement:
    """Two sources that say the same, and in what way."""

    field: str
    same: str
    one: CrossTold
    other: CrossTold


@fact("border.document_cross_checked.v1")
class DocumentCrossChecked:
    """Everything that was compared of a document: zone, chip, seal, typed text, earlier crossings.

    Recorded with the check it belongs to where there was more than one source of the document,
    or an earlier crossing said something else. ``tellers`` are the sources in order of trust.
    """

    check: UUID
    tellers: tuple[str, ...]
    differences: tuple[CrossDifference, ...]
    agreements: tuple[CrossAgreement, ...]
