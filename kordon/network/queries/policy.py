"""The rules of age as they stand."""

from dataclasses import dataclass
from datetime import datetime

from kordon.journal.actor import Actor
from kordon.journal.command import query
from kordon.network.facts import PolicySet
from kordon.network.models import Policy
from kordon.network.standing import policy_in_force


@dataclass(frozen=True, kw_only=True)
class PolicyRead:
    """What holds now; who set it and when, or nobody yet."""

    policy: PolicySet
    set_at: datetime | None = None
    set_by_name: str = ""


@query
def get_policy(*, by: Actor) -> PolicyRead:
    """How old what a post knows may be."""
    row = Policy.objects.filter(pk=1).first()
    if row is None:
        return PolicyRead(policy=policy_in_force())
    return PolicyRead(policy=policy_in_force(), set_at=row.set_at, set_by_name=row.set_by_name)
