"""DG14: which protocols the chip speaks and with which keys (Doc 9303-11, 9.2)."""

from __future__ import annotations

from dataclasses import dataclass

from kordon.lib.traveldocs.chip.asn1 import INTEGER, OID, SEQUENCE, SET, Members, integer, oid
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.groups import read_group
from kordon.lib.traveldocs.chip.keys import PublicKey, read_public_key
from kordon.lib.traveldocs.chip.tlv import Node

_EAC = "0.4.0.127.0.7.2.2."
CHIP_KEY_ECDH, CHIP_KEY_DH = f"{_EAC}1.2", f"{_EAC}1.1"
_CHIP_AUTHENTICATION, _TERMINAL, _PACE = f"{_EAC}3.", f"{_EAC}2", f"{_EAC}4."
_ACTIVE = "2.23.136.1.1.5"

MAX_INFOS = 64


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A public key for Chip Authentication, or why it cannot be used."""

    key: PublicKey | ChipError
    number: int | None
    """Its identifier where the chip has several."""


@dataclass(frozen=True, slots=True)
class ChipProtocol:
    """A way of Chip Authentication: object identifier of key agreement and cipher."""

    oid: str
    version: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """A way of PACE with its domain parameters by number."""

    oid: str
    version: int
    parameters: int | None


@dataclass(frozen=True, slots=True)
class ActiveAuthentication:
    """How the chip signs in Active Authentication when its key is on a curve."""

    version: int
    signature: str


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """What DG14 says; everything not known here stands in `others` by object identifier."""

    chip_keys: tuple[ChipKey, ...] = ()
    chip_protocols: tuple[ChipProtocol, ...] = ()
    pace: tuple[Pace, ...] = ()
    active: ActiveAuthentication | None = None
    terminal: bool = False
    """Whether Terminal Authentication is announced."""
    others: tuple[str, ...] = ()


def read_dg14(data: bytes) -> SecurityInfos:
    """The security infos in DG14; raises `ChipError`."""
    for each in read_group(data, 14):
        if each.tag == SET:
            return read_security_infos(each)
    raise ChipError(Code.DG_PARSE, "DG14 holds no security infos")


def read_security_infos(node: Node) -> SecurityInfos:
    """A SET of security infos."""
    keys: list[ChipKey] = []
    protocols: list[ChipProtocol] = []
    pace: list[Pace] = []
    others: list[str] = []
    active, terminal = None, False
    for place, each in enumerate(node):
        if place == MAX_INFOS:
            raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_INFOS} security infos")
        members = Members(each, "security info")
        dotted = oid(members.take(OID))
        if dotted in (CHIP_KEY_ECDH, CHIP_KEY_DH):
            keys.append(ChipKey(_key(members.take(SEQUENCE)), _number(members)))
        elif dotted.startswith(_CHIP_AUTHENTICATION):
            version = integer(members.take(INTEGER))
            protocols.append(ChipProtocol(dotted, version, _number(members)))
        elif dotted.startswith(_PACE):
            pace.append(Pace(dotted, _number(members) or 0, _number(members)))
        elif dotted == _ACTIVE:
            active = ActiveAuthentication(integer(members.take(INTEGER)), oid(members.take(OID)))
        elif dotted == _TERMINAL:
            terminal = True
        else:
            others.append(dotted)
    return SecurityInfos(
        tuple(keys), tuple(protocols), tuple(pace), active, terminal, tuple(others)
    )


def _number(members: Members) -> int | None:
    node = members.maybe(INTEGER)
    return None if node is None else integer(node)


def _key(node: Node) -> PublicKey | ChipError:
    try:
        return read_public_key(node)
    except ChipError as error:
        return error
