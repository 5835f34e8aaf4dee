"""A chip was read with a check, and verified."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kordon.journal.fact import fact


@dataclass(frozen=True, kw_only=True)
class ChipStep:
    """One line of the protocol of the verification, as the library says it."""

    number: int
    step: str
    result: str
    code: str
    text: str
    group: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateUsed:
    """A certificate of the path, the signer of the document first."""

    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class ChipAnswer:
    """What the chip answered when it was asked whether it is genuine: ``active`` or ``chip``."""

    protocol: str
    outcome: str
    code: str
    text: str


@fact("border.chip_verified.v1")
class ChipVerified:
    """What of a chip was verified, and by which version of the trust store.

    Recorded with the check it belongs to. ``digests`` are SHA-256 of the data groups as read;
    what stood in them is not kept.
    """

    check: UUID
    outcome: str
    trust_version: int
    trust_digest: str
    trust_as_of: date | None
    signed_at: datetime | None
    steps: tuple[ChipStep, ...]
    path: tuple[CertificateUsed, ...]
    digests: dict[str, str]
    answers: tuple[ChipAnswer, ...] = ()
