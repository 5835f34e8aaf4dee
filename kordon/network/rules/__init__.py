"""What is judged about nodes: pure functions on plain values."""

from kordon.network.rules.policy import DEFAULTS, LimitsCrossed, check_limits
from kordon.network.rules.troubles import (
    LIMITS,
    Limits,
    NodeSeen,
    Trouble,
    find_own_troubles,
    find_troubles,
    worst_of,
)

__all__ = [
    "DEFAULTS",
    "LIMITS",
    "Limits",
    "LimitsCrossed",
    "NodeSeen",
    "Trouble",
    "check_limits",
    "find_own_troubles",
    "find_troubles",
    "worst_of",
]
