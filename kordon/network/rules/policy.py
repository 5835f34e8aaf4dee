"""How old what a post knows may be: what holds where nobody has set anything, and what may be set.

The link counts in hours: everything headquarters decides comes over it. Published lists keep
their own calendar, some are new once a month; what is stale there is measured in days.
"""

from kordon.journal.refusal import Refusal
from kordon.network.facts import AgeLimits, PolicySet

DEFAULTS = PolicySet(
    link=AgeLimits(warn_after_hours=24, second_line_after_hours=72),
    lists=AgeLimits(warn_after_hours=30 * 24, second_line_after_hours=90 * 24),
)
LONGEST_HOURS = 24 * 366


class LimitsCrossed(Refusal):
    """The second line would come before the warning, or a number is no span of hours."""

    code = "limits_crossed"


def check_limits(limits: AgeLimits) -> None:
    """Raises ``LimitsCrossed``."""
    warn, second = limits.warn_after_hours, limits.second_line_after_hours
    if not (0 <= warn <= LONGEST_HOURS and 0 <= second <= LONGEST_HOURS):
        raise LimitsCrossed("Hours are from 0 (never) to a year.")
    if second and not 0 < warn <= second:
        raise LimitsCrossed("A post warns before it sends travellers to the second line.")
