"""What an enrolment row says to whoever decides about it."""

from kordon.journal import identity
from kordon.network import rules
from kordon.network.models import Enrolment
from kordon.network.rules import EnrolmentState, Shown

WAITING = {EnrolmentState.ASKED.value, EnrolmentState.APPROVED_ONCE.value}
OPEN = WAITING | {EnrolmentState.INVITED.value}


def shown_by(row: Enrolment) -> Shown:
    """The keys that the machine has shown."""
    return Shown(node=row.node, public_key=row.public_key, nkey=row.nkey, request=row.request)


def fingerprint_of(row: Enrolment) -> str:
    """What the machine shows to whoever stands before it."""
    me = identity.mine()
    return rules.fingerprint(shown_by(row), hq=me.node, hq_key=me.public_key)
