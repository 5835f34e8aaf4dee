"""What can have happened between nodes: enrolments, keys, rules of age, alarms."""

from kordon.network.facts.alarms import AlarmAcknowledged, AlarmCleared, AlarmRaised
from kordon.network.facts.enrolling import (
    EnrolmentApproved,
    EnrolmentAsked,
    EnrolmentRejected,
    NodeInvited,
    ReleaseApproved,
)
from kordon.network.facts.policy import AgeLimits, PolicySet
from kordon.network.facts.renewing import CertificateRenewed
from kordon.network.facts.succession import NextKeyApproved, NextKeyOffered, NextKeyWithdrawn

__all__ = [
    "AgeLimits",
    "AlarmAcknowledged",
    "AlarmCleared",
    "AlarmRaised",
    "CertificateRenewed",
    "EnrolmentApproved",
    "EnrolmentAsked",
    "EnrolmentRejected",
    "NextKeyApproved",
    "NextKeyOffered",
    "NextKeyWithdrawn",
    "NodeInvited",
    "PolicySet",
    "ReleaseApproved",
]
