"""Making seals: put together, signed, and verified before they are handed out."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kordon.lib.traveldocs.chip import Certificate, ECKey
from kordon.lib.traveldocs.seal.codings import Value
from kordon.lib.traveldocs.seal.errors import SealError
from kordon.lib.traveldocs.seal.kinds import Kind
from kordon.lib.traveldocs.seal.trust import name_of
from kordon.lib.traveldocs.seal.vds import (
    MAX_SEAL,
    SIGNATURE_TAG,
    Header,
    write_length,
    write_signed_part,
)
from kordon.lib.traveldocs.seal.vds_nc import ALGORITHM_BITS, canonical, read_vds_nc
from kordon.lib.traveldocs.seal.verifying import hash_for, signature_problem

MAX_KEY_FILE = 64 * 1024


class Key(Protocol):
    """A private key, wherever it lies."""

    def sign_digest(self, digest: bytes, size: int) -> bytes:
        """ECDSA over a digest: r and s side by side, `size` octets each; raises SealError."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the certificate that seals name.

    `name` and `reference` are what the header says: the country and common name of the
    certificate's subject, and its serial number in hexadecimal digits, unless a state has others.
    Raises SealError(SIGNER) when the key is no key on a curve.
    """

    key: Key = field(repr=False)
    certificate: Certificate
    name: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.certificate.key, ECKey):
            raise SealError("SIGNER", f"seals are not signed with {self.certificate.key}")
        if not self.name:
            object.__setattr__(self, "name", name_of(self.certificate))
        if not self.reference:
            object.__setattr__(self, "reference", f"{self.certificate.serial:02X}")

    @property
    def public(self) -> ECKey:
        key = self.certificate.key
        assert isinstance(key, ECKey), "looked at when it was made"
        return key

    def sign(self, octets: bytes, hash_name: str = "") -> bytes:
        """r and s side by side; raises SealError(SIGNER) if the key is not the certificate's."""
        hash_name = hash_name or hash_for(self.public.bits)
        size = (self.public.curve.n.bit_length() + 7) // 8
        digest = hashlib.new(hash_name, octets).digest()
        signature = self.key.sign_digest(digest, size)
        if signature_problem(octets, signature, self.certificate, hash_name) is not None:
            raise SealError("SIGNER", f"the key is not that of {self.certificate.subject}")
        return signature


@dataclass(frozen=True, slots=True)
class FileKey:
    """A private key in memory."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign_digest(self, digest: bytes, size: int) -> bytes:
        algorithm = ec.ECDSA(Prehashed(_BY_SIZE[len(digest)]))
        r, s = decode_dss_signature(self.private.sign(digest, algorithm))
        if max(r, s).bit_length() > 8 * size:
            raise SealError("SIGNER", "the key is on another curve than the certificate's")
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


_BY_SIZE: dict[int, hashes.HashAlgorithm] = {
    each.digest_size: each
    for each in (hashes.SHA224(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512())
}


def read_key(pem: bytes, password: bytes | None = None) -> FileKey:
    """A private key on a curve in PEM; raises SealError(SIGNER)."""
    if len(pem) > MAX_KEY_FILE:
        raise SealError("SIGNER", "the key file is larger than 64 KiB")
    try:
        private = load_pem_private_key(pem, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        wanted = "needs a password, or another one" if b"ENCRYPTED" in pem else "is no key in PEM"
        raise SealError("SIGNER", f"the key file {wanted}") from None
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise SealError("SIGNER", "seals are signed with keys on curves, not with this one")
    return FileKey(private)


@dataclass(frozen=True, slots=True)
class Order:
    """What a seal is to say. `values` by the names of the kind's features."""

    kind: Kind
    issuer: str
    """Issuing state as in a zone, without fillers."""
    values: Mapping[str, Value]
    issued: date
    signed: date
    version: int = 4


def write_vds(order: Order, signer: Signer) -> bytes:
    """The octets of a seal, signed; raises SealError(HEADER, KIND, VALUE, SIGNER)."""
    header = Header(
        version=order.version,
        issuer=order.issuer,
        signer=signer.name,
        reference=signer.reference,
        issued=order.issued,
        signed=order.signed,
        kind_octets=(order.kind.reference, order.kind.category),
    )
    signed = write_signed_part(header, order.kind, order.values)
    signature = signer.sign(signed)
    length = write_length(len(signature), order.version)
    octets = signed + bytes((SIGNATURE_TAG,)) + length + signature
    if len(octets) > MAX_SEAL:
        raise SealError("VALUE", f"{len(octets)} octets, more than any bar code holds")
    return octets


_ALGORITHMS = {bits: name for name, sizes in ALGORITHM_BITS.items() for bits in sizes}


def write_vds_nc(
    type: str, issuer: str, message: Mapping[str, Any], signer: Signer, *, version: int = 1
) -> bytes:
    """A seal in JSON, signed, in canonical form; raises SealError(VALUE, SIGNER)."""
    algorithm = _ALGORITHMS.get(signer.public.bits)
    if algorithm is None:
        raise SealError("SIGNER", f"no algorithm of VDS-NC goes with a key on {signer.public}")
    try:
        data = {"hdr": {"t": type, "v": version, "is": issuer}, "msg": dict(message)}
        signed = canonical(data)
        signature = signer.sign(signed, f"sha{algorithm[2:]}")
        sig = {
            "alg": algorithm,
            "cer": _base64(signer.certificate.raw),
            "sigvl": _base64(signature),
        }
        octets = canonical({"data": json.loads(signed), "sig": sig})
        read_vds_nc(octets)
    except SealError as error:
        if error.code == "WRONG_FORMAT":
            raise SealError("VALUE", error.text) from None
        raise
    return octets


def _base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode("ascii")
