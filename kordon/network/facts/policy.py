"""How old what a post knows may be."""

from dataclasses import dataclass

from kordon.journal.fact import Travels, fact


@dataclass(frozen=True, kw_only=True)
class AgeLimits:
    """Whole hours; 0: never."""

    warn_after_hours: int
    second_line_after_hours: int

    def passed(self, hours: float) -> str:
        """Which of the two a span has passed: ``too_old``, ``old`` or nothing."""
        if self.second_line_after_hours and hours > self.second_line_after_hours:
            return "too_old"
        return "old" if self.warn_after_hours and hours > self.warn_after_hours else ""


@fact("network.policy_set.v1", travels=Travels.POSTS)
class PolicySet:
    """From when on posts warn, and from when on they send travellers to the second line.

    ``link``: since everything headquarters had was here; ``lists``: since the day of the list.
    """

    link: AgeLimits
    lists: AgeLimits
