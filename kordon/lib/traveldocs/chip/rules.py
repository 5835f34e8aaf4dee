"""Deviation and defect lists as rules (Doc 9303-12, 9 and 10): states make mistakes and say so.

A deviation excuses one named failure of a state's own documents. A defect says of documents whose
signatures hold that something is wrong with them. Both apply only where the path to that state's
authority was found, since everybody can write a country into a certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kordon.lib.traveldocs.chip.errors import ChipError, Code

EXCUSABLE = frozenset(
    {
        Code.SOD_SID_MISMATCH,
        Code.SOD_ATTR_MISSING,
        Code.SOD_ALG_MISMATCH,
        Code.CHAIN_NOT_YET_VALID,
        Code.CHAIN_EXPIRED_AT_SIGNING,
        Code.CHAIN_COUNTRY_MISMATCH,
        Code.CHAIN_EKU,
        Code.CHAIN_DOCTYPE,
        Code.DG_HASH_MISMATCH,
        Code.DG_NOT_IN_SOD,
        Code.DG_PARSE,
        Code.XCHK_MRZ_DG1,
    }
)
"""Failures that a rule may excuse: no broken signature, no revocation, no missing trust."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which documents are meant: those to which everything given applies."""

    country: str
    """Two letters, as in the certificates."""
    note: str
    """Words for the officer."""
    signers: frozenset[str] = frozenset()
    """Fingerprints (SHA-256) of document signer certificates; empty: all of the state's."""
    issued_from: date | None = None
    issued_until: date | None = None

    def covers(self, country: str, signer: str, issued: date) -> bool:
        """Whether a document of this state, signer and day of issue is meant."""
        return (
            self.country == country
            and (not self.signers or signer in self.signers)
            and (self.issued_from is None or self.issued_from <= issued)
            and (self.issued_until is None or issued <= self.issued_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation(_Scope):
    """Excuses one failure. The hash of DG1 is never excused."""

    code: Code
    group: int | None = None
    """The data group concerned, None for any other than DG1."""

    def __post_init__(self) -> None:
        of_dg1 = self.group == 1 and self.code is Code.DG_HASH_MISMATCH
        if self.code not in EXCUSABLE or of_dg1:
            raise ChipError(Code.RULE_NOT_ALLOWED, f"{self.code} cannot be excused")

    def excuses(self, code: Code, group: int | None) -> bool:
        """Whether this failure is the one that is excused."""
        if code is Code.DG_HASH_MISMATCH and group == 1:
            return False
        return code is self.code and self.group in (None, group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect(_Scope):
    """A known defect; `refuses` says whether such documents are not to be believed at all."""

    refuses: bool = False


Rule = Deviation | Defect
