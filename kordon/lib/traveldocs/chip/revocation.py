"""Certificate revocation lists (Doc 9303-12, 7.1.2; RFC 5280, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from kordon.lib.traveldocs.chip.asn1 import (
    BIT_STRING,
    BOOLEAN,
    GENERALIZED_TIME,
    INTEGER,
    SEQUENCE,
    UTC_TIME,
    Members,
    bits,
    integer,
    octets,
    oid,
    only_child,
    time,
)
from kordon.lib.traveldocs.chip.certificates import Certificate, Name, read_name
from kordon.lib.traveldocs.chip.errors import ChipError
from kordon.lib.traveldocs.chip.keys import (
    SignatureAlgorithm,
    read_signature_algorithm,
    verify_signature,
)
from kordon.lib.traveldocs.chip.tlv import Node, read_node

_AUTHORITY_KEY = "2.5.29.35"
_TIMES = (UTC_TIME, GENERALIZED_TIME)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What one authority revoked: serial number → moment of revocation."""

    issuer: Name
    issued: datetime
    next_due: datetime | None
    revoked: Mapping[int, datetime] = field(repr=False)
    authority_key: bytes
    signed: bytes = field(repr=False)
    algorithm: SignatureAlgorithm
    signature: bytes = field(repr=False)

    def verify_issued_by(self, issuer: Certificate) -> None:
        """Returns when the issuer's key signed this list; else raises `ChipError`."""
        if isinstance(issuer.key, ChipError):
            raise issuer.key
        verify_signature(issuer.key, self.algorithm, self.signature, self.signed)


def read_revocation_list(data: bytes) -> RevocationList:
    """One list in DER; raises `ChipError`."""
    outer = Members(read_node(data), "revocation list")
    signed = outer.take(SEQUENCE)
    algorithm = read_signature_algorithm(outer.take(SEQUENCE))
    signature = bits(outer.take(BIT_STRING), "signature")
    inner = Members(signed, "revocation list")
    inner.maybe(INTEGER)
    inner.take(SEQUENCE)
    issuer = read_name(inner.take(SEQUENCE))
    issued = time(inner.take(*_TIMES))
    due = inner.maybe(*_TIMES)
    entries = inner.maybe(SEQUENCE)
    revoked = {} if entries is None else dict(map(_entry, entries))
    return RevocationList(
        issuer=issuer,
        issued=issued,
        next_due=None if due is None else time(due),
        revoked=MappingProxyType(revoked),
        authority_key=_authority_key(inner.maybe(0xA0)),
        signed=signed.raw,
        algorithm=algorithm,
        signature=signature,
    )


def _entry(node: Node) -> tuple[int, datetime]:
    members = Members(node, "revoked certificate")
    return integer(members.take(INTEGER), "serial number"), time(members.take(*_TIMES))


def _authority_key(extensions: Node | None) -> bytes:
    if extensions is None:
        return b""
    for each in only_child(extensions, "extensions", SEQUENCE):
        members = Members(each, "extension")
        if oid(members.take()) == _AUTHORITY_KEY:
            members.maybe(BOOLEAN)
            value = read_node(octets(members.take(), "extension"))
            return next((part.value for part in value if part.tag == 0x80), b"")
    return b""
