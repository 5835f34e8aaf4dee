"""Whom this node believes: the rows of the store as the trust that verifies documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
from kordon.trust.models import Certificate, Distrusted, Listing, Revocations, Version
from kordon.trust.rules import DIRECT, Belief, Listed, Policy, belief


@dataclass(frozen=True, kw_only=True)
class TrustInForce:
    """The trust of one version of the store. ``number`` 0: nothing was ever approved."""

    number: int
    digest: str
    as_of: date | None
    trust: Trust
    anchors: tuple[Read, ...] = ()
    listings: dict[str, frozenset[str]] = field(default_factory=dict)

    def listed_by(self, source: str) -> frozenset[str]:
        """The fingerprints that a source lists."""
        return self.listings.get(source, frozenset())


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
    standings = Counter(standing for _, standing in by)
    order = ("SELF_SIGNED", "LINKED", "ISSUER_UNKNOWN", "WRONG_SIGNATURE", "UNUSABLE")
    return Listed(
        standing=next((one for one in order if standings[one]), "UNUSABLE"),
        state=state,
        lists=sum(source not in DIRECT for source, _ in by),
        direct=any(source in DIRECT for source, _ in by),
        distrusted=distrusted,
    )


def _read(row: Version) -> TrustInForce:
    believed = beliefs()
    wanted: dict[Belief, list[Read]] = {Belief.ANCHOR: [], Belief.LINK: []}
    rows = Certificate.objects.order_by("fingerprint").values_list("fingerprint", "der")
    for fingerprint, der in rows:
        if believed[fingerprint] in wanted:
            wanted[believed[fingerprint]].append(read_certificate(bytes(der)))
    listed: dict[str, set[str]] = defaultdict(set)
    for fingerprint, by in listings().items():
        for source, _ in by:
            listed[source].add(fingerprint)
    return TrustInForce(
        number=row.number,
        digest=row.digest,
        as_of=row.as_of,
        trust=Trust(
            wanted[Belief.ANCHOR],
            links=wanted[Belief.LINK],
            revocation_lists=_revocation_lists(),
        ),
        anchors=tuple(wanted[Belief.ANCHOR]),
        listings={source: frozenset(some) for source, some in listed.items()},
    )


def _revocation_lists() -> list[RevocationList]:
    rows = Revocations.objects.order_by("issuer_key").values_list("content", flat=True)
    return [read_revocation_list(read_kept(name)) for name in rows]
