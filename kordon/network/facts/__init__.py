"""What can have happened between nodes: enrolments, rules of age, alarms."""

from kordon.network.facts.alarms import AlarmAcknowledged, AlarmCleared, AlarmRaised
from kordon.network.facts.enrolling import (
    EnrolmentApproved,
    EnrolmentAsked,
    EnrolmentRejected,
    NodeInvited,
    ReleaseApproved,
)
from kordon.network.facts.policy import AgeLimits, PolicySet

__all__ = [
    "AgeLimits",
    "AlarmAcknowledged",
    "AlarmCleared",
    "AlarmRaised",
    "EnrolmentApproved",
    "EnrolmentAsked",
    "EnrolmentRejected",
    "NodeInvited",
    "PolicySet",
    "ReleaseApproved",
]
