"""What may be asked about nodes."""

from kordon.network.queries.alarms import list_alarms
from kordon.network.queries.enrolling import (
    Enrolling,
    EnrolmentShown,
    NodeShown,
    get_enrolment,
    get_node,
    list_enrolments,
)
from kordon.network.queries.metrics import read_metrics
from kordon.network.queries.nodes import list_nodes
from kordon.network.queries.policy import get_policy
from kordon.network.queries.succession import NextKeyShown, get_next_key
from kordon.network.standing import Standing, get_standing

__all__ = [
    "Enrolling",
    "EnrolmentShown",
    "NextKeyShown",
    "NodeShown",
    "Standing",
    "get_enrolment",
    "get_next_key",
    "get_node",
    "get_policy",
    "get_standing",
    "list_alarms",
    "list_enrolments",
    "list_nodes",
    "read_metrics",
]
