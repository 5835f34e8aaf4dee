"""Sources of a check: their names, and why one was not asked."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kordon.ui import words as ui

SOURCES = {
    "document": pgettext_lazy("source", "Document"),
    "chip": pgettext_lazy("source", "Chip"),
    "seal": pgettext_lazy("source", "Seal"),
    "cross_check": pgettext_lazy("source", "Comparison"),
    "document_alerts": pgettext_lazy("source", "Lost and stolen"),
    "sltd": pgettext_lazy("source", "Interpol SLTD"),
    "person_alerts": pgettext_lazy("source", "Alerts"),
    "vehicle_alerts": pgettext_lazy("source", "Vehicle"),
    "earlier_crossings": pgettext_lazy("source", "Crossings"),
    "stay_rules": pgettext_lazy("source", "Stay rules"),
    "advance_data": pgettext_lazy("source", "Advance data"),
    "biometrics": pgettext_lazy("source", "Biometrics"),
    "post": pgettext_lazy("source", "Post"),
    "headquarters": pgettext_lazy("source", "Headquarters"),
}

WHY = {
    "zone": _("read"),
    "typed": _("typed"),
    "no_reader": _("no reader"),
    "no_trust": _("nobody trusted yet"),
    "not_connected": _("not connected"),
    "no_seal": _("none shown"),
    "no_plate": _("no plate given"),
    "not_in_this_version": _("not in this version"),
    "none_for_mode": _("none here"),
    "never_heard": _("nothing yet"),
}


def say_source(asked: dict[str, Any]) -> dict[str, str]:
    """A source for ``{% lamp %}``: state, name and word."""
    word = str(WHY.get(asked["why"], asked["why"]))
    if asked["as_of"]:
        day = date.fromisoformat(asked["as_of"])
        word = str(_("of %(day)s")) % {"day": ui.written(day)}
    if asked["source"] == "headquarters" and asked["lists"]:
        word = ui.moment(datetime.fromisoformat(asked["lists"][0]["since"]))
    state = "answered" if asked["state"] == "answered" else "absent"
    return {"state": state, "name": str(SOURCES[asked["source"]]), "word": word}
