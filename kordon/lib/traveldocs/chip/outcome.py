"""What a verification says: findings by step, and one of three outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from kordon.lib.traveldocs.chip.certificates import Certificate
from kordon.lib.traveldocs.chip.errors import Code
from kordon.lib.traveldocs.mrz import Reading


class Outcome(StrEnum):
    """Three, and never two of them as one."""

    VERIFIED = "VERIFIED"
    """Signed by the state's authority, and unchanged."""
    NOT_VERIFIABLE = "NOT_VERIFIABLE"
    """Nothing speaks against it, but trust material or means are lacking."""
    FAILED = "FAILED"
    """Something speaks against it."""


class Step(StrEnum):
    """What is looked at, in this order; `number` counts from 1 (Doc 9303-11, 5.1 in detail)."""

    READ = "READ"
    OBJECT = "OBJECT"
    SIGNER = "SIGNER"
    ATTRIBUTES = "ATTRIBUTES"
    SIGNATURE = "SIGNATURE"
    CHAIN = "CHAIN"
    VALIDITY = "VALIDITY"
    REVOCATION = "REVOCATION"
    USAGE = "USAGE"
    HASHES = "HASHES"
    COMMON = "COMMON"
    COUNTRY = "COUNTRY"
    ZONE = "ZONE"
    DEFECTS = "DEFECTS"

    @property
    def number(self) -> int:
        return list(type(self)).index(self) + 1


class Result(StrEnum):
    """How one look went."""

    PASSED = "PASSED"
    REMARK = "REMARK"
    """Passed, with something to know."""
    ACCEPTED = "ACCEPTED"
    """Failed in a way that a deviation rule names and excuses."""
    UNKNOWN = "UNKNOWN"
    """Could not be decided: material or means are lacking."""
    FAILED = "FAILED"
    NOT_DONE = "NOT_DONE"
    """Nothing to look at, because of an earlier step or because it was not handed in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the protocol: step, result, code, one English sentence."""

    step: Step
    result: Result
    code: Code
    text: str
    group: int | None = None
    """The data group concerned."""
    note: str = ""
    """The words of the deviation rule by which it was accepted."""


_NEEDED = (Step.OBJECT, Step.SIGNER, Step.ATTRIBUTES, Step.SIGNATURE, Step.CHAIN, Step.VALIDITY)
_GOOD = (Result.PASSED, Result.REMARK, Result.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole protocol of one verification."""

    findings: tuple[Finding, ...]
    path: tuple[Certificate, ...] = ()
    """Document signer first, trust anchor last; the signer alone where no path was found."""
    signed_at: datetime | None = None
    """The moment at which validity was judged."""
    digests_hold: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Data groups that were handed in and are listed in EF.SOD → whether the digest is theirs."""
    dg1: Reading | None = None

    @property
    def outcome(self) -> Outcome:
        """FAILED before NOT_VERIFIABLE before VERIFIED; what was not looked at verifies nothing."""
        results = {each.result for each in self.findings}
        if Result.FAILED in results:
            return Outcome.FAILED
        done = {each.step for each in self.findings if each.result in _GOOD}
        if Result.UNKNOWN in results or not done.issuperset(_NEEDED):
            return Outcome.NOT_VERIFIABLE
        return Outcome.VERIFIED

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of everything that did not simply pass, in order."""
        return tuple(each.code for each in self.findings if each.code is not Code.OK)

    @property
    def signer(self) -> Certificate | None:
        return self.path[0] if self.path else None

    @property
    def anchor(self) -> Certificate | None:
        return self.path[-1] if len(self.path) > 1 else None
