"""Findings as sentences: what was found, why it matters, what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kordon.border.words import crosscheck
from kordon.border.words.names import ACTIONS, CATEGORIES, FIELDS
from kordon.border.words.sources import SOURCES
from kordon.ui import words as ui


@dataclass(frozen=True, kw_only=True)
class Said:
    """One finding in words."""

    level: str
    text: str
    why: str
    do: str
    source: str


TEXTS: dict[str, Any] = {
    "post_bilateral": _("Only citizens of two states may cross at this post."),
    "post_not_open": _("This post is open to citizens of %(states)s only."),
    "post_local": _("Only residents of the border area may cross at this post."),
    "visa_shown": _("This is a visa, not a travel document."),
    "typed_by_hand": _("The document was typed by hand."),
    "zone_valid": _("Every check digit of the machine-readable zone is right."),
    "zone_from_picture": _("The zone was read from a picture of the page."),
    "zone_confirmed": _(
        "The zone was read from a picture with doubts and confirmed by the officer: %(fields)s."
    ),
    "page_portrait": _("The portrait of the page was cut from a picture."),
    "zone_corrected": _("Misread and corrected from the page: %(fields)s."),
    "zone_wrong": _("The check digit is wrong: %(fields)s."),
    "code_historical": _("A code of a state that no longer exists."),
    "code_of_specimen": _("Utopia: a code of specimens."),
    "name_truncated": _("The name may be cut off in the zone."),
    "birth_ambiguous": _("Two dates of birth are possible: %(births)s."),
    "number_ambiguous": _("The number can be read in two ways: %(numbers)s."),
    "page_differs_from_zone": _(
        "The page says “%(typed)s”, the zone proves “%(read)s”: %(field)s."
    ),
    "corrected_by_hand": _("Typed from the page: %(field)s “%(typed)s”, read “%(read)s”."),
    "code_unknown": _("“%(state)s” is no known code: %(field)s."),
    "expiry_unknown": _("No date of expiry was read."),
    "expired": ngettext_lazy(
        "The document expired %(days)d day ago, on %(expiry)s.",
        "The document expired %(days)d days ago, on %(expiry)s.",
        "days",
    ),
    "expires_soon": ngettext_lazy(
        "The document expires in %(days)d day, on %(expiry)s.",
        "The document expires in %(days)d days, on %(expiry)s.",
        "days",
    ),
    "in_force": _("The document is in force until %(expiry)s."),
    "birth_in_future": _("The date of birth, %(birth)s, lies in the future."),
    "minor": ngettext_lazy("A child of %(age)d year.", "A child of %(age)d years.", "age"),
    "person_match": _("Possible match: %(category)s."),
    "person_match_weak": _("Weak possible match: %(category)s."),
    "document_match": _("This document is being looked for: %(category)s."),
    "document_match_weak": _("A document like this is being looked for: %(category)s."),
    "vehicle_match": _("This vehicle is being looked for: %(category)s."),
    "vehicle_match_weak": _("A vehicle like this is being looked for: %(category)s."),
    "supervisor_asked": _("The supervisor must see this traveller."),
    "second_line_asked": _("Second line is asked to see this traveller."),
    "link_old": ngettext_lazy(
        "Nothing new from headquarters for %(hours)d hour, since %(since)s.",
        "Nothing new from headquarters for %(hours)d hours, since %(since)s.",
        "hours",
    ),
    "link_too_old": ngettext_lazy(
        "Nothing new from headquarters for %(hours)d hour, since %(since)s: too long.",
        "Nothing new from headquarters for %(hours)d hours, since %(since)s: too long.",
        "hours",
    ),
    "never_heard_old": _("This post has not heard everything from headquarters yet."),
    "never_heard_too_old": _("This post has not heard everything from headquarters yet."),
    "list_old": _("The list %(list)s is old: of %(day)s."),
    "list_too_old": _("The list %(list)s is too old: of %(day)s."),
    **crosscheck.TEXTS,
    "page_agrees": _("Typed from the page: %(field)s “%(typed)s”, the same as “%(read)s”."),
    "chip_gives_zone": _("Nobody read the printed zone: what is shown comes from the chip."),
    "chip_verified": _("The chip is genuine by its state's signature, and unchanged."),
    "chip_genuine": _("The chip proved that it is no copy."),
    "chip_changed": _("The chip was changed after issue: %(files)s."),
    "chip_zone_differs": _("The chip says something else than the printed zone."),
    "chip_revoked": _("The state has revoked the signer of this chip."),
    "chip_other_state": _("Another state signed the chip than issued the document."),
    "chip_copied": _("The chip could not prove that it is no copy."),
    "chip_failed": _("The signature of the chip does not hold (%(codes)s)."),
    "chip_no_store": _("The chip was read; no authority is trusted at this node yet."),
    "chip_no_authority": _("The chip was read; its authority is not in the trust store."),
    "chip_not_read": _("The chip was read in part: its signature is missing."),
    "chip_unverifiable": _("The chip cannot be verified (%(codes)s)."),
    "seal_valid": _("The seal is genuine by its state's signature, and unchanged."),
    "seal_not_compared": _("Nobody compared the seal with the paper and the passport yet."),
    "seal_paper_unread": _("The zone of the paper with the seal was not read."),
    "seal_malformed": _("The seal is damaged, or made by somebody who does not know how."),
    "seal_changed": _("The signature of the seal does not hold: it was changed, or is false."),
    "seal_not_then": _("The signer of the seal had no right to sign on that day."),
    "seal_revoked": _("The state has revoked the signer of this seal."),
    "seal_wrong_use": _("The signer of the seal may not sign papers of this kind."),
    "seal_of_trial": _("The seal was made for a trial."),
    "seal_false_signer": _("The certificate of the seal's signer is false."),
    "seal_other_state": _("Another state signed the seal than issued the paper."),
    "seal_paper_wrong": _("The zone of the paper with the seal does not hold."),
    "seal_paper_differs": _("The seal says something else than the paper: %(fields)s."),
    "seal_other_passport": _("The seal belongs to another passport or person: %(fields)s."),
    "seal_no_store": _("The seal was read; no authority is trusted at this node yet."),
    "seal_no_signer": _("The seal was read; its signer (%(signer)s) is not in the trust store."),
    "seal_no_authority": _("The seal was read; the authority of its signer is not trusted here."),
    "seal_unverifiable": _("The seal cannot be verified (%(codes)s)."),
    "no_person_match": _("No alert on this person."),
    "no_document_match": _("The document is not reported lost or stolen."),
    "no_vehicle_match": _("No alert on this vehicle."),
    "referral_open": _("Referred at %(post)s, %(at)s; second line has not finished."),
    "document_of_other": _("This number was shown under another name or birth date, %(at)s."),
    "refused_before": _("Refused at %(post)s, %(at)s."),
    "other_document": _("The same person came with another document, %(document)s, %(at)s."),
    "not_seen_before": _("No earlier crossing."),
    "no_entry_found": _("No entry is recorded for this exit."),
    "entered_on": _("Entered at %(post)s, %(at)s."),
    "left_on": _("Last left at %(post)s, %(at)s."),
    "entered_without_exit": _("Entered at %(post)s, %(at)s, and no exit since."),
    "left_without_entry": _("Left at %(post)s, %(at)s, and no entry since."),
}

WHY: dict[str, Any] = {
    **crosscheck.WHY,
    "zone_wrong": _("A misreading, or a sign of forgery."),
    "page_differs_from_zone": _("A page changed after issue looks like this."),
    "expired": _("An expired document proves no right to travel."),
    "person_match_weak": _("Too little speaks for the same person to stop anybody."),
    "document_of_other": _("A number belongs to one document and one holder."),
    "referral_open": _("One who waits for second line does not pass at another booth."),
    "entered_without_exit": _("An exit was missed, or the document is used twice."),
    "left_without_entry": _("An entry was missed, or the document is used twice."),
    "post_not_open": _("Other travellers use an international post."),
    "name_truncated": _("Names are compared by their beginning."),
    "chip_zone_differs": _("A page that was exchanged or altered looks like this."),
    "chip_revoked": _("Blanks or keys may have been stolen."),
    "chip_copied": _("A copied chip in a false book looks like this."),
    **dict.fromkeys(
        ("chip_changed", "chip_other_state", "chip_failed"),
        _("A genuine chip never says this; a reading fault seldom."),
    ),
    **dict.fromkeys(
        ("chip_no_store", "chip_no_authority", "chip_unverifiable"),
        _("Nothing speaks against the document; the chip proves nothing either."),
    ),
    "seal_not_compared": _("A seal copied from another paper is genuine by itself."),
    "seal_paper_unread": _("A seal copied from another paper is genuine by itself."),
    "seal_changed": _("A genuine seal never says this: a bar code is read right or not at all."),
    "seal_malformed": _("A genuine seal never says this: a bar code is read right or not at all."),
    "seal_revoked": _("Stickers or keys may have been stolen."),
    "seal_of_trial": _("No genuine paper bears such a seal."),
    "seal_paper_wrong": _("A misreading, or a sign of forgery."),
    "seal_paper_differs": _(
        "A seal copied from another paper, or a changed print, looks like this."
    ),
    "seal_other_passport": _("A sticker moved to another passport looks like this."),
    **dict.fromkeys(
        ("seal_not_then", "seal_wrong_use", "seal_false_signer", "seal_other_state"),
        _("Whoever signs what another should has the means of a forger."),
    ),
    **dict.fromkeys(
        ("seal_no_store", "seal_no_signer", "seal_no_authority", "seal_unverifiable"),
        _("Nothing speaks against the paper; the seal proves nothing either."),
    ),
    **dict.fromkeys(
        ("link_old", "link_too_old", "never_heard_old", "never_heard_too_old"),
        _("Newer alerts may concern this traveller."),
    ),
    **dict.fromkeys(
        ("list_old", "list_too_old"), _("A newer list may name this traveller or document.")
    ),
}

ADVICE: dict[str, Any] = {
    "second_line": _("Refer to second line (F9)."),
    "supervisor": _("Call the supervisor, calmly, and refer (F9). Say nothing of it."),
    "read_again": _("Press F2 and scan again. If it stays wrong, refer (F9)."),
    "scan_passport": _("Scan the passport."),
    "compare_page": _("Compare with the page."),
    "look_at_page": _("Look at the page."),
    "look_at_permit": _("Ask for the permit."),
    "read_chip_again": _("Read the chip again; look at the page."),
    "compare_seal": _("Compare what the seal says with the paper and the passport."),
    "compare_paper": _("Compare what the seal says with the paper."),
    "minor": _("Look for the parent or the consent. Alone or in doubt: refer (F9)."),
    "ask": _("Ask the traveller."),
    "ask_headquarters": _("In doubt ask headquarters by telephone, or refer (F9)."),
}

REASONS: dict[str, Any] = {
    "name_exact": _("“%(given)s” is written the same on the list."),
    "name_same_sound": _("“%(given)s” and the listed “%(listed)s” sound the same."),
    "name_similar": _("“%(given)s” is similar to the listed “%(listed)s”."),
    "name_other_script": _("“%(given)s” reads as “%(listed)s”, listed in another script."),
    "name_same_root": _("“%(given)s” and the listed “%(listed)s” come from the same name."),
    "name_short_form": _("“%(given)s” and the listed “%(listed)s”: one is short for the other."),
    "name_initial": _("“%(given)s” and the listed “%(listed)s” share the initial."),
    "name_cut": _("“%(given)s”, cut off, begins the listed “%(listed)s”."),
    "name_part_missing": _("“%(given)s%(listed)s” stands on one side only."),
    "name_part_differs": _("“%(given)s” is not the listed “%(listed)s”."),
    "name_parts_go_together": _(
        "Parts of “%(listed)s” often go together: all of them prove less than each by itself."
    ),
    "name_weak_alias": _("“%(listed)s” is an alias of low quality."),
    "birth_same": _("Born on the listed date, %(listed)s."),
    "birth_day_month_swapped": _("Born %(given)s, listed %(listed)s: day and month exchanged."),
    "birth_one_digit": _("Born %(given)s, listed %(listed)s: one digit differs."),
    "birth_close": _("Born %(given)s, listed %(listed)s: close, not the same."),
    "birth_year_month": _("Born in the listed month, %(listed)s; the day is not known."),
    "birth_first_january": _("Born on 1 January, as listed: often but the year is known."),
    "birth_year_only": _("Born in the listed year: %(given)s, listed %(listed)s."),
    "birth_year_near": _("Born %(given)s, listed %(listed)s: one year apart."),
    "birth_differs": _("Born %(given)s, listed %(listed)s: another date."),
    "birth_unknown": _("A birth date is missing on one side."),
    "nationality_same": _("Has a listed nationality, %(listed)s."),
    "nationality_differs": _("Nationality %(given)s, listed %(listed)s."),
    "place_same": _("Of a listed place, %(given)s."),
    "document_same": _("Holds a document that is listed, %(given)s."),
    "document_similar": _("Holds document %(given)s, easily mistaken for a listed one."),
    "sex_same": _("Sex as listed."),
    "sex_differs": _("Sex %(given)s, listed %(listed)s."),
}


def say_finding(finding: dict[str, Any]) -> Said:
    """A finding of a check in words of the reader's language."""
    code, params = finding["code"], finding["params"]
    cross = finding["source"] == "cross_check"
    params = crosscheck.name_tellers(code, params) if cross else _shown(params)
    advice = ACTIONS.get(finding["params"].get("action", "")) if code.endswith("_match") else None
    do = [ADVICE.get(finding["advice"], ""), f"{advice}." if advice else ""]
    return Said(
        level=finding["level"],
        text=str(TEXTS[code] % params) if code in TEXTS else code,
        why=str(WHY.get(code, "")),
        do=" ".join(str(part) for part in do if part),
        source=str(SOURCES[finding["source"]]),
    )


