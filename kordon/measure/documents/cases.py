"""Documents of the test authority: each way of signing in each situation, and what is right of it.

What is right stands here by hand, from Doc 9303-11, 5.1 and 9303-12, 7. It is exact: every code
that must be told, and none beside them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Code,
    Outcome,
    Trust,
    Verification,
    read_certificate,
    read_revocation_list,
    verify_chip,
)
from kordon.measure.documents import der
from kordon.measure.documents.authority import (
    BEGIN,
    DOCUMENT_SIGNER,
    SIGNED,
    STRANGER,
    YEAR,
    Authority,
    Period,
    SecurityObject,
)
from kordon.measure.documents.keys import CURVE_NAMED, curve_pair, digest
from kordon.measure.documents.ways import WAYS, Way, curve_key, spelt_out

ON = date(2024, 6, 1)
ZONE = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204153ZE184226B<<<<<16"
FORGED = b"P<UTOERIKSSON<<ANNE<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204153ZE184226B<<<<<16"
"""The specimen of Doc 9303-4, and with a letter changed that no check digit covers."""
VERSIONS = (0, 1)
"""Of the security object: with the second come the versions of LDS and Unicode."""


@dataclass(frozen=True)
class Made:
    """A document as a reader hands it over, and its authorities as octets: what can be sent to
    another process."""

    name: str
    way: Way
    sod: bytes
    groups: Mapping[int, bytes]
    anchors: tuple[bytes, ...]
    revocations: tuple[bytes, ...] = ()
    on: date = ON

    @cached_property
    def trust(self) -> Trust:
        lists = [read_revocation_list(each) for each in self.revocations]
        return Trust(map(read_certificate, self.anchors), revocation_lists=lists)

    def verified(self) -> Verification:
        return verify_chip(ChipFiles(sod=self.sod, groups=self.groups), self.trust, on=self.on)


@dataclass(frozen=True)
class Case:
    """A document and what is right of it."""

    document: Made
    outcome: Outcome
    codes: frozenset[Code]

    def faults(self) -> str:
        """What was told otherwise; empty where all is right."""
        said = self.document.verified()
        if (said.outcome, frozenset(said.codes)) == (self.outcome, self.codes):
            return ""
        told = ", ".join(sorted(set(said.codes))) or "no code"
        wanted = ", ".join(sorted(self.codes)) or "no code"
        return f"{self.document.name}: {said.outcome} ({told}), not {self.outcome} ({wanted})"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is wrong with a document, and what must be said of it."""

    make: Callable[["Maker"], Made]
    outcome: Outcome
    codes: frozenset[Code] = frozenset()
    signature_holds: bool = True


def dg1(zone: bytes = ZONE) -> bytes:
    return der.tlv(0x61, der.tlv(0x5F1F, zone))


def dg2(size: int = 60) -> bytes:
    """A face of ISO/IEC 19794-5:2005 whose picture has so many octets."""
    image = b"\xff\xd8\xff\xe0" + bytes(size) + b"\xff\xd9"
    whole = 32 + len(image)
    record = b"FAC\x00010\x00" + (14 + whole).to_bytes(4, "big") + b"\x00\x01"
    record += whole.to_bytes(4, "big") + bytes(16) + b"\x01\x00"
    record += (413).to_bytes(2, "big") + (531).to_bytes(2, "big") + bytes(6) + image
    head = der.tlv(0xA1, der.tlv(0x87, b"\x01\x01"))
    template = der.tlv(0x7F60, head, der.tlv(0x5F2E, record))
    return der.tlv(0x75, der.tlv(0x7F61, der.tlv(0x02, b"\x01"), template))


GROUPS: Mapping[int, bytes] = {1: dg1(), 2: dg2()}


