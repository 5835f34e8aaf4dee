"""What can have happened to the journal itself."""

from enum import StrEnum

from kordon.journal.fact import Travels, fact


@fact("journal.node_introduced.v1")
class NodeIntroduced:
    """A node begins, or begins again after a restore, and shows the key it signs with."""

    node: str
    incarnation: int
    public_key: str


@fact("journal.personal_data_read.v1")
class PersonalDataRead:
    """Somebody was shown personal data: by which query, about whom, how much.

    ``about`` names things, never repeats them: ``document:KGZ/AC123``, ``alert:<uuid>``.
    """

    query: str
    about: tuple[str, ...]
    found: int


@fact("journal.bodies_erased.v1", travels=Travels.HQ)
class BodiesErased:
    """What entries said was erased on time; that they were made stays provable."""

    channel: str
    first: int
    last: int
    rule: str


class NodeKind(StrEnum):
    """What a node is to the others."""

    HQ = "hq"
    POST = "post"
    PORTAL = "portal"


class NodeState(StrEnum):
    """Whether what a node says is believed."""

    ENROLLED = "enrolled"
    QUARANTINED = "quarantined"
    """It said two different things under one number; nothing of it is taken until people decide."""
    REVOKED = "revoked"
    DECOMMISSIONED = "decommissioned"


@fact("journal.node_enrolled.v1", travels=Travels.POSTS)
class NodeEnrolled:
    """Headquarters believes what is signed with this key from now on.

    ``public_key`` (Ed25519, hex) signs heads; ``nkey`` opens the broker to the node. Enrolled
    again under the same name: new hardware, a new ``incarnation``; the old keys are retired.
    """

    node: str
    node_kind: NodeKind
    incarnation: int
    public_key: str
    nkey: str = ""


@fact("journal.node_key_rotated.v1", travels=Travels.POSTS)
class NodeKeyRotated:
    """A node signs with a new key from now on; it proved that it held the old one."""

    node: str
    public_key: str
    nkey: str = ""


@fact("journal.headquarters_key_rotated.v1", travels=Travels.POSTS)
class HeadquartersKeyRotated:
    """Headquarters signs with ``public_key`` from now on, and with the key ``before`` no more.

    Both keys (Ed25519, hex) have signed the same words (``succession.message``): ``assent`` is the
    signature of the key before, ``proof`` that of the new one. So it is believed wherever it comes
    from, by whoever believes the key before.
    """

    node: str
    before: str
    public_key: str
    assent: str
    proof: str


@fact("journal.node_revoked.v1", travels=Travels.POSTS)
class NodeRevoked:
    """Nothing of this node is believed any more: it is stolen, lost or captured."""

    node: str
    reason: str


@fact("journal.node_quarantined.v1", travels=Travels.POSTS)
class NodeQuarantined:
    """A node signed two heads for one number. Both are kept here as proof (JSON, signed)."""

    node: str
    channel: str
    number: int
    ours: str
    theirs: str


@fact("journal.node_released.v1", travels=Travels.POSTS)
class NodeReleased:
    """People have looked into a quarantine: the node is believed again."""

    node: str
    reason: str


@fact("journal.node_decommissioned.v1", travels=Travels.POSTS)
class NodeDecommissioned:
    """A node is used no longer. Its chain ends at ``number``; all of it is at headquarters."""

    node: str
    number: int
    reason: str
