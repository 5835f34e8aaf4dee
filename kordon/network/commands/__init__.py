"""What somebody may do about nodes."""

from kordon.network.commands.alarms import acknowledge_alarm
from kordon.network.commands.enrolling import (
    Invitation,
    approve_enrolment,
    ask_enrolment,
    enrol_headquarters,
    invite_node,
    reject_enrolment,
)
from kordon.network.commands.nodes import (
    decommission_node,
    release_node,
    revoke_node,
    rotate_key,
)
from kordon.network.commands.policy import set_policy
from kordon.network.commands.renewing import renew_certificate
from kordon.network.commands.succession import (
    approve_next_key,
    offer_next_key,
    withdraw_next_key,
)

__all__ = [
    "Invitation",
    "acknowledge_alarm",
    "approve_enrolment",
    "approve_next_key",
    "ask_enrolment",
    "decommission_node",
    "enrol_headquarters",
    "invite_node",
    "offer_next_key",
    "reject_enrolment",
    "release_node",
    "renew_certificate",
    "revoke_node",
    "rotate_key",
    "set_policy",
    "withdraw_next_key",
]
