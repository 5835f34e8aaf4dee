"""Public keys and signatures of the algorithms that Doc 9303-12, 4.4 allows and old documents use.

`verify_signature` returns or raises. Nothing of `cryptography`'s errors comes out of this module.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kordon.lib.traveldocs.chip.asn1 import (
    INTEGER,
    NULL,
    OID,
    SEQUENCE,
    Members,
    bits,
    integer,
    oid,
    only_child,
    unsigned,
)
from kordon.lib.traveldocs.chip.curves import Curve, Point, read_curve, read_point, verify_ecdsa
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.tlv import Node, read_node

# SHA-1 stands in old documents; it is accepted and told as weak.
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # nosec B303
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
HASH_OIDS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
WEAK_HASHES = frozenset({"sha1"})

_RSA, _PSS, _EC = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.10045.2.1"
_DH = frozenset({"1.2.840.113549.1.3.1", "1.2.840.10046.2.1"})
_MGF1 = "1.2.840.113549.1.1.8"


class Scheme(StrEnum):
    """How a signature is made."""

    PKCS1 = "RSASSA-PKCS1-v1_5"
    PSS = "RSASSA-PSS"
    ECDSA = "ECDSA"


_SIGNATURES = {
    "1.2.840.113549.1.1.5": (Scheme.PKCS1, "sha1"),
    "1.3.14.3.2.29": (Scheme.PKCS1, "sha1"),
    "1.2.840.113549.1.1.14": (Scheme.PKCS1, "sha224"),
    "1.2.840.113549.1.1.11": (Scheme.PKCS1, "sha256"),
    "1.2.840.113549.1.1.12": (Scheme.PKCS1, "sha384"),
    "1.2.840.113549.1.1.13": (Scheme.PKCS1, "sha512"),
    "1.2.840.10045.4.1": (Scheme.ECDSA, "sha1"),
    "1.2.840.10045.4.3.1": (Scheme.ECDSA, "sha224"),
    "1.2.840.10045.4.3.2": (Scheme.ECDSA, "sha256"),
    "1.2.840.10045.4.3.3": (Scheme.ECDSA, "sha384"),
    "1.2.840.10045.4.3.4": (Scheme.ECDSA, "sha512"),
}

MAX_RSA_BITS, MAX_EXPONENT_BITS = 8192, 33
SHORT_RSA_BITS, SHORT_CURVE_BITS = 2048, 224


@dataclass(frozen=True, slots=True)
class RSAKey:
    """Modulus n and public exponent e."""

    n: int
    e: int
    pss_only: bool = False
    """Whether the certificate says that the key is for RSASSA-PSS alone."""

    @property
    def bits(self) -> int:
        return self.n.bit_length()

    @property
    def is_short(self) -> bool:
        return self.bits < SHORT_RSA_BITS

    def __str__(self) -> str:
        return f"RSA {self.bits}"


@dataclass(frozen=True, slots=True)
class ECKey:
    """A point on a named curve."""

    curve: Curve
    point: Point
    explicit: bool = False
    """Whether the curve was given by its parameters, all of them equal to the named curve's."""

    @property
    def bits(self) -> int:
        return self.curve.p.bit_length()

    @property
    def is_short(self) -> bool:
        return self.bits < SHORT_CURVE_BITS

    def __str__(self) -> str:
        return self.curve.name


PublicKey = RSAKey | ECKey


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """A scheme with its hash (`sha256` …); the last two concern PSS only."""

    scheme: Scheme
    hash: str
    mask_hash: str = ""
    salt: int = 0

    @property
    def is_weak(self) -> bool:
        return self.hash in WEAK_HASHES

    def __str__(self) -> str:
        return f"{self.scheme} with {self.hash}"


def read_hash(node: Node) -> str:
    """The name of the hash in an `AlgorithmIdentifier`."""
    dotted = oid(Members(node, "hash algorithm").take(OID))
    if dotted not in HASH_OIDS:
        raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"hash algorithm {dotted}")
    return HASH_OIDS[dotted]


def digest_of(name: str, value: bytes) -> bytes:
    """The digest of the octets under a hash that `read_hash` named."""
    return hashlib.new(name, value, usedforsecurity=name not in WEAK_HASHES).digest()


def read_public_key(node: Node) -> PublicKey:
    """A `SubjectPublicKeyInfo`."""
    members = Members(node, "public key")
    algorithm = Members(members.take(SEQUENCE), "key algorithm")
    dotted = oid(algorithm.take(OID))
    parameters = algorithm.maybe(OID, SEQUENCE, NULL)
    written = bits(members.take(), "public key")
    if dotted in (_RSA, _PSS):
        return _rsa_key(read_node(written), pss_only=dotted == _PSS)
    if dotted == _EC:
        if parameters is None:
            raise ChipError(Code.EC_IMPLICIT, "no curve is given")
        curve = read_curve(parameters)
        return ECKey(curve, read_point(curve, written), explicit=parameters.tag == SEQUENCE)
    what = "a Diffie-Hellman key" if dotted in _DH else f"key algorithm {dotted}"
    raise ChipError(Code.SOD_ALG_UNSUPPORTED, what)


