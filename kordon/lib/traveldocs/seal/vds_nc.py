"""Seals without constraints of size (VDS-NC): signed JSON in a bar code (ICAO technical report).

    {"data": {"hdr": {"t", "v", "is"}, "msg": {…}}, "sig": {"alg", "cer", "sigvl"}}

What is signed is `data` in canonical form (RFC 8785). The signer's certificate is enclosed.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import rfc8785

from kordon.lib.traveldocs.chip import Certificate, ChipError, read_certificate
from kordon.lib.traveldocs.seal.errors import SealError, wrong

MAX_JSON = 32 * 1024
MAX_NESTING = 32
_HASHES = {"ES256": "sha256", "ES384": "sha384", "ES512": "sha512"}
ALGORITHM_BITS = {"ES256": (256,), "ES384": (384,), "ES512": (521, 512)}
"""The sizes of curves that go with each algorithm (RFC 7518, 3.4; brainpoolP512r1 beside)."""

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JSONSeal:
    """A seal in JSON, as read. Nothing is verified."""

    type: str
    """`icao.vacc`, `icao.test`, `icao.visa` …"""
    version: int
    issuer: str
    """Issuing state, three letters."""
    message: JSON = field(repr=False)
    """What the seal says, as its type defines it."""
    algorithm: str
    certificate: Certificate = field(repr=False)
    """The enclosed certificate; whether it is to be believed is another question."""
    signed: bytes = field(repr=False)
    """`data` in canonical form."""
    signature: bytes = field(repr=False)

    @property
    def hash(self) -> str:
        return _HASHES[self.algorithm]

    @property
    def person(self) -> Mapping[str, str]:
        """Name, birth, sex and numbers of the holder, as far as they are given as text."""
        found = self.message.get("pid")
        texts = found.items() if isinstance(found, dict) else ()
        return MappingProxyType({name: each for name, each in texts if isinstance(each, str)})

    @property
    def birth(self) -> date | None:
        """The holder's date of birth, where a whole one is given."""
        try:
            return date.fromisoformat(self.person.get("dob", ""))
        except ValueError:
            return None


def read_vds_nc(octets: bytes) -> JSONSeal:
    """Read the JSON of a bar code; raises SealError(WRONG_FORMAT)."""
    whole = _members(_parsed(octets), "seal", {"data": dict, "sig": dict})
    data = _members(whole["data"], "data", {"hdr": dict, "msg": dict})
    head = _members(data["hdr"], "hdr", {"t": str, "v": int, "is": str})
    sig = _members(whole["sig"], "sig", {"alg": str, "cer": str, "sigvl": str})
    if sig["alg"] not in _HASHES:
        raise wrong(f"signature algorithm {sig['alg'][:20]!r}")
    try:
        certificate = read_certificate(_octets(sig["cer"], "cer"))
    except ChipError as error:
        raise wrong(f"the enclosed certificate: {error.text}") from None
    return JSONSeal(
        type=head["t"],
        version=head["v"],
        issuer=head["is"],
        message=MappingProxyType(data["msg"]),
        algorithm=sig["alg"],
        certificate=certificate,
        signed=canonical(whole["data"]),
        signature=_octets(sig["sigvl"], "sigvl"),
    )


def canonical(data: Any) -> bytes:
    """RFC 8785; raises SealError(WRONG_FORMAT) for what it has no form for."""
    try:
        return rfc8785.dumps(data)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        raise wrong("a number or text that canonical JSON cannot hold") from None


def _parsed(octets: bytes) -> Any:
    if len(octets) > MAX_JSON:
        raise wrong(f"{len(octets)} octets, more than any bar code holds")
    if _nesting(octets) > MAX_NESTING:
        raise wrong("JSON nested too deep")
    try:
        return json.loads(octets.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        if isinstance(error, SealError):
            raise
        raise wrong("this is not JSON") from None


def _nesting(octets: bytes) -> int:
    """At most this deep: brackets in text are counted too."""
    depth = deepest = 0
    for octet in octets:
        if octet in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif octet in b"]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise wrong("a member stands there twice")
    return found


def _members(found: Any, what: str, wanted: Mapping[str, type]) -> dict[str, Any]:
    """Exactly these members: what else stood there would not be signed, or not be looked at."""
    if not isinstance(found, dict) or found.keys() != wanted.keys():
        raise wrong(f"{what} has other members than {', '.join(wanted)}")
    for name, kind in wanted.items():
        if type(found[name]) is not kind:
            raise wrong(f"{name} is not what it should be")
    return found


def _octets(text: str, what: str) -> bytes:
    """Base 64 with the alphabet of URLs, or the other one; only as it would be written."""
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        octets = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise wrong(f"{what} is not base 64") from None
    if base64.b64encode(octets).decode().rstrip("=") != plain:
        raise wrong(f"{what} is base 64 with stray bits")
    return octets
