"""What follows from each category: what the border does, what the first line sees, for how long.

border-control practice after Regulations (EU) 2018/1860-1862 (SIS); review periods are the
longest an alert stands without being assessed anew.
"""

from dataclasses import dataclass
from enum import StrEnum

from kordon.watchlist.particulars import Category
from kordon.watchlist.sources.records import Kind


class Action(StrEnum):
    """What the border does once the identity is confirmed."""

    REFUSE_ENTRY = "refuse_entry"
    CONFIRM_DEPARTURE = "confirm_departure"
    HOLD_AND_CALL_POLICE = "hold_and_call_police"
    PROTECT_AND_CONTACT = "protect_and_contact"
    PREVENT_EXIT = "prevent_exit"
    RECORD_ADDRESS = "record_address"
    RECORD_SILENTLY = "record_silently"
    INTERVIEW = "interview"
    SEARCH = "search"
    SEIZE_DOCUMENT = "seize_document"
    SEIZE_VEHICLE = "seize_vehicle"
    CONTACT_AGENCY = "contact_agency"


class Shown(StrEnum):
    """What the first line gets to see."""

    FULL = "full"
    """Category and action."""
    SUPERVISOR = "supervisor"
    """Only "call the supervisor"."""
    REFERRAL = "referral"
    """Only "second line"."""
    NOTHING = "nothing"
    """Its screen stays identical to the byte."""


@dataclass(frozen=True)
class Rule:
    """``priority``: where several alerts concern one person, the lowest number leads."""

    kinds: frozenset[Kind]
    action: Action
    shown: Shown
    review_years: int
    priority: int


_PERSON = frozenset({Kind.PERSON})
_DOCUMENT = frozenset({Kind.DOCUMENT})
_VEHICLE = frozenset({Kind.VEHICLE})
_ANY = frozenset(Kind)

RULES: dict[Category, Rule] = {
    Category.ARREST: Rule(_PERSON, Action.HOLD_AND_CALL_POLICE, Shown.SUPERVISOR, 5, 1),
    Category.CHILD_AT_RISK: Rule(_PERSON, Action.PREVENT_EXIT, Shown.FULL, 1, 2),
    Category.MISSING_CHILD: Rule(_PERSON, Action.PROTECT_AND_CONTACT, Shown.FULL, 5, 3),
    Category.VULNERABLE: Rule(_PERSON, Action.PREVENT_EXIT, Shown.FULL, 1, 4),
    Category.MISSING_ADULT: Rule(_PERSON, Action.PROTECT_AND_CONTACT, Shown.FULL, 5, 5),
    Category.ENTRY_BAN: Rule(_PERSON, Action.REFUSE_ENTRY, Shown.FULL, 3, 6),
    Category.RETURN_DECISION: Rule(_PERSON, Action.CONFIRM_DEPARTURE, Shown.FULL, 3, 7),
    Category.DOCUMENT_STOLEN: Rule(_DOCUMENT, Action.SEIZE_DOCUMENT, Shown.FULL, 10, 8),
    Category.DOCUMENT_BLANK_STOLEN: Rule(_DOCUMENT, Action.SEIZE_DOCUMENT, Shown.FULL, 10, 8),
    Category.DOCUMENT_LOST: Rule(_DOCUMENT, Action.SEIZE_DOCUMENT, Shown.FULL, 10, 9),
    Category.DOCUMENT_INVALIDATED: Rule(_DOCUMENT, Action.SEIZE_DOCUMENT, Shown.FULL, 10, 9),
    Category.VEHICLE_SEIZE: Rule(_VEHICLE, Action.SEIZE_VEHICLE, Shown.FULL, 10, 10),
    Category.SPECIFIC_CHECK: Rule(_PERSON | _VEHICLE, Action.SEARCH, Shown.REFERRAL, 1, 11),
    Category.INQUIRY_CHECK: Rule(_PERSON, Action.INTERVIEW, Shown.REFERRAL, 1, 12),
    Category.JUDICIAL_SUMMONS: Rule(_PERSON, Action.RECORD_ADDRESS, Shown.NOTHING, 3, 13),
    Category.AGENCY_NOTICE: Rule(_ANY, Action.CONTACT_AGENCY, Shown.REFERRAL, 1, 14),
    Category.DISCREET_CHECK: Rule(_PERSON, Action.RECORD_SILENTLY, Shown.NOTHING, 1, 15),
    Category.VEHICLE_DISCREET: Rule(_VEHICLE, Action.RECORD_SILENTLY, Shown.NOTHING, 1, 16),
}
