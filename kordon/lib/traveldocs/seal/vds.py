"""Visible digital seals: the octets of the bar code, read and put together (Doc 9303-13, 2 and 3).

header    0xDC, version, issuer, signer and certificate, two dates, kind
message   tag, length, value; several
signature 0xFF, length, r and s side by side; over everything before it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from kordon.lib.traveldocs.seal.c40 import read_c40, size_of, write_c40
from kordon.lib.traveldocs.seal.codings import Value, read_date, read_value, write_date, write_value
from kordon.lib.traveldocs.seal.errors import SealError, wrong
from kordon.lib.traveldocs.seal.kinds import KINDS, Kind, Kinds

MAX_SEAL = 4096
"""Octets; the largest bar code holds fewer."""
MAGIC, SIGNATURE_TAG = 0xDC, 0xFF
_VERSIONS = {2: 3, 3: 4}
"""The octet in the header → the version that Doc 9303 calls it."""
_DECIMAL_LENGTHS = "DEZV"
"""A signer of Germany that writes the length of its references in decimal digits, at times."""


class UnknownVersion(SealError):
    """A version of the header that this library does not know; raised as WRONG_FORMAT."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who issued the document, whose key signed the seal, and when."""

    version: int
    """3 or 4."""
    issuer: str
    """Issuing state as in a zone, without fillers: `D`, `UTO`."""
    signer: str
    """Four characters: the two-letter country, and two that name the signer there."""
    reference: str
    """The serial number of the signer's certificate in hexadecimal digits."""
    issued: date
    """When the document was issued."""
    signed: date
    """When the seal was signed."""
    kind_octets: tuple[int, int]
    """Reference of the definition, and category."""

    @property
    def is_test(self) -> bool:
        """A reference of zeros: a seal made for trials (Doc 9303-13)."""
        return not self.reference.strip("0")


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as read. Nothing is verified."""

    header: Header
    features: tuple[tuple[int, bytes], ...]
    """Tag and octets, in the order of the seal."""
    signed: bytes = field(repr=False)
    """The octets that the signature covers."""
    signature: bytes
    """r and s side by side; empty where the seal has none."""
    kind: Kind | None = field(default=None, repr=False)
    """None where the kind is not known."""
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    """What the known features say, by name."""
    unknown: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """Features that the kind does not know, by tag; all of them where the kind is not known."""
    flaws: tuple[str, ...] = ()
    """Known features whose octets are not what they should be."""

    @property
    def zone(self) -> str:
        """The zone that the seal holds, two lines, the second perhaps cut; or empty."""
        found = (self.values.get(name) for name in ("mrz", "mrz_a", "mrz_b"))
        return next((each for each in found if isinstance(each, str)), "")


def read_vds(octets: bytes, *, kinds: Kinds = KINDS) -> Seal:
    """Read the octets of a bar code; raises SealError(WRONG_FORMAT)."""
    if len(octets) > MAX_SEAL:
        raise wrong(f"{len(octets)} octets, more than any bar code holds")
    if octets[:1] != bytes([MAGIC]):
        raise wrong("no seal: it does not begin with DC")
    if len(octets) < 2:
        raise wrong("the header is cut off")
    if octets[1] not in _VERSIONS:
        text = f"a header of version {octets[1] + 1}, which is not known"
        raise UnknownVersion("WRONG_FORMAT", text)
    if _VERSIONS[octets[1]] == 3:
        return _whole(octets, 3, kinds, 9)
    lengths = _lengths(octets)
    for length in lengths[:-1]:
        try:
            return _whole(octets, 4, kinds, 6 + length)
        except SealError:
            continue
    return _whole(octets, 4, kinds, 6 + lengths[-1])


def _lengths(octets: bytes) -> list[int]:
    """How long the certificate reference can be; of one signer there are two readings."""
    written = read_c40(octets[4:8])
    signer, digits = written[:4], written[4:6]
    if len(digits) != 2 or not all(each in "0123456789ABCDEF" for each in digits):
        raise wrong("the length of the certificate reference is no number")
    lengths = [int(digits, 16)]
    if signer == _DECIMAL_LENGTHS and digits.isdecimal():
        lengths.append(int(digits))
    return lengths


def _whole(octets: bytes, version: int, kinds: Kinds, characters: int) -> Seal:
    """The seal, if so many characters name signer and certificate."""
    named = 4 + size_of(characters)
    if len(octets) < named + 8:
        raise wrong("the header is cut off")
    text = read_c40(octets[4:named])
    if len(text) != characters:
        raise wrong("the certificate reference is not as long as it says")
    header = Header(
        version=version,
        issuer=read_c40(octets[2:4]).rstrip(" "),
        signer=text[:4],
        reference=text[4 if version == 3 else 6 :],
        issued=read_date(octets[named : named + 3]),
        signed=read_date(octets[named + 3 : named + 6]),
        kind_octets=(octets[named + 6], octets[named + 7]),
    )
    features, end, signature = _message(octets, named + 8, version)
    seal = Seal(header, features, octets[:end], signature)
    return _understood(seal, kinds.get(header.kind_octets))


def _message(
    octets: bytes, at: int, version: int
) -> tuple[tuple[tuple[int, bytes], ...], int, bytes]:
    """Features, where the signed octets end, and the signature."""
    features: dict[int, bytes] = {}
    while at < len(octets):
        tag, begin = octets[at], at
        length, at = _length(octets, at + 1, version)
        value = octets[at : at + length]
        if len(value) < length:
            raise wrong("a feature is cut off")
        at += length
        if tag == SIGNATURE_TAG:
            if at < len(octets):
                raise wrong(f"{len(octets) - at} octets behind the signature")
            return tuple(features.items()), begin, value
        if tag in features:
            raise wrong(f"feature {tag} stands there twice")
        features[tag] = value
    return tuple(features.items()), at, b""


def _length(octets: bytes, at: int, version: int) -> tuple[int, int]:
    """A length and where its value begins: one octet in version 3, DER in version 4."""
    if at >= len(octets):
        raise wrong("a length is missing")
    first = octets[at]
    if version == 3 or first < 0x80:
        return first, at + 1
    size = first & 0x7F
    written = octets[at + 1 : at + 1 + size]
    length = int.from_bytes(written, "big")
    if not 1 <= size <= 2 or len(written) < size or length < (0x80, 0x100)[size - 1]:
        raise wrong("a length that is not DER")
    return length, at + 1 + size


def _understood(seal: Seal, kind: Kind | None) -> Seal:
    """The same, with the features that are known by name."""
    values: dict[str, Value] = {}
    unknown: dict[int, bytes] = {}
    flaws: list[str] = []
    for tag, octets in seal.features:
        feature = None if kind is None else kind.by_tag.get(tag)
        if feature is None:
            unknown[tag] = octets
            continue
        try:
            values[feature.name] = read_value(feature.coding, octets)
        except SealError as error:
            flaws.append(f"{feature.name}: {error.text}")
    return replace(
        seal,
        kind=kind,
        values=MappingProxyType(values),
        unknown=MappingProxyType(unknown),
        flaws=tuple(flaws),
    )


def write_signed_part(header: Header, kind: Kind, values: Mapping[str, Value]) -> bytes:
    """Header and message, to be signed; raises SealError(HEADER, KIND, VALUE)."""
    written = _write_header(header)
    for name in values.keys() - kind.by_name.keys():
        raise SealError("KIND", f"{kind.name} has no feature {name}")
    for feature in kind.features:
        if feature.name not in values:
            if feature.required:
                raise SealError("VALUE", f"{feature.name} is missing")
            continue
        try:
            octets = write_value(feature.coding, values[feature.name])
        except SealError as error:
            raise SealError(error.code, f"{feature.name}: {error.text}") from None
        written += bytes((feature.tag,)) + write_length(len(octets), header.version) + octets
    return written


def write_length(length: int, version: int) -> bytes:
    """A length as this version of the header has it; raises SealError(VALUE)."""
    if version == 3:
        if length > 254:
            raise SealError("VALUE", "version 3 holds at most 254 octets in one feature")
        return bytes((length,))
    if length < 0x80:
        return bytes((length,))
    if length < 0x100:
        return bytes((0x81, length))
    if length > MAX_SEAL:
        raise SealError("VALUE", f"{length} octets, more than any bar code holds")
    return b"\x82" + length.to_bytes(2, "big")


def _write_header(header: Header) -> bytes:
    reference = header.reference.upper()
    if header.version == 3:
        named = header.signer + reference.rjust(5, "0")
        fits = len(named) == 9
    else:
        named = f"{header.signer}{len(reference):02X}{reference}"
        fits = header.version == 4 and 1 <= len(reference) <= 255
    if not (fits and len(header.signer) == 4 and 1 <= len(header.issuer) <= 3):
        text = f"version {header.version} cannot hold signer {header.signer!r}, reference"
        raise SealError("HEADER", f"{text} {reference!r}, issuer {header.issuer!r}")
    try:
        names = write_c40(header.issuer.ljust(3, "<")) + write_c40(named)
    except SealError as error:
        raise SealError("HEADER", error.text) from None
    dates = write_date(header.issued) + write_date(header.signed)
    octet = next(each for each, version in _VERSIONS.items() if version == header.version)
    return bytes((MAGIC, octet)) + names + dates + bytes(header.kind_octets)