def say_reason(reason: dict[str, Any]) -> str:
    """Why an alert may mean this traveller, in words."""
    text = REASONS.get(reason["code"])
    dated = reason["code"].startswith("birth_")
    shown = {
        name: ui.written(reason[name]) if dated else reason[name] for name in ("given", "listed")
    }
    return str(text) % shown if text else f"{reason['given']} – {reason['listed']}"


def _field_names(value: str) -> str:
    return ", ".join(str(FIELDS.get(name, name)) for name in value.split())


def _countries(value: str) -> str:
    return now(" and ").join(ui.country(code) for code in value.split())


SHOWN: dict[str, Callable[[str], Any]] = {
    "expiry": ui.written,
    "birth": ui.written,
    "births": lambda value: " / ".join(ui.written(one) for one in value.split()),
    "numbers": lambda value: " / ".join(value.split()),
    "at": lambda value: ui.moment(datetime.fromisoformat(value)),
    "since": lambda value: ui.moment(datetime.fromisoformat(value)),
    "day": ui.written,
    "days": int,
    "hours": int,
    "age": int,
    "fields": _field_names,
    "field": _field_names,
    "states": _countries,
    "category": lambda value: str(CATEGORIES.get(value, value)),
}


def _shown(params: dict[str, str]) -> dict[str, Any]:
    return {name: SHOWN[name](value) if name in SHOWN else value for name, value in params.items()}
