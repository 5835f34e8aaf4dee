"""What the border says to people: sentences made from codes at the moment of showing."""

from kordon.border.words.chip import say_protocol
from kordon.border.words.crosscheck import say_cross_check, say_several
from kordon.border.words.findings import Said, say_finding, say_reason
from kordon.border.words.names import (
    ACTIONS,
    CATEGORIES,
    DEEDS,
    DIRECTIONS,
    FIELDS,
    GROUNDS,
    JUDGEMENTS,
    NEEDS,
    OUTCOMES,
    PURPOSES,
    RECEIVERS,
    REFERRALS,
    SIGNATURES,
    STATUSES,
)
from kordon.border.words.refusals import say_refusal
from kordon.border.words.seal import say_content, say_seal
from kordon.border.words.sources import SOURCES, say_source

__all__ = [
    "ACTIONS",
    "CATEGORIES",
    "DEEDS",
    "DIRECTIONS",
    "FIELDS",
    "GROUNDS",
    "JUDGEMENTS",
    "NEEDS",
    "OUTCOMES",
    "PURPOSES",
    "RECEIVERS",
    "REFERRALS",
    "SIGNATURES",
    "SOURCES",
    "STATUSES",
    "Said",
    "say_content",
    "say_cross_check",
    "say_finding",
    "say_protocol",
    "say_reason",
    "say_refusal",
    "say_seal",
    "say_several",
    "say_source",
]
