"""What an alert says: plain values that facts, forms, the API and rules share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kordon.watchlist.sources.records import Birth, Kind, Quality


class Category(StrEnum):
    """Why somebody or something is looked for."""

    ENTRY_BAN = "entry_ban"
    RETURN_DECISION = "return_decision"
    ARREST = "arrest"
    MISSING_ADULT = "missing_adult"
    MISSING_CHILD = "missing_child"
    CHILD_AT_RISK = "child_at_risk"
    VULNERABLE = "vulnerable"
    JUDICIAL_SUMMONS = "judicial_summons"
    DISCREET_CHECK = "discreet_check"
    INQUIRY_CHECK = "inquiry_check"
    SPECIFIC_CHECK = "specific_check"
    DOCUMENT_STOLEN = "document_stolen"
    DOCUMENT_LOST = "document_lost"
    DOCUMENT_INVALIDATED = "document_invalidated"
    DOCUMENT_BLANK_STOLEN = "document_blank_stolen"
    VEHICLE_SEIZE = "vehicle_seize"
    VEHICLE_DISCREET = "vehicle_discreet"
    AGENCY_NOTICE = "agency_notice"


@dataclass(frozen=True)
class NameGiven:
    text: str
    quality: Quality = Quality.GOOD


@dataclass(frozen=True)
class DocumentGiven:
    """``issuer`` is the issuing state, alpha-3."""

    number: str
    issuer: str
    type: str = "passport"


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """All the owner writes. ``births`` are alternatives, zeros where unknown."""

    kind: Kind
    category: Category
    legal_basis: str
    case_reference: str
    proportionality: str
    names: tuple[NameGiven, ...] = ()
    births: tuple[Birth, ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    places: tuple[str, ...] = ()
    documents: tuple[DocumentGiven, ...] = ()
    plate: str = ""
    plate_country: str = ""
    instructions: str = ""
    remarks: str = ""
    valid_until: date | None = None