def _rsa_key(node: Node, *, pss_only: bool) -> RSAKey:
    members = Members(node, "RSA key")
    n = unsigned(members.take(INTEGER), "modulus")
    e = unsigned(members.take(INTEGER), "exponent")
    fits = 512 <= n.bit_length() <= MAX_RSA_BITS and 2 <= e.bit_length() <= MAX_EXPONENT_BITS
    if not (fits and n & 1 and e & 1):
        text = f"modulus of {n.bit_length()} bits, exponent of {e.bit_length()}"
        raise ChipError(Code.RSA_KEY_INVALID, text)
    return RSAKey(n, e, pss_only)


def read_signature_algorithm(node: Node, digest: str = "") -> SignatureAlgorithm:
    """An `AlgorithmIdentifier`; signers that name only the key's algorithm use `digest`."""
    members = Members(node, "signature algorithm")
    dotted = oid(members.take(OID))
    if dotted in _SIGNATURES:
        return SignatureAlgorithm(*_SIGNATURES[dotted])
    if dotted == _PSS:
        return _pss(members.maybe(SEQUENCE))
    if dotted in (_RSA, _EC) and digest:
        return SignatureAlgorithm(Scheme.PKCS1 if dotted == _RSA else Scheme.ECDSA, digest)
    raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"signature algorithm {dotted}")


def _pss(parameters: Node | None) -> SignatureAlgorithm:
    """RFC 4055, 3.1; what is left out has the defaults of 1999: SHA-1 and 20 octets of salt."""
    hash_name, mask_hash, salt = "sha1", "sha1", 20
    for node in [] if parameters is None else parameters:
        if node.tag == 0xA0:
            hash_name = read_hash(only_child(node, "hash algorithm", SEQUENCE))
        elif node.tag == 0xA1:
            mask = Members(only_child(node, "mask", SEQUENCE), "mask generation")
            if oid(mask.take(OID)) != _MGF1:
                raise ChipError(Code.SOD_ALG_UNSUPPORTED, "mask generation other than MGF1")
            mask_hash = read_hash(mask.take(SEQUENCE))
        elif node.tag == 0xA2:
            salt = integer(only_child(node, "salt", INTEGER), "salt")
    if not 0 <= salt <= 512:
        raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"a salt of {salt} octets")
    return SignatureAlgorithm(Scheme.PSS, hash_name, mask_hash, salt)


def verify_signature(
    key: PublicKey, how: SignatureAlgorithm, signature: bytes, signed: bytes
) -> None:
    """Returns when the signature holds. `ChipError` SOD_SIG_INVALID when it does not.

    SOD_ALG_MISMATCH when key and algorithm do not belong together.
    """
    try:
        if isinstance(key, RSAKey):
            _verify_rsa(key, how, signature, signed)
        else:
            _verify_ec(key, how, signature, signed)
    except InvalidSignature:
        raise ChipError(Code.SOD_SIG_INVALID, f"the signature ({how}, {key}) fails") from None
    except (UnsupportedAlgorithm, ValueError) as error:
        if isinstance(error, ChipError):
            raise
        raise ChipError(Code.SOD_ALG_UNSUPPORTED, f"{how} with {key}") from None


def _verify_rsa(key: RSAKey, how: SignatureAlgorithm, signature: bytes, signed: bytes) -> None:
    public = rsa.RSAPublicNumbers(key.e, key.n).public_key()
    if how.scheme is Scheme.PKCS1 and not key.pss_only:
        public.verify(signature, signed, padding.PKCS1v15(), _HASHES[how.hash])
    elif how.scheme is Scheme.PSS:
        mask = padding.MGF1(_HASHES[how.mask_hash])
        public.verify(signature, signed, padding.PSS(mask, how.salt), _HASHES[how.hash])
    else:
        raise ChipError(Code.SOD_ALG_MISMATCH, f"{how} with {key}")


def _verify_ec(key: ECKey, how: SignatureAlgorithm, signature: bytes, signed: bytes) -> None:
    if how.scheme is not Scheme.ECDSA:
        raise ChipError(Code.SOD_ALG_MISMATCH, f"{how} with {key}")
    known = key.curve.known
    if known is not None:
        public = ec.EllipticCurvePublicNumbers(*key.point, known).public_key()
        public.verify(signature, signed, ec.ECDSA(_HASHES[how.hash]))
        return
    try:
        members = Members(read_node(signature), "ECDSA signature")
        r, s = integer(members.take(INTEGER)), integer(members.take(INTEGER))
    except ChipError:
        raise InvalidSignature from None
    if members.rest() or not verify_ecdsa(key.curve, key.point, digest_of(how.hash, signed), r, s):
        raise InvalidSignature
