"""Every way of signing that documents use: keys, hashes, schemes, and how curves are spelt out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kordon.lib.traveldocs.chip.curves import Curve
from kordon.measure.documents import der
from kordon.measure.documents.keys import (
    CURVE_NAMED,
    EXPONENT,
    HASHES,
    CurvePair,
    Pair,
    RSAPair,
    curve_pair,
    hash_id,
    rsa_pair,
)

_PKCS1 = {"sha1": 5, "sha224": 14, "sha256": 11, "sha384": 12, "sha512": 13}
_ECDSA = {"sha1": "1", "sha224": "3.1", "sha256": "3.2", "sha384": "3.3", "sha512": "3.4"}
_RSA_KEY, _PSS, _MGF1 = (f"1.2.840.113549.1.1.{number}" for number in (1, 10, 8))
_EC_KEY, _PRIME_FIELD = "1.2.840.10045.2.1", "1.2.840.10045.1.1"
_SHORT = frozenset({"secp192r1", "brainpoolP160r1", "brainpoolP192r1"})
"""Curves of fewer than 224 bits, which are told as weak."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to sign. `curve` is empty for RSA, `bits` zero for curves."""

    hash: str
    bits: int = 0
    curve: str = ""
    pss: bool = False
    mask_hash: str = ""
    """Of PSS; the hash itself if empty."""
    salt: int = -1
    """Of PSS, in octets; as long as the hash if negative."""
    pss_only: bool = False
    """Whether the key itself says that it is for PSS alone."""
    explicit: bool = False
    """Whether the curve is spelt out in parameters."""
    compressed: bool = False
    """Whether their generator is written with one coordinate."""
    cofactor: bool = True

    @property
    def name(self) -> str:
        if self.curve:
            said = [self.curve, "explicit"] if self.explicit else [self.curve]
            said += ["compressed"] if self.compressed else []
            said += [] if self.cofactor else ["without-cofactor"]
        else:
            said = [f"rsa{self.bits}", "pss" if self.pss else "pkcs1"]
            said += ["pss-key"] if self.pss_only else []
            said += [f"mask-{self.mask_hash}"] if self.mask_hash else []
            said += [f"salt{self.salt}"] if self.salt >= 0 else []
        return "-".join([*said, self.hash])

    @property
    def is_short(self) -> bool:
        return self.curve in _SHORT

    @property
    def is_slow(self) -> bool:
        """Whether the curve is one that `cryptography` lacks."""
        return bool(self.curve) and CURVE_NAMED[self.curve].known is None

    def pair(self, seed: int, number: int) -> Pair:
        if self.curve:
            return curve_pair(seed, self.curve, number)
        return rsa_pair(seed, self.bits, number)

    def algorithm(self) -> bytes:
        """`AlgorithmIdentifier` of the signature."""
        if self.curve:
            return der.sequence(der.oid(f"1.2.840.10045.4.{_ECDSA[self.hash]}"))
        if not self.pss:
            number = _PKCS1[self.hash]
            return der.sequence(der.oid(f"1.2.840.113549.1.1.{number}"), der.NULL)
        mask = der.sequence(der.oid(_MGF1), hash_id(self.mask_hash or self.hash))
        inside = (
            der.tlv(0xA0, hash_id(self.hash)),
            der.tlv(0xA1, mask),
            der.tlv(0xA2, der.integer(self._salt())),
        )
        return der.sequence(der.oid(_PSS), der.sequence(*inside))

    def _salt(self) -> int:
        return HASHES[self.hash][0].digest_size if self.salt < 0 else self.salt

    def sign(self, pair: Pair, value: bytes) -> bytes:
        if isinstance(pair, RSAPair) and self.pss:
            return pair.sign_pss(value, self.hash, self.mask_hash or self.hash, self._salt())
        return pair.sign(value, self.hash)

    def public(self, pair: Pair) -> bytes:
        """`SubjectPublicKeyInfo`."""
        if isinstance(pair, RSAPair):
            key = der.sequence(der.integer(pair.n), der.integer(EXPONENT))
            said = der.oid(_PSS) if self.pss_only else der.oid(_RSA_KEY) + der.NULL
            return der.sequence(der.sequence(said), der.bits(key))
        named = der.oid(pair.curve.oid)
        spelt = spelt_out(pair.curve, self.compressed, self.cofactor) if self.explicit else named
        return curve_key(pair, spelt)


def curve_key(pair: CurvePair, parameters: bytes) -> bytes:
    """`SubjectPublicKeyInfo` of a point, whatever is said of its curve."""
    x, y = (each.to_bytes(pair.curve.size, "big") for each in pair.point)
    return der.sequence(der.sequence(der.oid(_EC_KEY), parameters), der.bits(b"\x04" + x + y))


def spelt_out(curve: Curve, compressed: bool = False, cofactor: bool = True) -> bytes:
    """`SpecifiedECDomain` of the curve."""
    size = curve.size
    a, b, x, y = (each.to_bytes(size, "big") for each in (curve.a, curve.b, *curve.g))
    head = b"\x03" if curve.g[1] & 1 else b"\x02"
    return der.sequence(
        der.integer(1),
        der.sequence(der.oid(_PRIME_FIELD), der.integer(curve.p)),
        der.sequence(der.octets(a), der.octets(b)),
        der.octets(head + x if compressed else b"\x04" + x + y),
        der.integer(curve.n),
        der.integer(1) if cofactor else b"",
    )


def _ways() -> Iterator[Way]:
    for name in HASHES:
        yield Way(bits=2048, hash=name)
        yield Way(bits=2048, hash=name, pss=True)
    for bits in (3072, 4096):
        yield Way(bits=bits, hash="sha256")
        yield Way(bits=bits, hash="sha512")
        yield Way(bits=bits, hash="sha256", pss=True)
        yield Way(bits=bits, hash="sha512", pss=True)
    yield Way(bits=2048, hash="sha256", pss=True, pss_only=True)
    yield Way(bits=2048, hash="sha256", pss=True, mask_hash="sha1")
    yield Way(bits=2048, hash="sha512", pss=True, salt=20)
    for curve in CURVE_NAMED:
        size = CURVE_NAMED[curve].n.bit_length()
        fits = next((each for each in HASHES if HASHES[each][0].digest_size * 8 >= size), "sha512")
        way = Way(curve=curve, hash=fits)
        yield way
        yield replace(way, explicit=True)
    for curve in ("secp256r1", "brainpoolP256r1"):
        for name in ("sha1", "sha224", "sha384", "sha512"):  # longer than the curve, and shorter
            yield Way(curve=curve, hash=name)
        yield Way(curve=curve, hash="sha256", explicit=True, compressed=True)
        yield Way(curve=curve, hash="sha256", explicit=True, cofactor=False)
    yield Way(curve="secp521r1", hash="sha256")


WAYS = tuple(_ways())
