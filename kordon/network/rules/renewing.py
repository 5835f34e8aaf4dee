"""What keeps a node from another certificate."""

from kordon.journal.refusal import Refusal


class TooSoon(Refusal):
    code = "too_soon"


class NoBroker(Refusal):
    """There is no authority here that would sign."""

    code = "no_broker"