@dataclass(frozen=True)
class Maker:
    """Documents of one authority in one version of the security object."""

    authority: Authority
    version: int
    groups: Mapping[int, bytes] = field(default_factory=lambda: GROUPS, repr=False)

    @cached_property
    def good(self) -> Made:
        return self.made(self.object())

    def object(self, period: Period | None = None, public: bytes = b"") -> SecurityObject:
        """EF.SOD as it should be, its signer valid in this period."""
        hashes = {number: self.hashed(each) for number, each in self.groups.items()}
        unsigned = SecurityObject(
            authority=self.authority,
            hashes=hashes,
            certificate=self.authority.signer_certificate(period or Period(), public),
            version=self.version,
        )
        return unsigned.digested().signed()

    def hashed(self, group: bytes) -> bytes:
        return digest(self.authority.way.hash, group)

    def made(self, it: SecurityObject) -> Made:
        return Made(
            name=f"{self.authority.way.name}, version {self.version}",
            way=self.authority.way,
            sod=it.octets,
            groups=self.groups,
            anchors=(self.authority.certificate,),
            revocations=(self.authority.revocation_list(5),),
        )


def _group_changed(maker: Maker) -> Made:
    return replace(maker.good, groups=_with_forged(maker))


def _content_changed(maker: Maker) -> Made:
    """The forger puts the hash of his own DG1 into the content."""
    forged = replace(maker.object(), hashes=_forged(maker))
    return replace(maker.made(forged), groups=_with_forged(maker))


def _attributes_changed(maker: Maker) -> Made:
    """He makes the signed digest fit, too."""
    forged = replace(maker.object(), hashes=_forged(maker)).digested()
    return replace(maker.made(forged), groups=_with_forged(maker))


def _forged(maker: Maker) -> dict[int, bytes]:
    return {number: maker.hashed(each) for number, each in _with_forged(maker).items()}


def _with_forged(maker: Maker) -> dict[int, bytes]:
    return {**maker.groups, 1: dg1(FORGED)}


def _signature_changed(maker: Maker) -> Made:
    right = maker.object()
    return maker.made(
        replace(right, signature=right.signature[:-1] + bytes([right.signature[-1] ^ 1]))
    )


def _revoked(maker: Maker) -> Made:
    revoked = maker.authority.revocation_list(5, maker.authority.serial)
    return replace(maker.good, revocations=(revoked,))


def _signed_by(begin: datetime, end: datetime) -> Callable[[Maker], Made]:
    """A document of a signer whose certificate is valid in this period."""

    def make(maker: Maker) -> Made:
        return maker.made(maker.object(Period(begin=begin, end=end)))

    return make


def _of_another_state(maker: Maker) -> Made:
    other = replace(maker, authority=replace(maker.authority, country="KZ"))
    return other.good


def _on_an_unknown_curve(maker: Maker) -> Made:
    """Spelt out with a generator of the forger's choice, by which his key is 1 (CVE-2020-0601)."""
    pair = curve_pair(maker.authority.seed, "secp256r1", DOCUMENT_SIGNER)
    curve = CURVE_NAMED["secp256r1"]
    public = curve_key(pair, spelt_out(replace(curve, g=pair.point)))
    return maker.made(maker.object(public=public))


def _without_trust(maker: Maker) -> Made:
    return replace(maker.good, anchors=(), revocations=())


def _of_a_stranger(maker: Maker) -> Made:
    """The state's authority is known, but another key of it than the one that signed."""
    seed = maker.authority.seed
    stranger = Authority(seed=seed, way=WAY_OF_STRANGER, key=STRANGER, claims=STRANGER)
    return replace(maker.good, anchors=(stranger.certificate,), revocations=())


def _of_a_forger(maker: Maker) -> Made:
    """An authority is known by the identifier of the key that must have signed; it did not."""
    other = replace(maker.authority, key=DOCUMENT_SIGNER)
    return replace(maker.good, anchors=(other.certificate,), revocations=())


