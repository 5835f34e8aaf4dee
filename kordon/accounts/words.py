"""What codes are called on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MODES = {
    "road": _("Road"),
    "rail": _("Rail"),
    "air": _("Air"),
    "river": _("River"),
    "sea": _("Sea"),
}
STATUSES = {
    "international": _("International: everybody"),
    "bilateral": _("Bilateral: citizens of the two states only"),
    "local": _("Local: residents of the border area only"),
}
LANE_CLASSES = {
    "all": _("All"),
    "citizens": _("Citizens"),
    "foreigners": _("Foreigners"),
    "local": _("Border residents"),
    "pedestrians": _("Pedestrians"),
    "cars": _("Cars"),
    "buses": _("Buses"),
    "trucks": _("Trucks"),
    "crew": _("Crew"),
    "priority": _("Priority"),
}
DIRECTIONS = {"entry": _("Entry"), "exit": _("Exit"), "both": _("Both directions")}
SIGN_INS = {
    "signed_in": _("Signed in"),
    "failed": _("Failed"),
    "unlocked": _("Unlocked"),
    "signed_out": _("Signed out"),
}
FAILURES = {
    "unknown_login": _("Nobody has this login"),
    "wrong_password": _("Wrong password"),
    "suspended": _("The person is suspended"),
    "code_expired": _("The one-time code is too old"),
}
APPS = {
    "journal": _("The record"),
    "accounts": _("Accounts"),
    "network": _("Network"),
    "watchlist": _("Watchlist"),
    "border": _("Border"),
}

# The roles a node begins with; their titles are shown through gettext.
ROLE_TITLES = (
    _("First line officer"),
    _("Second line officer"),
    _("Officer with a mobile kit"),
    _("Shift commander"),
    _("Protection officer"),
    _("Document expert"),
    _("Watchlist owner"),
    _("Watchlist approver"),
    _("Keeper of lists"),
    _("Watchlist supervisor"),
    _("Keeper of trust"),
    _("Approver of trust"),
    _("Analyst"),
    _("Auditor"),
    _("Duty officer of headquarters"),
    _("System administrator"),
    _("Network administrator"),
    _("Machine: gate or kiosk"),
    _("Machine: document reader"),
    _("Machine: system of another agency"),
    _("Machine: screening of persons"),
    _("Keeper of thresholds"),
    _("Machine: monitoring"),
)


def choices(words: dict[str, Any]) -> list[tuple[str, Any]]:
    return list(words.items())
