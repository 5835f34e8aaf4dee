"""What can have happened to the trust store: changes asked for by one, decided by another."""

from datetime import datetime
from uuid import UUID

from kordon.journal.fact import Travels, fact


@fact("trust.master_list_offered.v1", travels=Travels.POSTS, files=("records",))
class MasterListOffered:
    """A signed list of authorities was read; it waits to take the place of the one before.

    ``original`` and ``records`` are names of kept files: the list as handed in, and what was
    read from it (canonical JSON lines). ``pin`` is the certificate, base64, of the authority that
    signs for the publisher from now on; ``new_signer`` says that nobody accepted it before.
    """

    change: UUID
    source: str
    title: str
    filename: str
    original: str
    records: str
    signed_at: datetime
    signer: str
    signer_fingerprint: str
    pin: str
    pin_subject: str
    pin_fingerprint: str
    new_signer: bool
    counts: dict[str, int]


@fact("trust.certificates_offered.v1", travels=Travels.POSTS, files=("records",))
class CertificatesOffered:
    """Certificates of authorities came by hand: the own state's, or from another state.

    ``source`` is ``own`` or ``bilateral``; ``ground`` says how they came and how they were
    compared. They join those of the same source.
    """

    change: UUID
    source: str
    filename: str
    original: str
    records: str
    ground: str
    counts: dict[str, int]


@fact("trust.seal_signers_offered.v1", travels=Travels.POSTS, files=("records",))
class SealSignersOffered:
    """Certificates of signers of visible digital seals came by hand.

    ``alone`` false: each is believed where an authority of the store issued it. True: they are
    believed by themselves, because two officers decided so; ``ground`` says why, and how they
    came and were compared. They join those that are there.
    """

    change: UUID
    filename: str
    original: str
    records: str
    ground: str
    alone: bool
    counts: dict[str, int]


@fact("trust.revocation_list_offered.v1", travels=Travels.POSTS, files=("content",))
class RevocationListOffered:
    """A revocation list that a trusted authority signed; ``content`` names the kept file."""

    change: UUID
    filename: str
    content: str
    issuer: str
    issuer_key: str
    issued: datetime
    next_due: datetime | None
    revoked: int


@fact("trust.distrust_proposed.v1", travels=Travels.POSTS)
class DistrustProposed:
    """A key is not to be believed, whatever lists it; or, ``distrust`` false, is again.

    ``key`` is the fingerprint of the public key, so that every certificate of it is meant;
    ``fingerprint`` and ``subject`` are of the one that was pointed at.
    """

    change: UUID
    key: str
    fingerprint: str
    subject: str
    state: str
    distrust: bool
    reason: str


@fact("trust.withdrawal_proposed.v1", travels=Travels.POSTS)
class WithdrawalProposed:
    """Everything of one source is to go, its signer too."""

    change: UUID
    source: str
    reason: str


@fact("trust.policy_proposed.v1", travels=Travels.POSTS)
class PolicyProposed:
    """In how many lists an authority must stand to be believed; ``by_state`` where otherwise."""

    change: UUID
    quorum: int
    by_state: dict[str, int]
    reason: str


@fact("trust.change_approved.v1", travels=Travels.POSTS)
class ChangeApproved:
    """What was asked for is done from now on; the store has a new version.

    ``alone``: no second officer looked; ``ground`` says who answers for that.
    """

    change: UUID
    alone: bool
    ground: str


@fact("trust.change_returned.v1", travels=Travels.POSTS)
class ChangeReturned:
    """A second officer did not approve, or who asked took it back, and said why."""

    change: UUID
    reason: str
