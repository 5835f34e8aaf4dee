"""A test authority of our own: certificates, revocation lists and EF.SOD of Utopia, and of others.

Everything is written octet by octet, so that each part can be made wrong by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from kordon.measure.documents import der
from kordon.measure.documents.keys import Pair, digest, hash_id
from kordon.measure.documents.ways import Way

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
SIGNED = datetime(2020, 2, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=366)
_SIGNED_DATA, _CONTENT_TYPE = "1.2.840.113549.1.7.2", "2.23.136.1.1.1"
_ATTRIBUTES = "1.2.840.113549.1.9."
CSCA, DOCUMENT_SIGNER, STRANGER = 1, 100, 2
"""Numbers of keys."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """When a signer's certificate begins and ends."""

    begin: datetime = BEGIN
    end: datetime = BEGIN + 10 * YEAR


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The authority (CSCA) of a state that signs in one way, and its one document signer."""

    seed: int
    way: Way
    country: str = "UT"
    key: int = CSCA
    """Number of its key."""
    claims: int = CSCA
    """Number of the key whose identifier its certificate bears."""
    serial: int = 77
    """Of its document signer's certificate."""

    @cached_property
    def pair(self) -> Pair:
        return self.way.pair(self.seed, self.key)

    @cached_property
    def signer_pair(self) -> Pair:
        return self.way.pair(self.seed, DOCUMENT_SIGNER)

    @property
    def name(self) -> bytes:
        return _name(f"CSCA {self.way.name}", self.country)

    @cached_property
    def key_id(self) -> bytes:
        return digest("sha1", self.way.public(self.way.pair(self.seed, self.claims)))

    @cached_property
    def certificate(self) -> bytes:
        """Its own, self-signed."""
        extensions = (
            _extension("2.5.29.14", der.octets(self.key_id)),
            self._authority_key,
            _extension("2.5.29.19", der.sequence(der.tlv(0x01, b"\xff"))),
            _extension("2.5.29.15", der.tlv(0x03, b"\x00\x06")),
        )
        whole = Period(end=BEGIN + 15 * YEAR)
        return self._issue(self.name, self.way.public(self.pair), 1, whole, extensions)

    def signer_certificate(self, period: Period, public: bytes = b"") -> bytes:
        """Its document signer's; `public` in place of the signer's real key."""
        subject = _name("Document Signer", self.country)
        public = public or self.way.public(self.signer_pair)
        extensions = (self._authority_key, _extension("2.5.29.15", der.tlv(0x03, b"\x00\x80")))
        return self._issue(subject, public, self.serial, period, extensions)

    @property
    def _authority_key(self) -> bytes:
        return _extension("2.5.29.35", der.sequence(der.tlv(0x80, self.key_id)))

    def _issue(
        self,
        subject: bytes,
        public: bytes,
        serial: int,
        period: Period,
        extensions: tuple[bytes, ...],
    ) -> bytes:
        inside = der.sequence(
            der.tlv(0xA0, der.integer(2)),
            der.integer(serial),
            self.way.algorithm(),
            self.name,
            der.sequence(der.moment(period.begin), der.moment(period.end)),
            subject,
            public,
            der.tlv(0xA3, der.sequence(*extensions)),
        )
        return self._signed(inside)

    def _signed(self, inside: bytes) -> bytes:
        signature = self.way.sign(self.pair, inside)
        return der.sequence(inside, self.way.algorithm(), der.bits(signature))

    def revocation_list(self, *serials: int) -> bytes:
        """In force for the whole life of its documents."""
        entries = [der.sequence(der.integer(each), der.moment(SIGNED)) for each in serials]
        inside = der.sequence(
            der.integer(1),
            self.way.algorithm(),
            self.name,
            der.moment(SIGNED),
            der.moment(SIGNED + 9 * YEAR),
            der.sequence(*entries) if entries else b"",
            der.tlv(0xA0, der.sequence(self._authority_key)),
        )
        return self._signed(inside)


@dataclass(frozen=True, kw_only=True)
class SecurityObject:
    """EF.SOD in its parts; `replace` one after `sign` and it is no longer what was signed."""

    authority: Authority
    hashes: Mapping[int, bytes]
    certificate: bytes
    version: int
    attributes: tuple[bytes, ...] = ()
    signature: bytes = b""

    @property
    def content(self) -> bytes:
        way = self.authority.way
        pairs = (
            der.sequence(der.integer(number), der.octets(each))
            for number, each in sorted(self.hashes.items())
        )
        told = (der.sequence(der.printable("0108"), der.printable("100000")),)
        return der.sequence(
            der.integer(self.version),
            hash_id(way.hash),
            der.sequence(*pairs),
            *(told if self.version else ()),
        )

    def digested(self) -> "SecurityObject":
        """With signed attributes that fit the content."""
        values = {
            "3": der.oid(_CONTENT_TYPE),
            "4": der.octets(digest(self.authority.way.hash, self.content)),
            "5": der.moment(SIGNED),
        }
        made = (
            der.sequence(der.oid(_ATTRIBUTES + number), der.set_of(value))
            for number, value in values.items()
        )
        return replace(self, attributes=tuple(sorted(made)))

    def signed(self) -> "SecurityObject":
        """With a signature that fits the attributes."""
        pair = self.authority.signer_pair
        signature = self.authority.way.sign(pair, der.set_of(*self.attributes))
        return replace(self, signature=signature)

    @property
    def octets(self) -> bytes:
        authority, way = self.authority, self.authority.way
        signer = der.sequence(
            der.integer(1),
            der.sequence(authority.name, der.integer(authority.serial)),
            hash_id(way.hash),
            der.tlv(0xA0, *self.attributes),
            way.algorithm(),
            der.octets(self.signature),
        )
        inside = der.sequence(
            der.integer(3),
            der.set_of(hash_id(way.hash)),
            der.sequence(der.oid(_CONTENT_TYPE), der.tlv(0xA0, der.octets(self.content))),
            der.tlv(0xA0, self.certificate),
            der.set_of(signer),
        )
        whole = der.sequence(der.oid(_SIGNED_DATA), der.tlv(0xA0, inside))
        return der.tlv(0x77, whole)


def _name(common: str, country: str) -> bytes:
    parts = (("2.5.4.6", der.printable(country)), ("2.5.4.3", der.text(common)))
    return der.sequence(
        *(der.set_of(der.sequence(der.oid(dotted), value)) for dotted, value in parts)
    )


def _extension(dotted: str, value: bytes) -> bytes:
    return der.sequence(der.oid(dotted), der.octets(value))
