"""What a verification of a seal says: findings by step, one of three outcomes, one status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kordon.lib.traveldocs.chip import Certificate, Result
from kordon.lib.traveldocs.seal.comparing import Compared
from kordon.lib.traveldocs.seal.errors import Status
from kordon.lib.traveldocs.seal.vds import Seal
from kordon.lib.traveldocs.seal.vds_nc import JSONSeal


class Outcome(StrEnum):
    """Three, and never two of them as one."""

    VALID = "VALID"
    """Signed by a trusted signer, unchanged, and of the zones that were handed in."""
    NOT_VERIFIABLE = "NOT_VERIFIABLE"
    """Nothing speaks against it, but trust material or means are lacking."""
    INVALID = "INVALID"
    """Something speaks against it."""


class Step(StrEnum):
    """What is looked at, in this order."""

    READ = "READ"
    SIGNER = "SIGNER"
    SIGNATURE = "SIGNATURE"
    CHAIN = "CHAIN"
    VALIDITY = "VALIDITY"
    REVOCATION = "REVOCATION"
    USAGE = "USAGE"
    COUNTRY = "COUNTRY"
    DOCUMENT = "DOCUMENT"
    """The zone of the visa or document that bears the seal."""
    PASSPORT = "PASSPORT"

    @property
    def number(self) -> int:
        return list(type(self)).index(self) + 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the protocol."""

    step: Step
    result: Result
    status: Status
    text: str


_NEEDED = frozenset((Step.READ, Step.SIGNER, Step.SIGNATURE, Step.CHAIN, Step.VALIDITY, Step.USAGE))
_GOOD = (Result.PASSED, Result.REMARK)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole protocol of one verification."""

    findings: tuple[Finding, ...]
    seal: Seal | JSONSeal | None = None
    path: tuple[Certificate, ...] = ()
    """The signer first, the trust anchor last; the signer alone where it is believed itself."""
    signed_on: date | None = None
    """The day on which validity was judged."""
    compared: tuple[Compared, ...] = ()
    """Field by field, seal against zones."""

    @property
    def outcome(self) -> Outcome:
        """INVALID before NOT_VERIFIABLE before VALID; what was not looked at is not valid."""
        results = {each.result for each in self.findings}
        if Result.FAILED in results:
            return Outcome.INVALID
        done = {each.step for each in self.findings if each.result in _GOOD}
        if Result.UNKNOWN in results or not done >= _NEEDED:
            return Outcome.NOT_VERIFIABLE
        return Outcome.VALID

    @property
    def status(self) -> Status:
        """The one code: of the first finding that decided the outcome."""
        for result in (Result.FAILED, Result.UNKNOWN):
            for each in self.findings:
                if each.result is result:
                    return each.status
        return Status.VALID

    @property
    def signer(self) -> Certificate | None:
        return self.path[0] if self.path else None
