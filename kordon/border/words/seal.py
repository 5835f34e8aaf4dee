"""A seal in words: what it says, the steps of its verification, and how it compares."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kordon.border.words.chip import RESULT_BADGES, RESULTS
from kordon.border.words.names import DIRECTIONS, FIELDS
from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.seal import Duration, JSONSeal, Seal, Value
from kordon.ui import words as ui

OUTCOMES = {
    "VALID": pgettext_lazy("seal", "Valid"),
    "NOT_VERIFIABLE": pgettext_lazy("seal", "Not verifiable"),
    "INVALID": pgettext_lazy("seal", "Failed"),
}
OUTCOME_LEVELS = {"VALID": "fine", "NOT_VERIFIABLE": "note", "INVALID": "stop"}
BADGES = {"VALID": "k-done", "INVALID": "k-stop"}
OUTCOME_MEANS = {
    "VALID": _("Signed by a trusted signer of the state, and unchanged."),
    "NOT_VERIFIABLE": _("Nothing speaks against the seal, but trust or means are lacking."),
    "INVALID": _("Something speaks against the seal. That is no ground for refusal by itself."),
}
STEPS = {
    "READ": _("The bar code is a seal, and whole"),
    "SIGNER": _("The signer's certificate"),
    "SIGNATURE": _("The signature"),
    "CHAIN": _("The path to a trusted authority"),
    "VALIDITY": _("Valid when it was signed"),
    "REVOCATION": _("Not revoked"),
    "USAGE": _("A signer of such papers"),
    "COUNTRY": _("One state throughout"),
    "DOCUMENT": _("The zone of the paper that bears it"),
    "PASSPORT": _("The zone of the holder's passport"),
}
SAME = {
    "SAME": _("the same"),
    "CUT": _("the same, cut off"),
    "SPELLED_OTHERWISE": _("the same, spelled otherwise"),
    "DIFFERENT": _("different"),
    "UNREADABLE": _("not readable"),
}
AGAINST = {"DOCUMENT": _("Paper"), "PASSPORT": _("Passport")}
KINDS = {
    "VISA": _("Visa"),
    "EMERGENCY_TRAVEL_DOCUMENT": _("Emergency travel document"),
    "STAMP": _("Entry or exit stamp"),
    "PERMIT": _("Permit"),
    "ARRIVAL_ATTESTATION": _("Arrival attestation"),
    "RESIDENCE_PERMIT": _("Residence permit"),
    "SUPPLEMENTARY_SHEET": _("Supplementary sheet of a residence permit"),
    "SOCIAL_INSURANCE_CARD": _("Social insurance card"),
    "ADDRESS_STICKER_CARD": _("Sticker with an address"),
    "ADDRESS_STICKER_PERMIT": _("Sticker with an address"),
    "ADDRESS_STICKER_PASSPORT": _("Sticker with an address"),
    "TEMPORARY_IDENTITY_CARD": _("Temporary identity card"),
    "PROVISIONAL_RESIDENCE": _("Provisional residence certificate"),
    "ADMINISTRATIVE_DOCUMENT": _("Administrative document"),
    "icao.vacc": _("Proof of vaccination"),
    "icao.test": _("Proof of testing"),
    "icao.visa": _("Visa"),
}
VALUES = {
    "stay": pgettext_lazy("seal", "Stay"),
    "entries": pgettext_lazy("seal", "Entries"),
    "passport_number": _("Passport"),
    "document_number": _("Document"),
    "document_issuer": _("Issued by"),
    "permit_number": _("Permit"),
    "permit_type": _("Kind"),
    "valid_from": _("Valid from"),
    "valid_until": _("Valid until"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "birth_name": _("Birth name"),
    "birth": _("Born"),
    "nationality": _("Nationality"),
    "remarks": _("Remarks"),
    "direction": _("Direction"),
    "moment": _("When"),
    "border_point": _("Border point"),
    "stay_until": _("Stay until"),
    "crossing": _("Crossing"),
    "register_number": _("Register number"),
    "sheet_number": _("Sheet"),
    "insurance_number": _("Insurance number"),
    "municipality": _("Municipality"),
    "address": _("Address"),
    "postal_code": _("Postal code"),
}
STATES = frozenset({"document_issuer", "nationality"})
MEANINGS = {
    "UNTIL_EXPIRY": _("until the visa ends"),
    "DECIDED_AT_ENTRY": _("decided at entry"),
    "TRANSIT": _("transit only"),
}
PERSON = {"n": _("Name"), "dob": _("Born"), "sex": _("Sex"), "i": _("Document")}
WAYS: dict[Value, str] = {1: "entry", 2: "exit"}
DATES = frozenset({"birth", "expiry"})
SHOWN = 200


def say_seal(said: dict[str, Any]) -> dict[str, Any]:
    """A protocol for pages and print, in the shape of that of a chip."""
    outcome = said["outcome"]
    return {
        "outcome": str(OUTCOMES[outcome]),
        "means": str(OUTCOME_MEANS[outcome]),
        "level": OUTCOME_LEVELS[outcome],
        "badge": BADGES.get(outcome, ""),
        "status": "" if said["status"] == "VALID" else said["status"],
        "kind": str(KINDS.get(said["seal_kind"], said["seal_kind"] or now("Not readable"))),
        "issuer": ui.country(said["issuer"]) if said["issuer"] else "–",
        "signer": f"{said['signer']}, {said['reference']}" if said["signer"] else "–",
        "signed": ui.written(said["signed_on"]) if said["signed_on"] else "–",
        "version": said["trust_version"],
        "digest": said["trust_digest"],
        "steps": [_step(one) for one in said["steps"]],
        "compared": [_compared(one) for one in said["compared"]],
        "path": said["path"],
    }


def say_content(seal: Seal | JSONSeal | None) -> list[tuple[str, str]]:
    """What the seal itself says, label and value; of a seal in JSON only who the holder is."""
    if seal is None:
        return []
    found = _person(seal) if isinstance(seal, JSONSeal) else _content(seal)
    return [(label, _clean(value)) for label, value in found if value]


def _person(seal: JSONSeal) -> Iterator[tuple[str, str]]:
    for name, label in PERSON.items():
        value = seal.person.get(name, "")
        yield str(label), ui.written(value) if name == "dob" and seal.birth else value


def _content(seal: Seal) -> Iterator[tuple[str, str]]:
    yield from _zone(seal)
    yield now("Issued"), ui.written(seal.header.issued)
    for name, value in seal.values.items():
        if not name.startswith("mrz") and not isinstance(value, bytes):
            yield str(VALUES.get(name, name)), _value(name, value)


def _zone(seal: Seal) -> Iterator[tuple[str, str]]:
    """The zone that the seal holds, in words; its second line may be cut."""
    lines = seal.zone.split("\n")
    if len(lines) != 2:
        return
    it = read_mrz((lines[0], lines[1].ljust(len(lines[0]), "<")), on=seal.header.signed)
    yield now("Name"), f"{it.surname} {it.given_names}".strip()
    yield now("Number"), f"{it.document_code} {it.number}".strip()
    yield now("Born"), ui.written(str(it.birth))
    yield now("Valid until"), ui.written(str(it.expiry)) if it.expiry else ""


def _value(name: str, value: Value) -> str:
    if isinstance(value, Duration):
        return _stay(value)
    if name == "entries":
        return now("any number") if value == 0 else str(value)
    if name == "direction":
        return str(DIRECTIONS.get(WAYS.get(value, ""), value))
    if isinstance(value, datetime):
        return ui.moment(value)
    if isinstance(value, date):
        return ui.written(value)
    return ui.country(str(value)) if name in STATES else str(value)


def _stay(it: Duration) -> str:
    if it.meaning in MEANINGS:
        return str(MEANINGS[it.meaning])
    parts = [
        ngettext("%(n)d year", "%(n)d years", it.years) % {"n": it.years} if it.years else "",
        ngettext("%(n)d month", "%(n)d months", it.months) % {"n": it.months} if it.months else "",
        ngettext("%(n)d day", "%(n)d days", it.days) % {"n": it.days} if it.days else "",
    ]
    return ", ".join(filter(None, parts))


def _clean(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)[:SHOWN]


def _step(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": one["number"],
        "name": str(STEPS[one["step"]]),
        "result": str(RESULTS[one["result"]]),
        "badge": RESULT_BADGES.get(one["result"], ""),
        "code": "" if one["status"] == "VALID" else one["status"],
        "text": one["text"],
        "group": "",
    }


def _compared(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "against": str(AGAINST[one["against"]]),
        "field": str(FIELDS.get(one["field"], one["field"])),
        "same": str(SAME[one["same"]]),
        "code": one["same"],
        "badge": "k-stop" if one["same"] == "DIFFERENT" else "",
        "in_seal": _shown(one["field"], one["in_seal"]),
        "in_zone": _shown(one["field"], one["in_zone"]),
    }


def _shown(field: str, value: str) -> str:
    """A date in words, another value as it stands; a dash for none."""
    return (ui.written(value) if field in DATES else value) or "–"
