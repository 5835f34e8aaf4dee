"""Whose seals are believed: signers by the name and reference that a seal gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kordon.lib.traveldocs.chip import Certificate, Trust
from kordon.lib.traveldocs.seal.errors import SealError

MAX_CANDIDATES = 16
"""Certificates of one signer and reference that are tried; two states may use one number."""

_DIGITS = frozenset("0123456789abcdefABCDEF")


class SealTrust:
    """Signer certificates and authorities. Build it once, use it for every seal.

    `signers` are looked up by what a seal names; they are believed when an authority of
    `authorities` issued them. `believed` are believed by themselves, which somebody must have
    decided: self-signed ones, or those of states whose authority is not known. `also_for` says for
    which issuers of other states a signer may sign: fingerprint → three-letter codes.
    `named` are certificates whose subject and serial number are not what seals call them:
    (signer, reference) → certificate. `tests_too` accepts seals whose certificate reference is
    zero, as only trials may. Raises SealError(SIGNER) for a reference that is no number.
    """

    def __init__(
        self,
        authorities: Trust | None = None,
        *,
        signers: Iterable[Certificate] = (),
        believed: Iterable[Certificate] = (),
        also_for: Mapping[str, Iterable[str]] | None = None,
        named: Mapping[tuple[str, str], Certificate] | None = None,
        tests_too: bool = False,
    ) -> None:
        self.authorities = authorities or Trust(())
        self.believed = frozenset(believed)
        self.tests_too = tests_too
        self._also_for = {key: frozenset(codes) for key, codes in (also_for or {}).items()}
        self._signers: dict[tuple[str, int], list[Certificate]] = defaultdict(list)
        for each in dict.fromkeys((*self.believed, *signers)):
            self._signers[name_of(each), each.serial].append(each)
        for (signer, reference), each in (named or {}).items():
            serial = _serial_of(reference)
            if serial is None:
                raise SealError("SIGNER", f"{reference!r} is no number in hexadecimal digits")
            self._signers[signer.upper(), serial].append(each)

    def find(self, signer: str, reference: str) -> Sequence[Certificate]:
        """Certificates of this signer with this serial number (Doc 9303-13, 2.2)."""
        serial = _serial_of(reference)
        found = None if serial is None else self._signers.get((signer.upper(), serial))
        return () if found is None else found[:MAX_CANDIDATES]

    def may_sign_for(self, signer: Certificate, issuer: str) -> bool:
        """Whether the caller said that this signer signs for another state's issuer."""
        return issuer in self._also_for.get(signer.fingerprint, ())


def _serial_of(reference: str) -> int | None:
    digits = reference and all(each in _DIGITS for each in reference)
    return int(reference, 16) if digits else None


def name_of(certificate: Certificate) -> str:
    """Country and common name, which the header joins to four characters."""
    common = next((value for name, value in certificate.subject.parts if name == "CN"), "")
    return f"{certificate.subject.country}{common.strip()}".upper()
