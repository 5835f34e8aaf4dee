"""What becomes of a possible match once its owner is told."""

from enum import StrEnum
from uuid import UUID

from kordon.journal.fact import PostOf, Travels, fact


class HitKind(StrEnum):
    """How it came to be a hit."""

    MET = "met"
    """The second line confirmed it, or could not tell."""
    SILENT = "silent"
    """Nothing of it was seen at the post; only its owner knows."""
    EARLIER = "earlier"
    """The traveller had crossed before the alert was there."""


class HitResult(StrEnum):
    """What the owner found."""

    SAME = "same"
    NOT_SAME = "not_same"
    NO_ACTION = "no_action"


class Wish(StrEnum):
    """What the owner says to the second line of the post."""

    QUESTION = "question"
    INSTRUCTION = "instruction"


@fact("border.hit_acknowledged.v1", travels=Travels.HOME, only_at_hq=True)
class HitAcknowledged:
    """The owner has seen the hit and says what is being done."""

    hit: UUID
    note: str


@fact("border.hit_message_sent.v1", travels=PostOf("post"))
class HitMessageSent:
    """The owner asks the second line of the post something, or says what to do."""

    message: UUID
    hit: UUID
    crossing: UUID
    post: str
    wish: Wish
    text: str


@fact("border.hit_message_answered.v1")
class HitMessageAnswered:
    """The second line answers."""

    message: UUID
    hit: UUID
    text: str


@fact("border.hit_closed.v1", travels=Travels.HOME, only_at_hq=True)
class HitClosed:
    """The owner is done with it."""

    hit: UUID
    result: HitResult
    reason: str


@fact("border.hit_clock_set.v1", travels=Travels.HOME, only_at_hq=True)
class HitClockSet:
    """Within how many minutes hits of a category are verified, acknowledged and closed."""

    category: str
    verify: int
    acknowledge: int
    close: int
