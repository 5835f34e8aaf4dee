"""States of a node, as people read them."""

from django.utils.translation import pgettext_lazy

NODE_STATES = {
    "enrolled": pgettext_lazy("node", "Enrolled"),
    "quarantined": pgettext_lazy("node", "In quarantine"),
    "revoked": pgettext_lazy("node", "Revoked"),
    "decommissioned": pgettext_lazy("node", "No longer used"),
}


def say_state(state: str) -> str:
    return str(NODE_STATES.get(state, state))