WAY_OF_STRANGER = Way(curve="secp256r1", hash="sha256")
_FAILED, _VERIFIED, _LACKING = Outcome.FAILED, Outcome.VERIFIED, Outcome.NOT_VERIFIABLE
_LATER = SIGNED + timedelta(days=30)
SITUATIONS: dict[str, Situation] = {
    "good": Situation(make=lambda maker: maker.good, outcome=_VERIFIED),
    "DG1 tampered": Situation(
        make=_group_changed, outcome=_FAILED, codes=frozenset({Code.DG_HASH_MISMATCH})
    ),
    "EF.SOD tampered, its hashes": Situation(
        make=_content_changed,
        outcome=_FAILED,
        codes=frozenset({Code.SOD_MESSAGE_DIGEST_MISMATCH}),
    ),
    "EF.SOD tampered, its attributes": Situation(
        make=_attributes_changed,
        outcome=_FAILED,
        codes=frozenset({Code.SOD_SIG_INVALID}),
        signature_holds=False,
    ),
    "EF.SOD tampered, its signature": Situation(
        make=_signature_changed,
        outcome=_FAILED,
        codes=frozenset({Code.SOD_SIG_INVALID}),
        signature_holds=False,
    ),
    "revoked": Situation(make=_revoked, outcome=_FAILED, codes=frozenset({Code.REV_REVOKED})),
    "expired at signing": Situation(
        make=_signed_by(BEGIN, SIGNED - timedelta(days=2)),
        outcome=_FAILED,
        codes=frozenset({Code.CHAIN_EXPIRED_AT_SIGNING}),
    ),
    "not yet valid at signing": Situation(
        make=_signed_by(_LATER, _LATER + YEAR),
        outcome=_FAILED,
        codes=frozenset({Code.CHAIN_NOT_YET_VALID}),
    ),
    "valid at signing, expired since": Situation(
        make=_signed_by(BEGIN, _LATER),
        outcome=_VERIFIED,
        codes=frozenset({Code.CHAIN_EXPIRED_NOW}),
    ),
    "wrong state": Situation(
        make=_of_another_state, outcome=_FAILED, codes=frozenset({Code.CHAIN_COUNTRY_MISMATCH})
    ),
    "unknown curve": Situation(
        make=_on_an_unknown_curve,
        outcome=_LACKING,
        codes=frozenset({Code.EC_UNKNOWN_CURVE}),
        signature_holds=False,
    ),
    "no trust": Situation(
        make=_without_trust,
        outcome=_LACKING,
        codes=frozenset({Code.CHAIN_NO_CSCA_FOR_COUNTRY}),
    ),
    "another key of its state trusted": Situation(
        make=_of_a_stranger,
        outcome=_LACKING,
        codes=frozenset({Code.CHAIN_NO_MATCH}),
    ),
    "the authority's key exchanged": Situation(
        make=_of_a_forger,
        outcome=_FAILED,
        codes=frozenset({Code.CHAIN_SIG_INVALID}),
    ),
}


def cases(
    seed: int, ways: tuple[Way, ...] = WAYS, versions: tuple[int, ...] = VERSIONS
) -> Iterator[Case]:
    """Every way in every version and situation; the same octets for the same seed."""
    for way in ways:
        authority = Authority(seed=seed, way=way)
        for version in versions:
            maker = Maker(authority, version)
            for name, situation in SITUATIONS.items():
                document = situation.make(maker)
                document = replace(document, name=f"{name}: {document.name}")
                codes = situation.codes | _weak(way, situation)
                yield Case(document, situation.outcome, codes)


def _weak(way: Way, situation: Situation) -> frozenset[Code]:
    """SHA-1 hashes the groups, so it is always told; a short key where its signature holds."""
    weak = way.hash == "sha1" or (way.is_short and situation.signature_holds)
    return frozenset({Code.SOD_ALG_WEAK}) if weak else frozenset()


def good_ones(
    seed: int, ways: tuple[Way, ...] = WAYS, groups: Mapping[int, bytes] = GROUPS
) -> list[Made]:
    """A good document of each way, the versions in turn."""
    return [
        Maker(Authority(seed=seed, way=way), VERSIONS[turn % 2], groups).good
        for turn, way in enumerate(ways)
    ]
