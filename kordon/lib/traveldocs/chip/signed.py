"""CMS signed data (RFC 5652, 5) as EF.SOD and master lists use it: one signer, enclosed content."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest

from kordon.lib.traveldocs.chip.asn1 import (
    INTEGER,
    OCTET_STRING,
    OID,
    PIECES,
    SEQUENCE,
    SET,
    Members,
    integer,
    octets,
    oid,
    only_child,
    time,
)
from kordon.lib.traveldocs.chip.certificates import Certificate, Name, certificate_of, read_name
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import (
    SignatureAlgorithm,
    digest_of,
    read_hash,
    read_signature_algorithm,
    verify_signature,
)
from kordon.lib.traveldocs.chip.tlv import Node

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"

MAX_CERTIFICATES, MAX_SIGNERS, MAX_ATTRIBUTES = 32, 8, 32


@dataclass(frozen=True, slots=True)
class Signer:
    """One `SignerInfo`."""

    issuer: Name | None
    """With `serial`, the certificate by its issuer; None where it is named by key identifier."""
    serial: int
    subject_key: bytes
    digest: Node
    algorithm: Node
    signature: bytes
    attributes: Node | None
    """The signed attributes, tag A0; what is signed has the tag of a SET in its place."""


@dataclass(frozen=True, slots=True)
class SignedData:
    """What is signed, who signed it, and the certificates enclosed."""

    content_type: str
    content: bytes = field(repr=False)
    certificates: tuple[Certificate, ...]
    signers: tuple[Signer, ...] = field(repr=False)
    flaws: tuple[ChipError, ...]
    """Enclosed certificates that cannot be read."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The signed attributes that matter here."""

    content_type: str
    message_digest: bytes
    signing_time: datetime | None


def read_signed_data(node: Node, *, not_cms: Code) -> SignedData:
    """The `ContentInfo` in the node; `ChipError` with the code `not_cms` when it is none."""
    try:
        outer = Members(node, "signed data")
        if oid(outer.take(OID)) != _SIGNED_DATA:
            raise ChipError(not_cms, "the content is not signed data")
        inner = Members(only_child(outer.take(0xA0), "signed data", SEQUENCE), "signed data")
        inner.take(INTEGER)
        inner.take(SET)
        content_type, content = _content(inner.take(SEQUENCE))
        certificates, flaws = _certificates(inner.maybe(0xA0))
        inner.maybe(0xA1)
        signers = inner.take(SET).children()
        if not 1 <= len(signers) <= MAX_SIGNERS:
            raise ChipError(not_cms, f"{len(signers)} signers")
        return SignedData(content_type, content, certificates, tuple(map(_signer, signers)), flaws)
    except ChipError as error:
        if error.code is Code.READ_BAD_TLV:
            raise ChipError(not_cms, error.text) from None
        raise


def _content(node: Node) -> tuple[str, bytes]:
    members = Members(node, "content")
    content_type = oid(members.take(OID))
    return content_type, octets(only_child(members.take(0xA0), "content", OCTET_STRING, PIECES))


def _certificates(node: Node | None) -> tuple[tuple[Certificate, ...], tuple[ChipError, ...]]:
    found: list[Certificate] = []
    flaws: list[ChipError] = []
    for each in [] if node is None else node:
        if len(found) + len(flaws) == MAX_CERTIFICATES:
            raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_CERTIFICATES} certificates")
        try:
            found.append(certificate_of(each))
        except ChipError as error:
            flaws.append(error)
    return tuple(found), tuple(flaws)


def _signer(node: Node) -> Signer:
    members = Members(node, "signer")
    members.take(INTEGER)
    named = members.take(SEQUENCE, 0x80, 0xA0)
    issuer, serial, subject_key = None, 0, b""
    if named.tag == SEQUENCE:
        pair = Members(named, "signer")
        issuer = read_name(pair.take(SEQUENCE))
        serial = integer(pair.take(INTEGER), "serial number")
    elif named.tag == 0x80:
        subject_key = named.value
    else:
        subject_key = octets(only_child(named, "signer", OCTET_STRING))
    digest = members.take(SEQUENCE)
    attributes = members.maybe(0xA0)
    algorithm = members.take(SEQUENCE)
    signature = octets(members.take(OCTET_STRING, PIECES), "signature")
    return Signer(issuer, serial, subject_key, digest, algorithm, signature, attributes)


def certificate_of_signer(signer: Signer, among: tuple[Certificate, ...]) -> Certificate | None:
    """The enclosed certificate that the signer names."""
    for each in among:
        by_name = signer.issuer is not None and signer.issuer == each.issuer
        if by_name and signer.serial == each.serial:
            return each
        if signer.subject_key and signer.subject_key == each.subject_key:
            return each
    return None


def read_attributes(signer: Signer) -> Attributes | None:
    """The signed attributes; None where there are none and the content itself is signed.

    `ChipError` SOD_ATTR_MISSING where one that must be there is not there exactly once.
    """
    if signer.attributes is None:
        return None
    found: dict[str, Node] = {}
    for number, each in enumerate(signer.attributes):
        members = Members(each, "signed attribute")
        dotted = oid(members.take(OID))
        if dotted in found or number == MAX_ATTRIBUTES:
            raise ChipError(Code.SOD_ATTR_MISSING, f"attribute {dotted} is there twice")
        found[dotted] = only_child(members.take(SET), "signed attribute")
    if not {_CONTENT_TYPE, _MESSAGE_DIGEST} <= set(found):
        raise ChipError(Code.SOD_ATTR_MISSING, "content type or message digest is not signed")
    when = found.get(_SIGNING_TIME)
    return Attributes(
        oid(found[_CONTENT_TYPE]),
        octets(found[_MESSAGE_DIGEST], "message digest"),
        None if when is None else time(when),
    )


def check_attributes(signed: SignedData, signer: Signer, attributes: Attributes | None) -> str:
    """Returns the name of the hash when the signed attributes fit the content; else raises."""
    name = read_hash(signer.digest)
    if attributes is None:
        return name
    if attributes.content_type != signed.content_type:
        raise ChipError(Code.SOD_ATTR_MISSING, "the signed content type is another")
    if not compare_digest(attributes.message_digest, digest_of(name, signed.content)):
        raise ChipError(Code.SOD_MESSAGE_DIGEST_MISMATCH, "the signed digest is another")
    return name


def algorithm_of(signer: Signer) -> SignatureAlgorithm:
    """How the signer signed; `ChipError` where it cannot be told."""
    return read_signature_algorithm(signer.algorithm, read_hash(signer.digest))


def verify_signer(signed: SignedData, signer: Signer, certificate: Certificate) -> None:
    """Returns when the signature over attributes (or content) holds; else raises `ChipError`."""
    if isinstance(certificate.key, ChipError):
        raise certificate.key
    how = algorithm_of(signer)
    if signer.attributes is None:
        verify_signature(certificate.key, how, signer.signature, signed.content)
        return
    written = [each.raw for each in signer.attributes]
    try:
        verify_signature(certificate.key, how, signer.signature, _as_set(written))
    except ChipError as error:
        # Some writers sign the attributes in the order of DER and enclose them in another.
        if error.code is not Code.SOD_SIG_INVALID or written == sorted(written):
            raise
        verify_signature(certificate.key, how, signer.signature, _as_set(sorted(written)))


def _as_set(attributes: list[bytes]) -> bytes:
    """The attributes as they were signed: tag of a SET, length definite (RFC 5652, 5.4)."""
    value = b"".join(attributes)
    size = len(value)
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((SET, *((size,) if size < 0x80 else (0x80 | len(length), *length)))) + value
