"""What codes and refusals are called on pages."""

from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kordon.journal.refusal import Refusal

KINDS = {"person": _("Person"), "document": _("Document"), "vehicle": _("Vehicle")}
CATEGORIES = {
    "entry_ban": _("Entry ban"),
    "return_decision": _("Return decision"),
    "arrest": _("Arrest or extradition"),
    "missing_adult": _("Missing adult"),
    "missing_child": _("Missing child"),
    "child_at_risk": _("Child at risk of abduction"),
    "vulnerable": _("Vulnerable traveller"),
    "judicial_summons": _("Judicial summons"),
    "discreet_check": _("Discreet check"),
    "inquiry_check": _("Inquiry check"),
    "specific_check": _("Specific check"),
    "document_stolen": _("Stolen document"),
    "document_lost": _("Lost document"),
    "document_invalidated": _("Invalidated document"),
    "document_blank_stolen": _("Stolen blank"),
    "vehicle_seize": _("Vehicle to seize"),
    "vehicle_discreet": _("Vehicle, discreet check"),
    "agency_notice": _("Notice of an agency"),
}
ACTIONS = {
    "refuse_entry": _("Refuse entry once the identity is confirmed."),
    "confirm_departure": _("On exit, confirm the departure; on entry, contact the owner."),
    "hold_and_call_police": _("Hold the person and call the police."),
    "protect_and_contact": _("Protect the person and contact the owner."),
    "prevent_exit": _("Prevent the exit and contact the owner."),
    "record_address": _("Record the address and inform the owner."),
    "record_silently": _("Record place, time, route, companions, vehicle and documents silently."),
    "interview": _("Interview in the second line."),
    "search": _("Search as the law allows, in the second line."),
    "seize_document": _("Keep the document; second line."),
    "seize_vehicle": _("Keep the vehicle; second line."),
    "contact_agency": _("Contact the owner of the alert."),
}
SHOWN = {
    "full": _("The first line sees the category and what to do."),
    "supervisor": _("The first line sees only “call the supervisor”."),
    "referral": _("The first line sees only “second line”."),
    "nothing": _("The first line sees nothing: its screen does not change."),
}
STATUSES = {
    "pending": _("waits for approval"),
    "in_force": _("in force"),
    "returned": _("returned"),
    "withdrawn": _("withdrawn"),
    "expired": _("expired"),
}
STATUS_BADGES = {"pending": "k-look", "in_force": "k-accent", "returned": "k-look"}
EDITION_STATUSES = {
    "pending": _("waits for approval"),
    "in_force": _("in force"),
    "superseded": _("replaced by a later one"),
    "returned": _("returned"),
    "rolled_back": _("rolled back"),
}
WAITING = {
    "raise": _("new alert"),
    "change": _("change"),
    "extend": _("extension"),
    "withdraw": _("withdrawal"),
}
DOCUMENT_TYPES = {
    "passport": _("Passport"),
    "identity_card": _("Identity card"),
    "travel_document": _("Travel document"),
    "visa": _("Visa"),
    "other": _("Other document"),
}
SEXES = {"": _("Unknown"), "F": _("Female"), "M": _("Male")}
QUALITIES = {
    "good": "",
    "weak": _("weak alias"),
    "original_script": _("original script"),
}
FORMATS = {
    "un": _("United Nations Security Council, XML"),
    "ofac": _("OFAC: sdn.csv, or a ZIP of sdn.csv, alt.csv and add.csv"),
    "opensanctions": _("OpenSanctions, targets.simple.csv"),
    "ftm": _("FollowTheMoney, JSON lines"),
    "table": _("A table of your own: CSV or XLSX"),
}
FIELDS = {
    "ref": _("Reference"),
    "name": _("Full name"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "patronymic": _("Patronymic"),
    "other_names": _("Other names"),
    "weak_names": _("Weak aliases"),
    "birth_date": _("Date of birth"),
    "nationality": _("Nationality"),
    "sex": _("Sex"),
    "place": _("Place"),
    "document_number": _("Document number"),
    "document_type": _("Type of document"),
    "issuer": _("Issuing state"),
    "plate": _("Number plate"),
    "plate_country": _("State of the plate"),
    "legal_basis": _("Legal basis"),
    "listed_on": _("Listed on"),
    "remarks": _("Remarks"),
}
COUNTS = {
    "rows": _("Rows"),
    "records": _("Entries"),
    "bad": _("Rows that could not be read"),
    "new": _("New"),
    "changed": _("Changed"),
    "removed": _("Removed"),
    "skipped": _("Left out"),
    "joined": _("Joined to an entry"),
}
DEEDS = {
    "watchlist.alert_raised.v1": _("Alert written"),
    "watchlist.alert_changed.v1": _("Change written"),
    "watchlist.alert_extended.v1": _("Extension asked for"),
    "watchlist.alert_withdrawn.v1": _("Withdrawal asked for"),
    "watchlist.alert_approved.v1": _("Approved"),
    "watchlist.alert_returned.v1": _("Returned"),
    "watchlist.edition_imported.v1": _("Imported"),
    "watchlist.edition_approved.v1": _("Put in force"),
    "watchlist.edition_returned.v1": _("Returned"),
    "watchlist.edition_rolled_back.v1": _("Rolled back"),
}

# The sentences of rules.py and sources/, which know no framework; a test compares.
SENTENCES = (
    gettext_noop("Alerts of this category are not found by a name."),
    gettext_noop("What stops a traveller is at least what is worth a look; both are from 6 to 60."),
    gettext_noop("These are no weights."),
    gettext_noop("There is no such calibration."),
    gettext_noop("This calibration does not wait for approval."),
    gettext_noop("This category is not for this kind of alert."),
    gettext_noop(
        "A name without a birth date or document describes too many people. "
        "Add one, or mark the alert as low quality: then it never stops anybody by itself."
    ),
    gettext_noop("The legal basis is missing."),
    gettext_noop("The reference of the case is missing."),
    gettext_noop("Say in a sentence why this alert is proportionate to its purpose."),
    gettext_noop("The person has no name."),
    gettext_noop("The document has no number."),
    gettext_noop("The vehicle has no number plate."),
    gettext_noop("A document has no number."),
    gettext_noop("The issuing state of the document is missing."),
    gettext_noop("The review date must lie ahead."),
    gettext_noop("The date of birth lies ahead."),
    gettext_noop("The alert would be over before it begins."),
    gettext_noop("This alert stands on an imported list and changes only with it."),
    gettext_noop("This alert has been withdrawn."),
    gettext_noop("Something about this alert already waits for approval."),
    gettext_noop("Only an alert in force can be extended."),
    gettext_noop("Nothing about this alert waits for approval."),
    gettext_noop("Another officer must decide about what you asked for."),
    gettext_noop("Say why."),
    gettext_noop("Say in a sentence why this alert is still needed."),
    gettext_noop("No entry of this file can be used."),
    gettext_noop("This category is not for everything that stands in the list."),
    gettext_noop("Say who reviewed that these notices may lead to an arrest."),
    gettext_noop("This edition does not wait for approval."),
    gettext_noop("Another officer must approve what you imported."),
    gettext_noop("Only the edition in force can be rolled back."),
)
# Those with a figure or a name in them, by code.
OTHERWISE = {
    "too_long": _("The review date is later than this category allows."),
    "not_owner": _("This alert belongs to another agency."),
    "already_listed": _("Your agency already has an alert on this person, document or vehicle."),
    "edition_shrinks": _(
        "Many entries in force would disappear. If that is right, say so and import again."
    ),
}
BAD_ROWS = {
    "no_reference": _("no reference"),
    "duplicate_reference": _("the reference stands there twice"),
    "no_name": _("no name"),
    "no_number": _("no document number"),
    "no_plate": _("no number plate"),
    "orphan": _("belongs to no entry"),
    "wrong_columns": _("wrong number of columns"),
    "unclosed_quote": _("a quotation mark is not closed"),
    "bad_quoting": _("the quotation marks do not fit"),
    "bad_encoding": _("not text in the file's encoding"),
    "too_long": _("too long"),
    "bad_json": _("not JSON"),
    "no_entity": _("not an entity"),
    "bad_date": _("the date is not understood"),
    "unknown_country": _("the country is not known"),
    "bad_sex": _("the sex is not understood"),
}


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    if refusal.code in OTHERWISE:
        return str(OTHERWISE[refusal.code])
    return gettext(str(refusal))


def count(name: str) -> str:
    """What an edition counts: "records", or "skipped: organisation"."""
    word, colon, what = name.partition(": ")
    return f"{COUNTS.get(word, word)}{colon}{what}"


def choices(words: dict[str, Any], empty: Any = None) -> list[tuple[str, Any]]:
    """Choices of a form; with an empty one first where any will do."""
    return [*([("", empty)] if empty is not None else []), *words.items()]
