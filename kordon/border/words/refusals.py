"""Refusals in the officer's language."""

from django.utils.translation import gettext_lazy as _

from kordon.border.words.names import FIELDS, GROUNDS
from kordon.journal.refusal import Refusal

TEXTS = {
    "unreadable": _(
        "This is no machine-readable zone. Scan again, or type the document by hand (F3)."
    ),
    "identity_incomplete": _("Too little to ask about. Missing or unclear: %(fields)s."),
    "text_too_long": _("Too long: %(fields)s."),
    "bad_character": _("A character that cannot be kept: %(fields)s."),
    "bad_reading": _("What the reader handed in cannot be read."),
    "not_a_seal": _("This is no seal that can be read."),
    "not_a_page": _("This is no picture of a page that can be read."),
    "no_such_booth": _("There is no such booth at this post."),
    "check_not_found": _("There is no such check at your post."),
    "crossing_not_found": _("There is no such crossing at your post."),
    "match_not_found": _("There is no such match in this inspection."),
    "no_post": _("You work at no post. Choose one first."),
    "not_at_booth": _("Take a booth first: decisions are recorded where they are made."),
    "not_your_check": _("Another officer made this check."),
    "check_too_old": _("The check is older than 15 minutes. Check the traveller again."),
    "check_used": _("This check has already led to a decision."),
    "must_refer": _("What was found must be looked at in second line. Refer the traveller (F9)."),
    "reason_required": _("Give a reason."),
    "not_your_crossing": _("Another officer recorded this crossing."),
    "too_late_to_undo": _("A decision can be taken back for ten seconds. Tell your supervisor."),
    "inspection_has_begun": _("Second line has begun its inspection. Tell the officer there."),
    "not_referred": _("This traveller does not wait for second line."),
    "already_begun": _("Another officer has begun this inspection."),
    "not_in_inspection": _("This traveller is not in inspection."),
    "not_your_inspection": _("Another officer leads this inspection."),
    "conclusion_proposed": _("A conclusion waits for the second officer."),
    "proposal_changed": _("The proposal you saw no longer stands. Look again."),
    "same_officer": _("Another officer must do this: four eyes."),
    "protection_flagged": _(
        "The traveller fears to be sent back. Nobody may refuse entry before the protection "
        "authority has decided."
    ),
    "protection_not_flagged": _("No fear of return is noted."),
    "matches_not_judged": _("Judge every possible match first."),
    "ground_unproven": _("Ground %(fields)s lacks its proof."),
    "receiver_required": _("Say to whom the traveller is handed over."),
    "statement_required": _("Say it in words."),
    "photo_too_large": _("A photo may have 8 MB at most."),
    "photo_unknown": _("Only JPEG, PNG and WebP photos are kept."),
    "not_refused": _("Only a refusal is given in writing."),
    "hit_not_found": _("There is no such hit of your agency."),
    "hit_not_open": _("This hit has been acknowledged already, or is over."),
    "hit_not_acknowledged": _("Acknowledge the hit first."),
    "leaves_no_trace": _("Nothing of this hit may be seen at the post, so nobody there is asked."),
    "already_answered": _("This has been answered."),
    "times_impossible": _("Each time is at least one minute and at most 90 days."),
    "report_not_found": _("There is no such report on a list of your agency."),
    "days_impossible": _("From 0, for never, to 365 days."),
    "clock_impossible": _("The alarm comes first, the escalation after it, within a day."),
}


NO_SEAL = {
    "too_large": _("A picture may have 12 MB, a text 128 kB."),
    "no_image": _("This file is no picture that can be read: PNG, JPEG, TIFF, BMP or WebP."),
    "no_code": _("No bar code was found. Take the picture closer, sharp and without glare."),
    "other": _("This bar code is no seal of a state."),
    "several": _("There are several seals in the picture. Take one at a time."),
    "too_long": _("No bar code was found in time. Take a smaller picture of the seal alone."),
}


NO_PAGE = {
    "too_large": _(
        "The picture is too large: at most 8 MB and 36 million pixels (JPEG: 60 million). "
        "Take it again with less, or scan at 300 dots per inch."
    ),
    "too_small": _("The picture is too small. Take it again so that the page fills it."),
    "no_image": _("This file is no picture that can be read: JPEG or PNG. Take it again."),
    "too_long": _(
        "The picture was not read in time. Try once more, or type the document by hand (F3)."
    ),
    "no_zone": _(
        "No machine-readable zone was found. Lay the page flat, with both lines in the picture, "
        "sharp and without glare, and take it again; or type the document by hand (F3)."
    ),
}


def say_refusal(error: Refusal) -> str:
    """The refusal in words; its own text where no words are known for it."""
    if error.code == "not_a_page" and str(error) in NO_PAGE:
        return str(NO_PAGE[str(error)])
    if error.code == "not_a_seal" and str(error) in NO_SEAL:
        return str(NO_SEAL[str(error)])
    text = TEXTS.get(error.code)
    if text is None:
        return str(error)
    return str(text) % {"fields": _named(str(error))}


def _named(text: str) -> str:
    """Fields and grounds by their names; other text as it is."""
    parts = text.replace(",", " ").split()
    names = {**FIELDS, **{code: f"{code} ({name})" for code, name in GROUNDS.items()}}
    if all(part in names for part in parts):
        return ", ".join(str(names[part]) for part in parts)
    return text
