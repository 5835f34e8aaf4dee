"""What lanes are called, as officers read them."""

from django.utils.translation import gettext_lazy as _

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
LANE_DIRECTIONS = {"entry": _("Entry"), "exit": _("Exit"), "both": _("Both directions")}
