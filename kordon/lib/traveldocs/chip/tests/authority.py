"""A small issuing authority: certificates, revocation lists, EF.SOD and master lists of Utopia.

Everything is written octet by octet with `der`, so that each part can be made wrong by itself.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kordon.lib.traveldocs.chip.curves import CURVES
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.der import NULL, integer, octets, oid, seq, set_of, tlv

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
SIGNED = datetime(2020, 2, 1, 12, tzinfo=UTC)
YEARS = timedelta(days=366)

MRZ = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204153ZE184226B<<<<<16"
HASHES = {
    "sha1": (hashes.SHA1(), "1.3.14.3.2.26"),
    "sha224": (hashes.SHA224(), "2.16.840.1.101.3.4.2.4"),
    "sha256": (hashes.SHA256(), "2.16.840.1.101.3.4.2.1"),
    "sha384": (hashes.SHA384(), "2.16.840.1.101.3.4.2.2"),
    "sha512": (hashes.SHA512(), "2.16.840.1.101.3.4.2.3"),
}
PKCS1 = {"sha1": 5, "sha224": 14, "sha256": 11, "sha384": 12, "sha512": 13}
ECDSA = {"sha1": "1", "sha224": "3.1", "sha256": "3.2", "sha384": "3.3", "sha512": "3.4"}


def digest(name, value):
    return hashlib.new(name, value).digest()


def hash_id(name):
    return seq(oid(HASHES[name][1]), NULL)


@cache
def rsa_key(number, bits=2048):
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(number, curve):
    return ec.generate_private_key(getattr(ec, curve)())


@dataclass(frozen=True)
class Kind:
    """A way to sign: `key` is `rsa` or a curve; `explicit` spells the curve out."""

    key: str
    hash: str = "sha256"
    pss: bool = False
    explicit: bool = False
    bits: int = 2048

    def pair(self, number):
        return rsa_key(number, self.bits) if self.key == "rsa" else ec_key(number, self.key)

    def algorithm(self):
        if self.pss:
            mask = seq(oid("1.2.840.113549.1.1.8"), hash_id(self.hash))
            salt = integer(HASHES[self.hash][0].digest_size)
            inside = tlv(0xA0, hash_id(self.hash)), tlv(0xA1, mask), tlv(0xA2, salt)
            return seq(oid("1.2.840.113549.1.1.10"), seq(*inside))
        if self.key == "rsa":
            return seq(oid(f"1.2.840.113549.1.1.{PKCS1[self.hash]}"), NULL)
        return seq(oid(f"1.2.840.10045.4.{ECDSA[self.hash]}"))

    def sign(self, pair, value):
        how = HASHES[self.hash][0]
        if self.key != "rsa":
            return pair.sign(value, ec.ECDSA(how))
        if self.pss:
            return pair.sign(value, padding.PSS(padding.MGF1(how), how.digest_size), how)
        return pair.sign(value, padding.PKCS1v15(), how)

    def public(self, pair, **changes):
        public = pair.public_key()
        if not self.explicit:
            return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        parameters = explicit_parameters(named(self.key), **changes)
        return seq(seq(oid("1.2.840.10045.2.1"), parameters), der.bits(point))


def named(key):
    name = key.replace("R1", "r1").replace("SECP", "secp").replace("Brain", "brain")
    return next(each for each in CURVES.values() if each.name == name)


def explicit_parameters(curve, *, cofactor=1, field_type="1.2.840.10045.1.1", **changes):
    values = {"p": curve.p, "a": curve.a, "b": curve.b, "n": curve.n}
    values |= {"x": curve.g[0], "y": curve.g[1]} | changes
    size = curve.size
    p, a, b, x, y, n = (values[each] for each in "pabxyn")
    return seq(
        integer(1),
        seq(oid(field_type), integer(p)),
        seq(octets(a.to_bytes(size, "big")), octets(b.to_bytes(size, "big"))),
        octets(b"\x04" + x.to_bytes(size, "big") + y.to_bytes(size, "big")),
        integer(n),
        b"" if cofactor is None else integer(cofactor),
    )


RSA = Kind("rsa")
PSS = Kind("rsa", pss=True)
P256 = Kind("SECP256R1")
P384 = Kind("SECP384R1", "sha384")
P521 = Kind("SECP521R1", "sha512")
BRAINPOOL = Kind("BrainpoolP256R1")
BRAINPOOL_384 = Kind("BrainpoolP384R1", "sha384")
BRAINPOOL_512 = Kind("BrainpoolP512R1", "sha512")
EXPLICIT = Kind("BrainpoolP256R1", explicit=True)
EXPLICIT_NIST = Kind("SECP256R1", explicit=True)
KINDS = {
    "rsa": RSA,
    "rsa-sha512": Kind("rsa", "sha512"),
    "pss": PSS,
    "pss-sha384": Kind("rsa", "sha384", pss=True),
    "p256": P256,
    "p256-sha384": Kind("SECP256R1", "sha384"),
    "p384": P384,
    "p521": P521,
    "brainpool256": BRAINPOOL,
    "brainpool384": BRAINPOOL_384,
    "brainpool512": BRAINPOOL_512,
    "explicit": EXPLICIT,
    "explicit-nist": EXPLICIT_NIST,
}


def name(common, country="UT"):
    parts = [("2.5.4.6", der.printable(country))] if country else []
    parts.append(("2.5.4.3", der.utf8(common)))
    return seq(*(set_of(seq(oid(dotted), value)) for dotted, value in parts))


def extension(dotted, value, *, critical=False):
    return seq(oid(dotted), tlv(0x01, b"\xff") if critical else b"", octets(value))


def usage(*numbers):
    value = sum(0x80 >> each for each in numbers)
    return extension("2.5.29.15", tlv(0x03, b"\x00", bytes([value])), critical=True)


def extended_usage(*dotted):
    return extension("2.5.29.37", seq(*map(oid, dotted)))


def document_types(*types):
    inside = seq(integer(0), set_of(*map(der.printable, types)))
    return extension("2.23.136.1.1.6.2", inside)


def signing_period(begin, end):
    parts = (
        tlv(tag, when.strftime("%Y%m%d%H%M%SZ").encode())
        for tag, when in ((0x80, begin), (0x81, end))
    )
    return extension("2.5.29.16", seq(*parts))


def certificate(**parts):
    """`subject issuer public kind pair` must, `serial begin end extensions` may be given."""
    end = parts.get("end", BEGIN + 10 * YEARS)
    inside = seq(
        tlv(0xA0, integer(2)),
        integer(parts.get("serial", 1)),
        parts["kind"].algorithm(),
        parts["issuer"],
        seq(der.moment(parts.get("begin", BEGIN)), der.moment(end)),
        parts["subject"],
        parts["public"],
        tlv(0xA3, seq(*parts.get("extensions", ()))),
    )
    signature = parts["kind"].sign(parts["pair"], inside)
    return seq(inside, parts["kind"].algorithm(), der.bits(signature))


@dataclass(frozen=True)
class Authority:
    """A CSCA. `number` chooses its key; two authorities of one number share it."""

    kind: Kind = P256
    country: str = "UT"
    number: int = 1
    common: str = "Utopia CSCA"

    @property
    def pair(self):
        return self.kind.pair(self.number)

    @property
    def name(self):
        return name(self.common, self.country)

    @property
    def key_id(self):
        return digest("sha1", self.kind.public(self.pair))

    def certificate(self, *, by=None, **changes):
        """Its own certificate, self-signed, or a link certificate made `by` another authority."""
        by = by or self
        parts = {
            "subject": self.name,
            "issuer": by.name,
            "public": self.kind.public(self.pair),
            "kind": by.kind,
            "pair": by.pair,
            "end": BEGIN + 15 * YEARS,
            "extensions": (
                extension("2.5.29.14", octets(self.key_id)),
                extension("2.5.29.35", seq(tlv(0x80, by.key_id))),
                extension("2.5.29.19", seq(tlv(0x01, b"\xff"))),
                usage(5, 6),
            ),
        }
        return certificate(**parts | changes)

    def signer(self, kind=None, **changes):
        """A document signer of this authority."""
        return Signer(self, kind or self.kind, changes)

    def revocation_list(self, *serials, due=SIGNED + 9 * YEARS, issuer=None):
        entries = [seq(integer(each), der.moment(SIGNED)) for each in serials]
        inside = seq(
            integer(1),
            self.kind.algorithm(),
            issuer or self.name,
            der.moment(SIGNED),
            der.moment(due),
            seq(*entries) if entries else b"",
            tlv(0xA0, seq(extension("2.5.29.35", seq(tlv(0x80, self.key_id))))),
        )
        signature = self.kind.sign(self.pair, inside)
        return seq(inside, self.kind.algorithm(), der.bits(signature))


@dataclass(frozen=True)
class Signer:
    """A document signer: signs data groups; every part can be changed by name."""

    authority: Authority
    kind: Kind
    changes: dict = field(default_factory=dict)

    @property
    def pair(self):
        return self.kind.pair(100)

    @property
    def serial(self):
        return self.changes.get("serial", 77)

    def certificate(self):
        parts = {
            "subject": name("Utopia DS", self.changes.get("country", self.authority.country)),
            "issuer": self.authority.name,
            "public": self.kind.public(self.pair),
            "kind": self.authority.kind,
            "pair": self.authority.pair,
            "serial": self.serial,
            "extensions": (
                extension("2.5.29.35", seq(tlv(0x80, self.authority.key_id))),
                usage(0),
                *self.changes.get("more", ()),
            ),
        }
        return certificate(**parts | self.changes)

    def sod(self, groups, **changes):
        """EF.SOD over data groups {number: octets}."""
        hash_name = changes.get("hash", "sha256")
        hashed = (
            seq(integer(number), octets(digest(hash_name, each)))
            for number, each in sorted(groups.items())
        )
        version = changes.get("lds", ())
        told = [seq(*map(der.printable, version))] if version else []
        content = seq(integer(len(told)), hash_id(hash_name), seq(*hashed), *told)
        return tlv(0x77, self.signed_data(content, **changes))

    def signed_data(self, content, **changes):
        """CMS signed data; what is given by name replaces the right thing."""
        content_type = changes.get("content_type", "2.23.136.1.1.1")
        hash_name = changes.get("digest", self.kind.hash)
        attributes = changes.get("attributes")
        if attributes is None:
            when = changes.get("signed_at", SIGNED)
            attributes = self.attributes(content, content_type, when, hash_name)
        signature = self.kind.sign(self.pair, set_of(*attributes) if attributes else content)
        sid = changes.get("sid", seq(self.authority.name, integer(self.serial)))
        inside = changes.get("enclosed", (self.certificate(),))
        return seq(
            oid("1.2.840.113549.1.7.2"),
            tlv(
                0xA0,
                seq(
                    integer(3),
                    set_of(hash_id(hash_name)),
                    seq(oid(content_type), tlv(0xA0, octets(content))),
                    tlv(0xA0, *inside) if inside else b"",
                    set_of(
                        *[
                            seq(
                                integer(1),
                                sid,
                                hash_id(hash_name),
                                tlv(0xA0, *sorted(attributes)) if attributes else b"",
                                changes.get("algorithm", self.kind.algorithm()),
                                octets(changes.get("signature", signature)),
                            )
                        ]
                        * changes.get("signers", 1)
                    ),
                ),
            ),
        )

    def attributes(self, content, content_type="2.23.136.1.1.1", signed_at=SIGNED, name=None):
        found = [
            attribute("1.2.840.113549.1.9.3", oid(content_type)),
            attribute("1.2.840.113549.1.9.4", octets(digest(name or self.kind.hash, content))),
        ]
        if signed_at is not None:
            found.append(attribute("1.2.840.113549.1.9.5", der.moment(signed_at)))
        return found


def attribute(dotted, value):
    return seq(oid(dotted), set_of(value))


def dg1(mrz=MRZ):
    return tlv(0x61, tlv(0x5F1F, mrz))


JPEG = b"\xff\xd8\xff\xe0" + bytes(60) + b"\xff\xd9"


def face(image=JPEG, *, points=0):
    """A facial record of ISO/IEC 19794-5:2005."""
    size = 20 + 8 * points + 12 + len(image)
    record = b"FAC\x00010\x00" + (14 + size).to_bytes(4, "big") + b"\x00\x01"
    record += size.to_bytes(4, "big") + points.to_bytes(2, "big") + bytes(14) + bytes(8 * points)
    return (
        record
        + b"\x01\x00"
        + (413).to_bytes(2, "big")
        + (531).to_bytes(2, "big")
        + bytes(6)
        + image
    )


def dg2(*records, tag=0x5F2E):
    templates = (tlv(0x7F60, tlv(0xA1, tlv(0x87, b"\x01\x01")), tlv(tag, each)) for each in records)
    return tlv(0x75, tlv(0x7F61, tlv(0x02, bytes([len(records)])), *templates))


def com(*tags):
    return tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"), tlv(0x5C, bytes(tags)))


def master_list(signer, certificates, **changes):
    content = seq(integer(0), set_of(*certificates))
    return signer.signed_data(content, **{"content_type": "2.23.136.1.1.2"} | changes)
