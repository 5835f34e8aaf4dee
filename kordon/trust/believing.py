"""Whom this node believes: the rows of the store as the trust that verifies documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from kordon.journal.files import read_kept
from kordon.lib.traveldocs.chip import (
    Certificate as Read,
)
from kordon.lib.traveldocs.chip import (
    RevocationList,
    Trust,
    key_fingerprint,
    read_certificate,
    read_revocation_list,
)
from kordon.lib.traveldocs.chip.trust import find_path
from kordon.lib.traveldocs.seal import SealTrust
from kordon.lib.traveldocs.seal.trust import name_of
from kordon.trust.models import Certificate, Distrusted, Listing, Revocations, Version
from kordon.trust.records import Record
from kordon.trust.rules import DIRECT, SEALS, SIGNER_ALONE, Belief, Listed, Policy, belief


@dataclass(frozen=True, kw_only=True)
class TrustInForce:
    """The trust of one version of the store. ``number`` 0: nothing was ever approved.

    ``seals`` holds the signers of visible digital seals, beside the same authorities.
    """

    number: int
    digest: str
    as_of: date | None
    trust: Trust
    anchors: tuple[Read, ...] = ()
    listings: dict[str, frozenset[str]] = field(default_factory=dict)
    seals: SealTrust = field(default_factory=SealTrust)

    def listed_by(self, source: str) -> frozenset[str]:
        """The fingerprints that a source lists."""
        return self.listings.get(source, frozenset())


@dataclass(frozen=True, kw_only=True)
class SealSigner:
    """A signer of seals: how seals call it, and whether an authority of the store issued it."""

    row: Certificate | Record
    name: str
    issued_by: str
    alone: bool
    listed: bool = False
    distrusted: bool = False


_NOTHING = TrustInForce(number=0, digest="", as_of=None, trust=Trust([]))
_known: dict[str, TrustInForce] = {}


def trust_in_force() -> TrustInForce:
    """The trust of the version in force: read from the rows once per version and process.

    The digest names everything that decides, so what is kept by it can be nothing else.
    """
    row = Version.objects.order_by("-number").first()
    if row is None:
        return _NOTHING
    key = f"{row.number} {row.digest}"
    found = _known.get(key)
    if found is None:
        found = _read(row)
        _known.clear()
        _known[key] = found
    return found


def seal_signers() -> tuple[SealSigner, ...]:
    """Every signer of seals in the store, as it stands today."""
    listed, alone = _by_source()
    rows = Certificate.objects.filter(fingerprint__in=listed.get(SEALS, ()))
    found, believed = rows.order_by("state", "subject", "fingerprint"), beliefs()
    return tuple(
        replace(
            one,
            alone=one.row.fingerprint in alone,
            listed=True,
            distrusted=believed[one.row.fingerprint] is Belief.DISTRUSTED,
        )
        for one in signers_among(found)
    )


def signers_among(rows: Iterable[Certificate | Record]) -> tuple[SealSigner, ...]:
    """Certificates as signers of seals, in the store or offered for it."""
    trust = trust_in_force().trust
    found = [(row, read_certificate(bytes(row.der))) for row in rows]
    return tuple(
        SealSigner(
            row=row,
            name=name_of(signer),
            issued_by=_issuer_of(signer, trust),
            alone=isinstance(row, Record) and row.standing == SIGNER_ALONE,
        )
        for row, signer in found
    )


def _issuer_of(signer: Read, trust: Trust) -> str:
    """The authority of the store that issued it; empty where there is none."""
    path = find_path(signer, trust)
    return "" if path.problem is not None else str(path.certificates[-1].subject)


def known_keys(certificates: Iterable[Read]) -> list[str]:
    """The fingerprint of each one's key, or its own where its key cannot be used."""
    return [key_fingerprint(one) or one.fingerprint for one in certificates]


def beliefs() -> dict[str, Belief]:
    """Every certificate of the store by its fingerprint: what it is to us."""
    row = Version.objects.order_by("-number").first()
    policy = Policy(**row.policy) if row else Policy()
    distrusted = set(Distrusted.objects.values_list("key", flat=True))
    listed = listings()
    return {
        fingerprint: belief(_listed(state, key in distrusted, listed[fingerprint]), policy)
        for fingerprint, state, key in _states()
    }


def listings() -> dict[str, list[tuple[str, str]]]:
    """Fingerprint → (source, standing) of everyone that lists it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Listing.objects.order_by("source")
    for fingerprint, source, standing in rows.values_list("fingerprint", "source", "standing"):
        found[fingerprint].append((source, standing))
    return found


def _states() -> list[tuple[str, str, str]]:
    rows = Certificate.objects.values_list("fingerprint", "state", "key_fingerprint")
    return [(fingerprint, state, key or fingerprint) for fingerprint, state, key in rows]


def _listed(state: str, distrusted: bool, by: list[tuple[str, str]]) -> Listed:
    """A link may stand alone in one list and be seen to hold in another: the best counts."""
    of_authorities = [(source, standing) for source, standing in by if source != SEALS]
    standings = Counter(standing for _, standing in of_authorities)
    order = ("SELF_SIGNED", "LINKED", "ISSUER_UNKNOWN", "WRONG_SIGNATURE", "UNUSABLE")
    return Listed(
        standing=next((one for one in order if standings[one]), "UNUSABLE"),
        state=state,
        lists=sum(source not in DIRECT for source, _ in of_authorities),
        direct=any(source in DIRECT for source, _ in of_authorities),
        distrusted=distrusted,
        signs_seals=not of_authorities,
    )


def _read(row: Version) -> TrustInForce:
    listed, alone = _by_source()
    found = _believed_as(listed.get(SEALS, frozenset()))
    trust = Trust(
        found[Belief.ANCHOR],
        links=found[Belief.LINK],
        revocation_lists=_revocation_lists(),
    )
    signers = found[Belief.SEAL_SIGNER]
    return TrustInForce(
        number=row.number,
        digest=row.digest,
        as_of=row.as_of,
        trust=trust,
        anchors=tuple(found[Belief.ANCHOR]),
        listings=listed,
        seals=SealTrust(
            trust,
            signers=signers,
            believed=[one for one in signers if one.fingerprint in alone],
        ),
    )


def _by_source() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """What each source lists, and which signers of seals are believed by themselves."""
    listed: dict[str, set[str]] = defaultdict(set)
    alone = set()
    for fingerprint, by in listings().items():
        for source, standing in by:
            listed[source].add(fingerprint)
            if standing == SIGNER_ALONE:
                alone.add(fingerprint)
    return {source: frozenset(some) for source, some in listed.items()}, frozenset(alone)


def _believed_as(signers: frozenset[str]) -> dict[Belief, list[Read]]:
    """Anchors, links and signers of seals; one may be a signer beside what lists say of it."""
    believed = beliefs()
    found: dict[Belief, list[Read]] = {
        one: [] for one in (Belief.ANCHOR, Belief.LINK, Belief.SEAL_SIGNER)
    }
    rows = Certificate.objects.order_by("fingerprint").values_list("fingerprint", "der")
    for fingerprint, der in rows:
        what = {believed[fingerprint]} & {Belief.ANCHOR, Belief.LINK}
        if fingerprint in signers and believed[fingerprint] is not Belief.DISTRUSTED:
            what.add(Belief.SEAL_SIGNER)
        for one in what:
            found[one].append(read_certificate(bytes(der)))
    return found


def _revocation_lists() -> list[RevocationList]:
    rows = Revocations.objects.order_by("issuer_key").values_list("content", flat=True)
    return [read_revocation_list(read_kept(name)) for name in rows]
