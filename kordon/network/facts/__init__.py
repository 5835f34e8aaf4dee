"""What can have happened between nodes: they were invited, asked to be enrolled, and were."""

from kordon.network.facts.enrolling import (
    EnrolmentApproved,
    EnrolmentAsked,
    EnrolmentRejected,
    NodeInvited,
    ReleaseApproved,
)

__all__ = [
    "EnrolmentApproved",
    "EnrolmentAsked",
    "EnrolmentRejected",
    "NodeInvited",
    "ReleaseApproved",
]
