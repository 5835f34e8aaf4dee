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

__all__ = [
    "Invitation",
    "acknowledge_alarm",
    "approve_enrolment",
    "ask_enrolment",
    "decommission_node",
    "enrol_headquarters",
    "invite_node",
    "reject_enrolment",
    "release_node",
    "revoke_node",
    "rotate_key",
    "set_policy",
]
