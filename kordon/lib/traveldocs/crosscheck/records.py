"""What one source says about a document and its holder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kordon.lib.traveldocs.dates import PartialDate
from kordon.lib.traveldocs.mrz import Reading


class Source(StrEnum):
    """Where it comes from, the most trustworthy first: others are compared with the first that
    holds a field."""

    CHIP = "CHIP"
    """DG1 of a chip."""
    ZONE = "ZONE"
    """The printed machine readable zone."""
    SEAL = "SEAL"
    """A visible digital seal, of a visa for instance."""
    DETAILS = "DETAILS"
    """Additional personal details of a chip (DG11): the name in full, in letters of the state."""
    TYPED = "TYPED"
    """What a person typed from the page, in any script."""
    EARLIER = "EARLIER"
    """An earlier crossing, with this document or another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One source. What it does not tell stays empty and is not compared.

    Names may be in any script that a table of `TABLE_NAMES` spells. Codes are as in a zone without
    fillers (`D`). `cut`: the names may have been cut off, as where they fill their field.
    """

    source: Source
    surname: str = ""
    given_names: str = ""
    cut: bool = False
    number: str = ""
    document_code: str = ""
    issuer: str = ""
    nationality: str = ""
    births: tuple[PartialDate, ...] = ()
    """Possible dates of birth, likeliest first: two where the century is open."""
    sex: str = ""
    expiry: PartialDate | None = None


def record_of(source: Source, reading: Reading) -> Record:
    """The record of a zone as read, printed or from a chip. A field that is refused is left out."""
    refused = set(reading.refusals)

    def told(field: str, value: str) -> str:
        return "" if field in refused else value

    return Record(
        source=source,
        surname=told("surname", reading.surname),
        given_names=told("given_names", reading.given_names),
        cut=reading.name_truncated,
        number=told("number", reading.number),
        document_code=told("document_code", reading.document_code),
        issuer=told("issuer", reading.issuer),
        nationality=told("nationality", reading.nationality),
        births=() if "birth" in refused else reading.births,
        sex=told("sex", reading.sex),
        expiry=None if "expiry" in refused else reading.expiry,
    )
