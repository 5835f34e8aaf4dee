"""A visible digital seal was shown with a check, and verified."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kordon.border.facts.chip import CertificateUsed
from kordon.journal.fact import fact


@dataclass(frozen=True, kw_only=True)
class SealStep:
    """One line of the protocol of the verification, as the library says it."""

    number: int
    step: str
    result: str
    status: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SealCompared:
    """One field of the seal against a zone; both values only where they are not the same."""

    against: str
    field: str
    same: str
    in_seal: str = ""
    in_zone: str = ""


@fact("border.seal_verified.v1")
class SealVerified:
    """What of a seal was verified, and by which version of the trust store.

    Recorded with the check it belongs to. ``digest`` is SHA-256 of its octets; what stood in it
    is kept only where it differs from a zone. ``signer`` and ``reference`` are what the seal
    calls its certificate.
    """

    check: UUID
    outcome: str
    status: str
    build: str
    seal_kind: str
    issuer: str
    signer: str
    reference: str
    signed_on: date | None
    trust_version: int
    trust_digest: str
    trust_as_of: date | None
    steps: tuple[SealStep, ...]
    compared: tuple[SealCompared, ...]
    path: tuple[CertificateUsed, ...]
    digest: str
