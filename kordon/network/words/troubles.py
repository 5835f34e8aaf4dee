"""What is wrong with a node, as a sentence, and what to do about it."""

from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from kordon.ui import words as ui

NAMES = {
    "quarantined": pgettext_lazy("trouble", "Quarantine"),
    "refused": pgettext_lazy("trouble", "Refused"),
    "silent": pgettext_lazy("trouble", "Silent"),
    "stopped": pgettext_lazy("trouble", "Stopped"),
    "lag": pgettext_lazy("trouble", "Lags"),
    "behind": pgettext_lazy("trouble", "Behind"),
    "clock": pgettext_lazy("trouble", "Clock"),
    "disk": pgettext_lazy("trouble", "Disk"),
    "list_old": pgettext_lazy("trouble", "Old list"),
    "database_full": pgettext_lazy("trouble", "Database full"),
    "store_full": pgettext_lazy("trouble", "Broker full"),
    "store_lost": pgettext_lazy("trouble", "Broker broken"),
    "certificate": pgettext_lazy("trouble", "Certificate ends"),
    "authority": pgettext_lazy("trouble", "Authority ends"),
}

TEXTS: dict[str, Any] = {
    "quarantined": _("It signed two different things under one number: a fork."),
    "refused": _("Headquarters refuses what it sends: %(code)s."),
    "silent": _("Nothing has been heard since %(since)s."),
    "stopped": _("The exchange with headquarters has stopped: %(code)s."),
    "lag": ngettext_lazy(
        "%(entries)d entry waits to be sent, or has waited too long.",
        "%(entries)d entries wait to be sent, or have waited too long.",
        "entries",
    ),
    "behind": ngettext_lazy(
        "%(entries)d entry of headquarters has not arrived there.",
        "%(entries)d entries of headquarters have not arrived there.",
        "entries",
    ),
    "clock": ngettext_lazy(
        "The clock is wrong by %(seconds)d second.",
        "The clock is wrong by %(seconds)d seconds.",
        "seconds",
    ),
    "disk": _("Little room is left on the disk: %(free)s."),
    "list_old": _("The list %(list)s in force there is of %(day)s."),
    "database_full": _(
        "The disk of headquarters' database is full: nothing is recorded here, and nothing is "
        "taken from posts."
    ),
    "store_full": _("The broker's store is full: what posts send does not arrive."),
    "store_lost": _("The broker's store does not work: what posts send does not arrive."),
    "certificate": ngettext_lazy(
        "A certificate for the broker was not renewed: it had %(days)d day left.",
        "A certificate for the broker was not renewed: it had %(days)d days left.",
        "days",
    ),
    "authority": ngettext_lazy(
        "The authority that signs certificates ends: it had %(days)d day left.",
        "The authority that signs certificates ends: it had %(days)d days left.",
        "days",
    ),
}

DO: dict[str, Any] = {
    "quarantined": _(
        "Call the post and find out who used its key; then release the node or replace it."
    ),
    "refused": _(
        "Nothing more is taken from it. Have its record looked at there; call the engineer."
    ),
    "silent": _("Call the post: has it power and a line? It works on alone; nothing is lost."),
    "stopped": _("It goes on working alone. Call the engineer; do not reinstall the node."),
    "lag": _("Watch whether it grows. If it does, look at the line and at headquarters' load."),
    "behind": _("Watch whether it grows. If it does, look at the line."),
    "clock": _("Set the clock of the machine and see why it runs wrong."),
    "disk": _("Free room on that machine: a full disk records nothing."),
    "list_old": _("Import a newer edition, or see why the post has not got it."),
    "database_full": _(
        "Free room on the disk under the database now. Posts work on and keep what they record; "
        "once there is room, all of it arrives by itself."
    ),
    "store_full": _(
        "Free room on the disk under the broker's store; if there is room, see why headquarters "
        "takes nothing. Posts work on and keep what they record; it arrives by itself afterwards."
    ),
    "store_lost": _(
        "If this lasts longer than five minutes, have the broker restarted and its log read. Posts "
        "work on and keep what they record; it arrives by itself afterwards."
    ),
    "certificate": _(
        "It is tried once an hour: the log of that machine says certificate_not_renewed, and why."
    ),
    "authority": _("Plan a new authority: every post must be given a certificate of it."),
}

REASONS = {
    "fork": _("two different things under one number"),
    "diverged": _("its record is not the one headquarters holds"),
    "bad_signature": _("a signature that does not hold"),
    "bad_succession": _("a key that the one before has not named"),
    "broken_chain": _("a chain that does not hold"),
    "bad_body": _("an entry that cannot be read"),
    "from_the_future": _("an entry from the future"),
    "too_large": _("a batch that is too large"),
    "unknown_node": _("a node that is not enrolled"),
    "revoked": _("a node that was revoked"),
    "decommissioned": _("a node that is no longer used"),
    "quarantined": _("a node in quarantine"),
    "bad_header": _("an entry that is not written as it was sealed"),
    "body_missing": _("an entry without what it says"),
    "wrong_channel": _("a chain that is not for headquarters"),
    "old_life": _("entries from before its restore"),
    "ours": _("entries in the name of headquarters"),
    "not_yours": _("entries of another node"),
    "not_ours": _("a receipt for another node"),
    "malformed": _("something that is no batch"),
    "not_json": _("something that is no batch"),
    "bad_answer": _("an answer that cannot be read"),
    "not_given_back": _("headquarters does not give back what it holds of this node"),
    "cannot_apply": _("an entry that cannot be applied"),
    "not_headquarters": _("a node that is not our headquarters"),
    "file_lost": _("a file that is gone"),
    "file_broken": _("a file that does not arrive whole"),
    "file_refused": _("a file that headquarters does not take"),
}

# What those at the post itself do, who cannot go and see.
DO_HERE = {
    "stopped": _("Work on. Call headquarters: the exchange waits for somebody."),
}
DO_HERE_AT_A_REASON = {
    "from_the_future": DO["clock"],
    "diverged": _(
        "Work on. Call headquarters at once: the record was changed, or restored without asking."
    ),
    "revoked": _("Call headquarters: this node must be enrolled anew before it is believed."),
    "quarantined": _("Work on. Call headquarters: people there decide about this node."),
}

SHOWN: dict[str, Any] = {
    "code": lambda value: str(REASONS.get(value, value)),
    "since": lambda value: ui.moment(datetime.fromisoformat(value)),
    "entries": int,
    "seconds": int,
    "days": int,
    "free": lambda value: filesizeformat(int(value)),
    "day": ui.written,
}


def say_trouble(code: str, params: dict[str, str], *, here: bool = False) -> dict[str, str]:
    """``name``, ``text`` and what to ``do``. What a newer version means stands as its code.

    ``here``: said to those at the post itself, not to headquarters.
    """
    try:
        shown = {key: SHOWN.get(key, str)(value) for key, value in params.items()}
        text = str(TEXTS[code] % shown)
    except (KeyError, ValueError, TypeError):
        text = code
    do: Any = DO.get(code, "")
    if here:
        do = DO_HERE_AT_A_REASON.get(params.get("code", "")) or DO_HERE.get(code, do)
    return {"name": str(NAMES.get(code, code)), "text": text, "do": str(do)}
