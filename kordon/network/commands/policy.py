"""Setting how old what a post knows may be."""

from kordon.journal.actor import Actor
from kordon.journal.command import command
from kordon.journal.writing import record
from kordon.network.facts import AgeLimits, PolicySet
from kordon.network.rules import check_limits
from kordon.network.standing import forget_standing


@command(at_hq=True)
def set_policy(*, by: Actor, link: AgeLimits, lists: AgeLimits) -> None:
    """From when on posts warn and send travellers to the second line. Holds at every post once
    it has heard of it. Raises ``LimitsCrossed``, at a post ``OnlyAtHeadquarters``."""
    check_limits(link)
    check_limits(lists)
    record(PolicySet(link=link, lists=lists), by=by)
    forget_standing()
