"""What the certificates of authorities in a list are worth: whose key signed each?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from kordon.lib.traveldocs.chip.certificates import Certificate
from kordon.lib.traveldocs.chip.errors import ChipError
from kordon.lib.traveldocs.chip.keys import RSAKey

MAX_TRIED = 64
"""Possible issuers of one certificate whose keys are tried."""


class Standing(StrEnum):
    """How a certificate stands among those it came with."""

    SELF_SIGNED = "SELF_SIGNED"
    """Its own key signed it: an authority that can be an anchor."""
    LINKED = "LINKED"
    """The key of another one signed it: a link certificate."""
    ISSUER_UNKNOWN = "ISSUER_UNKNOWN"
    """The key that signed it is not among them."""
    WRONG_SIGNATURE = "WRONG_SIGNATURE"
    """It names a key that is among them, and that key did not sign it."""
    UNUSABLE = "UNUSABLE"
    """Its key or its algorithm cannot be used."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A certificate, how it stands, and for the last three one sentence why."""

    certificate: Certificate
    standing: Standing
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether a key signed it that is there to be seen."""
        return self.standing in {Standing.SELF_SIGNED, Standing.LINKED}


def assess(
    certificates: Iterable[Certificate], *, among: Iterable[Certificate] = ()
) -> tuple[Assessed, ...]:
    """Each certificate in its order, judged by its own key and those of the others.

    `among` are further certificates whose keys may have signed. At most `MAX_TRIED` issuers are
    tried for each. Never raises.
    """
    given = tuple(certificates)
    shelf = _Shelf((*given, *among))
    return tuple(_assess(each, shelf) for each in given)


def key_fingerprint(certificate: Certificate) -> str:
    """SHA-256 of the public key as a value, in hexadecimal digits; empty where it cannot be used.

    Two certificates of one key have one fingerprint, however their keys are written down.
    """
    key = certificate.key
    if isinstance(key, ChipError):
        return ""
    if isinstance(key, RSAKey):
        said = f"RSA {key.n:x} {key.e:x}"
    else:
        said = f"EC {key.curve.name} {key.point[0]:x} {key.point[1]:x}"
    return hashlib.sha256(said.encode()).hexdigest()


class _Shelf:
    """Certificates by key identifier and by name."""

    def __init__(self, certificates: Sequence[Certificate]) -> None:
        self.by_key: dict[bytes, list[Certificate]] = defaultdict(list)
        self.by_name: dict[object, list[Certificate]] = defaultdict(list)
        for each in dict.fromkeys(certificates):
            if each.subject_key:
                self.by_key[each.subject_key].append(each)
            self.by_name[each.subject].append(each)

    def issuers(self, of: Certificate) -> Iterator[Certificate]:
        named = self.by_key.get(of.authority_key, []) if of.authority_key else []
        yield from dict.fromkeys([*named, *self.by_name.get(of.issuer, [])])


def _assess(it: Certificate, shelf: _Shelf) -> Assessed:
    for problem in (it.key, it.algorithm):
        if isinstance(problem, ChipError):
            return Assessed(it, Standing.UNUSABLE, str(problem))
    if it.is_self_issued and _signed(it, it):
        return Assessed(it, Standing.SELF_SIGNED)
    if any(_signed(it, each) for each in islice(shelf.issuers(it), MAX_TRIED) if each != it):
        return Assessed(it, Standing.LINKED)
    if _names_a_known_key(it, shelf):
        return Assessed(it, Standing.WRONG_SIGNATURE, "the key that it names did not sign it")
    return Assessed(it, Standing.ISSUER_UNKNOWN, f"no key of {it.issuer} here signed it")


def _names_a_known_key(it: Certificate, shelf: _Shelf) -> bool:
    if it.authority_key:
        return it.authority_key in shelf.by_key
    return it.is_self_issued


def _signed(it: Certificate, issuer: Certificate) -> bool:
    try:
        it.verify_issued_by(issuer)
    except ChipError:
        return False
    return True
