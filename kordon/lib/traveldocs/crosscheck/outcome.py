"""What a cross-check found: disagreements with their weight, and agreements."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from kordon.lib.traveldocs.crosscheck.records import Source


class Weight(StrEnum):
    """What a disagreement deserves, heaviest first."""

    GRAVE = "GRAVE"
    """Two sources that a state made say different things: altered, or not of one document."""
    LOOK = "LOOK"
    """A person looks at the page; often a slip of typing or reading."""
    NOTE = "NOTE"
    """Worth knowing, usual in itself."""


class Code(StrEnum):
    """What disagrees, stable for machines."""

    NUMBER = "NUMBER"
    NUMBER_LOOKALIKE = "NUMBER_LOOKALIKE"
    """The numbers differ only in characters that are taken for one another: 0 and O."""
    DOCUMENT_CODE = "DOCUMENT_CODE"
    ISSUER = "ISSUER"
    NATIONALITY = "NATIONALITY"
    SURNAME = "SURNAME"
    GIVEN_NAMES = "GIVEN_NAMES"
    NAMES_EXCHANGED = "NAMES_EXCHANGED"
    """The surname of one is the given names of the other, and the other way round."""
    NAMES_DIVIDED = "NAMES_DIVIDED"
    """The same components, otherwise divided into surname and given names, or in other order."""
    GIVEN_NAMES_FEWER = "GIVEN_NAMES_FEWER"
    """One source has more given names than the other; those of both are the same."""
    NAME_NOT_COMPARED = "NAME_NOT_COMPARED"
    """No table spells a name of one source in A-Z."""
    BIRTH = "BIRTH"
    BIRTH_EXCHANGED = "BIRTH_EXCHANGED"
    """Day and month are exchanged."""
    SEX = "SEX"
    EXPIRY = "EXPIRY"
    OTHER_DOCUMENT = "OTHER_DOCUMENT"
    """An earlier crossing was with another document: only the person is compared."""


class Same(StrEnum):
    """In what way two sources agree."""

    SAME = "SAME"
    SPELLED_OTHERWISE = "SPELLED_OTHERWISE"
    """The same name in another script, or with letters that states may write in several ways."""
    CUT = "CUT"
    """One is the beginning of the other, whose field was full."""
    PARTIAL = "PARTIAL"
    """A date of which one source knows fewer parts, or not the century."""


class Told(NamedTuple):
    """What one source says."""

    source: Source
    value: str


class Finding(NamedTuple):
    """One disagreement; `words` is one or two English sentences."""

    code: Code
    weight: Weight
    field: str
    one: Told
    other: Told
    words: str


class Agreement(NamedTuple):
    """Two sources that say the same of a field."""

    field: str
    same: Same
    one: Told
    other: Told


class CrossCheck(NamedTuple):
    """Findings heaviest first, then all agreements."""

    findings: tuple[Finding, ...]
    agreements: tuple[Agreement, ...]


def to_json(said: CrossCheck) -> dict[str, Any]:
    """Plain values."""
    return {
        "findings": [
            {
                "code": str(each.code),
                "weight": str(each.weight),
                "field": each.field,
                "one": {"source": str(each.one.source), "value": each.one.value},
                "other": {"source": str(each.other.source), "value": each.other.value},
                "words": each.words,
            }
            for each in said.findings
        ],
        "agreements": [
            {
                "field": each.field,
                "same": str(each.same),
                "one": {"source": str(each.one.source), "value": each.one.value},
                "other": {"source": str(each.other.source), "value": each.other.value},
            }
            for each in said.agreements
        ],
    }
