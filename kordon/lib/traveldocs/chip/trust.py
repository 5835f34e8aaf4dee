"""What the caller trusts, as values, and the path from a signer's certificate to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kordon.lib.traveldocs.chip.certificates import KEY_CERT_SIGN, Certificate, Name
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.revocation import RevocationList

MAX_PATH = 4
"""Certificates: signer, two link certificates, anchor."""
MAX_CANDIDATES = 64
"""Issuers of one key, name or country that are tried; no state has as many."""


class Trust:
    """Trust anchors and what helps to reach them. Build it once, use it for every document.

    `anchors` are the certificates of authorities (CSCA) that the caller believes. `links` are
    link certificates, believed only when an anchor signed them. `signers` are document signer
    certificates for documents that enclose none. `revocation_lists` are believed when their
    authority signed them.
    """

    def __init__(
        self,
        anchors: Iterable[Certificate],
        *,
        links: Iterable[Certificate] = (),
        signers: Iterable[Certificate] = (),
        revocation_lists: Iterable[RevocationList] = (),
    ) -> None:
        self.anchors = _Shelf(anchors)
        self.links = _Shelf(each for each in links if each.is_authority)
        self.signers = tuple(signers)
        self._lists: dict[Name, list[RevocationList]] = defaultdict(list)
        for each in revocation_lists:
            self._lists[each.issuer].append(each)

    def revocation_lists_of(self, issuer: Name) -> Sequence[RevocationList]:
        """The lists in the name of this issuer, newest first, none of them verified."""
        return sorted(self._lists.get(issuer, ()), key=lambda each: each.issued, reverse=True)


class _Shelf:
    """Certificates of authorities, found by key identifier, name and country."""

    def __init__(self, certificates: Iterable[Certificate]) -> None:
        self._by_key: dict[bytes, list[Certificate]] = defaultdict(list)
        self._by_name: dict[Name, list[Certificate]] = defaultdict(list)
        self._by_country: dict[str, list[Certificate]] = defaultdict(list)
        for each in dict.fromkeys(certificates):
            if not _may_issue(each):
                continue
            if each.subject_key:
                self._by_key[each.subject_key].append(each)
            self._by_name[each.subject].append(each)
            self._by_country[each.country].append(each)

    def of_country(self, country: str) -> Sequence[Certificate]:
        return self._by_country.get(country, ())

    def issuers(self, of: Certificate) -> Iterator[Sequence[Certificate]]:
        """Possible issuers: by key identifier first, then by name, then by country."""
        yield self._by_key.get(of.authority_key, ()) if of.authority_key else ()
        yield self._by_name.get(of.issuer, ())
        yield self.of_country(of.issuer.country or of.country)


def _may_issue(certificate: Certificate) -> bool:
    usage = certificate.key_usage
    return certificate.is_authority is not False and (usage is None or KEY_CERT_SIGN in usage)


@dataclass(frozen=True, slots=True)
class Path:
    """From the signer's certificate to an anchor, or why there is none."""

    certificates: tuple[Certificate, ...]
    problem: ChipError | None = None


def find_path(signer: Certificate, trust: Trust) -> Path:
    """The path whose certificates were valid when the next was issued, if there is a choice."""
    found = _paths((signer,), trust)
    if found:
        return Path(min(found, key=_untimely))
    return Path((signer,), _why_none(signer, trust))


def _paths(so_far: tuple[Certificate, ...], trust: Trust) -> list[tuple[Certificate, ...]]:
    last = so_far[-1]
    found = [(*so_far, each) for each in _signed_by(last, trust.anchors)]
    if found or len(so_far) + 1 == MAX_PATH:
        return found
    for link in _signed_by(last, trust.links):
        if link not in so_far:
            found += _paths((*so_far, link), trust)
    return found


def _signed_by(certificate: Certificate, shelf: _Shelf) -> list[Certificate]:
    """Those whose key signed it; the less likely ones are asked only where no other did."""
    for some in shelf.issuers(certificate):
        found = [each for each in some[:MAX_CANDIDATES] if _problem(certificate, each) is None]
        if found:
            return found
    return []


def _problem(certificate: Certificate, issuer: Certificate) -> ChipError | None:
    try:
        certificate.verify_issued_by(issuer)
    except ChipError as error:
        return error
    return None


def _untimely(path: tuple[Certificate, ...]) -> int:
    pairs = zip(path, path[1:], strict=False)
    return sum(not above.not_before <= each.not_before <= above.not_after for each, above in pairs)


_WRONG = (Code.SOD_SIG_INVALID, Code.SOD_ALG_MISMATCH)
_UNKNOWN = (Code.SOD_ALG_UNSUPPORTED, Code.EC_UNKNOWN_CURVE)


def _why_none(signer: Certificate, trust: Trust) -> ChipError:
    country = signer.issuer.country or signer.country
    if not trust.anchors.of_country(country):
        text = f"no authority of {country or 'the unnamed state'} is trusted"
        return ChipError(Code.CHAIN_NO_CSCA_FOR_COUNTRY, text)
    for each in next(trust.anchors.issuers(signer)):
        problem = _problem(signer, each) if each.country == country else None
        if problem is not None and problem.code in _WRONG:
            text = f"{each.subject} did not sign this certificate"
            return ChipError(Code.CHAIN_SIG_INVALID, text)
        if problem is not None and problem.code in _UNKNOWN:
            return problem
    return ChipError(Code.CHAIN_NO_MATCH, f"no trusted authority of {country} issued it")
