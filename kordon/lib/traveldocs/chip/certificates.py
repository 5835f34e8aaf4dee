"""Certificates of signers and of authorities (Doc 9303-12, 7; RFC 5280), read without trusting.

Real certificates break rules in small ways: a broken extension is skipped and named in `flaws`, a
key that cannot be used is kept as the reason why, and the rest stays readable.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from kordon.lib.traveldocs.chip.asn1 import (
    BIT_STRING,
    BOOLEAN,
    GENERALIZED_TIME,
    INTEGER,
    OID,
    SEQUENCE,
    SET,
    UTC_TIME,
    Members,
    bits,
    boolean,
    expect,
    flags,
    integer,
    octets,
    oid,
    only_child,
    text,
    time,
)
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.keys import (
    PublicKey,
    SignatureAlgorithm,
    read_public_key,
    read_signature_algorithm,
    verify_signature,
)
from kordon.lib.traveldocs.chip.tlv import Node, read_node

MAX_CERTIFICATE = 64 * 1024
MAX_EXTENSIONS = 64
MAX_TYPES = 64
MAX_TIME = 64
"""Octets, of a time as it is written; every form of it is shorter."""

Value = TypeVar("Value")
_SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
}
DIGITAL_SIGNATURE, KEY_CERT_SIGN, CRL_SIGN = 0, 5, 6


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name: equal when it says the same in other string types, case or blanks."""

    parts: tuple[tuple[str, str], ...]
    """(attribute, value) as written; attributes by short name or in dots."""
    key: tuple[tuple[str, str], ...] = field(repr=False, default=())
    """The same, normalised; what is compared."""

    @property
    def country(self) -> str:
        """The two letters of C in upper case, or empty."""
        return next((value.strip().upper() for name, value in self.parts if name == "C"), "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return ", ".join(f"{name}={value}" for name, value in self.parts)


@dataclass(slots=True)
class _Extensions:
    """What the extensions say; absent ones stay as they are here."""

    subject_key: bytes = b""
    authority_key: bytes = b""
    is_authority: bool | None = None
    key_usage: frozenset[int] | None = None
    extended_key_usage: frozenset[str] | None = None
    signs_from: datetime | None = None
    signs_until: datetime | None = None
    document_types: frozenset[str] | None = None
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. Equal certificates have equal octets."""

    raw: bytes = field(repr=False)
    signed: bytes = field(repr=False, compare=False)
    """The octets the signature covers."""
    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    key: PublicKey | ChipError = field(compare=False)
    """The public key, or why it cannot be used."""
    algorithm: SignatureAlgorithm | ChipError = field(compare=False)
    signature: bytes = field(repr=False, compare=False)
    subject_key: bytes = field(compare=False)
    """Subject key identifier; empty where there is none."""
    authority_key: bytes = field(compare=False)
    """Identifier of the issuer's key; empty where there is none."""
    is_authority: bool | None = field(compare=False)
    """What the basic constraints say; None where they are absent."""
    key_usage: frozenset[int] | None = field(compare=False)
    extended_key_usage: frozenset[str] | None = field(compare=False)
    signs_from: datetime | None = field(compare=False)
    """Beginning of the private key usage period, if given."""
    signs_until: datetime | None = field(compare=False)
    document_types: frozenset[str] | None = field(compare=False)
    """Document codes the signer may sign (Doc 9303-12, 7.1.1.6), None where not restricted."""
    flaws: tuple[str, ...] = field(compare=False)
    """Extensions that could not be read, by object identifier."""

    @property
    def country(self) -> str:
        """Two letters of the subject, or of the issuer where the subject has none."""
        return self.subject.country or self.issuer.country

    @property
    def is_self_issued(self) -> bool:
        return self.subject == self.issuer

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal digits."""
        return hashlib.sha256(self.raw).hexdigest()

    def verify_issued_by(self, issuer: Certificate) -> None:
        """Returns when the issuer's key signed this certificate; else raises `ChipError`."""
        if isinstance(self.algorithm, ChipError):
            raise self.algorithm
        if isinstance(issuer.key, ChipError):
            raise issuer.key
        verify_signature(issuer.key, self.algorithm, self.signature, self.signed)


def read_certificate(data: bytes) -> Certificate:
    """One certificate in DER; raises `ChipError` when its frame cannot be read."""
    return certificate_of(read_node(data, limit=MAX_CERTIFICATE))


def certificate_of(node: Node) -> Certificate:
    """One certificate from its node in signed data."""
    if node.stop - node.start > MAX_CERTIFICATE:
        raise ChipError(Code.READ_TOO_LARGE, "certificate larger than 64 KiB")
    outer = Members(node, "certificate")
    signed = outer.take(SEQUENCE)
    algorithm = outer.take(SEQUENCE)
    signature = bits(outer.take(BIT_STRING), "signature")
    inner = Members(signed, "certificate")
    inner.maybe(0xA0)
    serial = integer(inner.take(INTEGER), "serial number")
    inner.take(SEQUENCE)
    issuer = read_name(inner.take(SEQUENCE))
    validity = Members(inner.take(SEQUENCE), "validity")
    not_before = time(validity.take(UTC_TIME, GENERALIZED_TIME))
    not_after = time(validity.take(UTC_TIME, GENERALIZED_TIME))
    subject = read_name(inner.take(SEQUENCE))
    key = _or_reason(read_public_key, inner.take(SEQUENCE))
    found = _extensions(next((each for each in inner.rest() if each.tag == 0xA3), None))
    return Certificate(
        raw=node.raw,
        signed=signed.raw,
        serial=serial,
        issuer=issuer,
        subject=subject,
        not_before=not_before,
        not_after=not_after,
        key=key,
        algorithm=_or_reason(read_signature_algorithm, algorithm),
        signature=signature,
        subject_key=found.subject_key,
        authority_key=found.authority_key,
        is_authority=found.is_authority,
        key_usage=found.key_usage,
        extended_key_usage=found.extended_key_usage,
        signs_from=found.signs_from,
        signs_until=found.signs_until,
        document_types=found.document_types,
        flaws=found.flaws,
    )


def _or_reason(read: Callable[[Node], Value], node: Node) -> Value | ChipError:
    try:
        return read(node)
    except ChipError as error:
        return error


def read_name(node: Node) -> Name:
    """A distinguished name."""
    parts: list[tuple[str, str]] = []
    for group in expect(node, "name", SEQUENCE):
        for pair in expect(group, "name", SET):
            members = Members(pair, "name")
            dotted = oid(members.take(OID))
            parts.append((_SHORT_NAMES.get(dotted, dotted), text(members.take())))
            if len(parts) > MAX_TYPES:
                raise ChipError(Code.READ_TOO_LARGE, "a name of too many parts")
    return Name(tuple(parts), tuple((name, _folded(value)) for name, value in parts))


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _extensions(node: Node | None) -> _Extensions:
    found = _Extensions()
    if node is None:
        return found
    for number, each in enumerate(only_child(node, "extensions", SEQUENCE)):
        if number == MAX_EXTENSIONS:
            raise ChipError(Code.READ_TOO_LARGE, "too many extensions")
        members = Members(each, "extension")
        dotted = oid(members.take(OID))
        critical = members.maybe(BOOLEAN)
        value = octets(members.take(), "extension")
        if dotted not in _READERS:
            if critical is not None and boolean(critical):
                found.flaws += (dotted,)
            continue
        try:
            _READERS[dotted](found, read_node(value))
        except ChipError:
            found.flaws += (dotted,)
    return found


def _subject_key(found: _Extensions, node: Node) -> None:
    found.subject_key = octets(node)


def _authority_key(found: _Extensions, node: Node) -> None:
    for each in expect(node, "authority key identifier", SEQUENCE):
        if each.tag == 0x80:
            found.authority_key = each.value


def _constraints(found: _Extensions, node: Node) -> None:
    authority = Members(node, "basic constraints").maybe(BOOLEAN)
    found.is_authority = authority is not None and boolean(authority)


def _usage(found: _Extensions, node: Node) -> None:
    found.key_usage = flags(node)


def _extended_usage(found: _Extensions, node: Node) -> None:
    found.extended_key_usage = frozenset(map(oid, Members(node, "usage").rest()[:MAX_TYPES]))


def _signing_period(found: _Extensions, node: Node) -> None:
    for each in expect(node, "private key usage period", SEQUENCE):
        if each.tag in (0x80, 0x81):
            size = each.end - each.body
            if size > MAX_TIME:
                raise ChipError(Code.READ_BAD_TLV, f"a time of {size} octets")
            # the tag is implicit; the value is that of a GeneralizedTime
            moment = time(read_node(bytes((GENERALIZED_TIME, size)) + each.value))
            if each.tag == 0x80:
                found.signs_from = moment
            else:
                found.signs_until = moment


def _document_types(found: _Extensions, node: Node) -> None:
    members = Members(node, "document types")
    members.take(INTEGER)
    types = islice(members.take(SET), MAX_TYPES)
    found.document_types = frozenset(text(each).rstrip("<").upper() for each in types)


_READERS: dict[str, Callable[[_Extensions, Node], None]] = {
    "2.5.29.14": _subject_key,
    "2.5.29.15": _usage,
    "2.5.29.16": _signing_period,
    "2.5.29.19": _constraints,
    "2.5.29.35": _authority_key,
    "2.5.29.37": _extended_usage,
    "2.23.136.1.1.6.2": _document_types,
}
