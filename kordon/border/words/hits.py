"""Words about hits."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kordon.border.rules.hits import Due
from kordon.ui.words import age

KINDS = {
    "met": _("judged by the second line"),
    "silent": _("nothing was seen at the post"),
    "earlier": _("earlier crossing"),
    "candidate": _("possible match"),
}
STATUSES = {
    "open": _("not acknowledged"),
    "acknowledged": _("acknowledged"),
    "closed": _("closed"),
    "withdrawn": _("taken back by the second line"),
}
STAGES = {
    "verify": _("The second line judges"),
    "acknowledge": _("The owner acknowledges"),
    "close": _("The owner closes"),
    "done": _("Done"),
}
RESULTS = {
    "same": _("The same person, document or vehicle"),
    "not_same": _("Not the same: do not meet it again"),
    "no_action": _("The same, nothing to be done"),
}
WISHES = {"question": _("Question"), "instruction": _("Instruction")}
STRENGTHS = {"stop": _("sure"), "second_line": _("weak")}

FAULTS = {
    "no_birth_date": _("no date of birth"),
    "name_only": _("a name only"),
    "stale": _("out of date"),
    "never_met": _("never met"),
    "always_false": _("always somebody else"),
}
FIGURES = {"entries": _("Entries in force"), **FAULTS, "judged": _("matches judged"),
           "not_same": _("of these not the same")}  # fmt: skip


def say_due(due: Due) -> dict[str, Any]:
    """How long is left, in words, and whether somebody must hurry."""
    if due.left is None:
        return {"level": "", "text": ""}
    if due.overdue:
        text = now("overdue by %(time)s") % {"time": age(-due.left)}
        return {"level": "stop", "text": text}
    soon = due.left < timedelta(minutes=15)
    return {
        "level": "look" if soon else "",
        "text": now("%(time)s left") % {"time": age(due.left)},
    }


def say_about(about: str) -> str:
    """What a search was asked for: ``alert:…``, ``edition:…``, ``changes:12``."""
    what, _colon, which = about.partition(":")
    if what == "changes":
        text = ngettext("%(count)d change", "%(count)d changes", int(which))
        return text % {"count": int(which)}
    return now("An alert") if what == "alert" else now("An edition of a list")
