"""How a node comes to be believed. What follows from it for every node stands in the journal's
own facts (``journal.node_enrolled.v1`` and those beside it)."""

from datetime import datetime
from uuid import UUID

from kordon.journal.fact import fact


@fact("network.node_invited.v1", only_at_hq=True)
class NodeInvited:
    """Whoever brings the code may ask that a machine become this node. Only its hash is kept.

    ``replaces``: there is a node of this name, and its machine is dead or lost.
    """

    enrolment: UUID
    node: str
    code_hash: str
    until: datetime
    replaces: bool = False


@fact("network.enrolment_asked.v1", only_at_hq=True)
class EnrolmentAsked:
    """A machine brought the code and showed its keys; it proved that it holds the first.

    ``public_key`` (Ed25519, hex) will sign its heads, ``nkey`` open the broker to it, ``request``
    (PEM) asks for a certificate.
    """

    enrolment: UUID
    public_key: str
    nkey: str = ""
    request: str = ""
    address: str = ""


@fact("network.enrolment_approved.v1", only_at_hq=True)
class EnrolmentApproved:
    """A person compared the fingerprint at both ends. Two of them make a node."""

    enrolment: UUID
    fingerprint: str


@fact("network.enrolment_rejected.v1", only_at_hq=True)
class EnrolmentRejected:
    """The code is worth nothing any more, or the machine that brought it was turned away."""

    enrolment: UUID
    reason: str


@fact("network.release_approved.v1", only_at_hq=True)
class ReleaseApproved:
    """The first of two persons would let a node out of the quarantine that began at this time."""

    node: str
    quarantined_at: datetime
    reason: str
