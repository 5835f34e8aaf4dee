"""Parsers of what a chip holds and of states' lists (``kordon.lib.traveldocs.chip``)."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kordon.lib.traveldocs import chip as c
from kordon.lib.traveldocs.chip.as_json import certificate_to_json
from kordon.lib.traveldocs.chip.outcome import Result, Step
from kordon.lib.traveldocs.chip.tlv import Node, read_node
from kordon.measure.fuzzing.mutating import Mutator, change_words, flip
from kordon.measure.fuzzing.parser import ACCEPTED, ON, REFUSED, SEEDS, Parser, Wrong, seeds_of
from kordon.measure.fuzzing.shaping import change_tlv


@cache
def _anchors() -> tuple[c.Certificate, ...]:
    """The authorities of the seeds; drawn once, their keys kept nowhere."""
    return tuple(c.read_certificate(path.read_bytes()) for path in seeds_of("trust"))


@cache
def trust() -> c.Trust:
    lists = [c.read_revocation_list(p.read_bytes()) for p in sorted(SEEDS.glob("crl/trust*"))]
    return c.Trust(_anchors(), revocation_lists=lists)


def _all_of(node: Node) -> Iterator[Node]:
    for each in node:
        yield each
        if each.is_constructed:
            yield from _all_of(each)


def _nodes(octets: bytes) -> str:
    for each in _all_of(read_node(octets)):
        len(each.value)
    return ACCEPTED


def _reads(read: Callable[[bytes], object]) -> Callable[[bytes], str]:
    def tries(octets: bytes) -> str:
        read(octets)
        return ACCEPTED

    return tries


def _dg1(octets: bytes) -> str:
    return ACCEPTED if c.read_dg1(octets, on=ON).valid else REFUSED


_REACHED = {
    Result.PASSED: "signature holds",
    Result.REMARK: "signature holds",
    Result.FAILED: "signature does not hold",
}


def reached(said: c.Verification) -> str:
    """How far a security object came: refused early, at its signature, or beyond."""
    if said.outcome is c.Outcome.VERIFIED:
        return "verified"
    for each in said.findings:
        if each.step is Step.SIGNATURE and each.result in _REACHED:
            return _REACHED[each.result]
    return REFUSED


def _sod(octets: bytes) -> str:
    """Read, and verified as far as it goes: `read_sod` is its first step."""
    return reached(c.verify_sod(octets, trust(), on=ON))


class Files(NamedTuple):
    """Files of a chip and, with them, an answer of the chip."""

    files: c.ChipFiles
    answer: bytes


_TAGS = {0x61: 1, 0x75: 2, 0x6B: 11, 0x6C: 12, 0x6E: 14, 0x6F: 15}


def files_of(octets: bytes) -> Files:
    """Files one behind the other, told apart by their tags; an octet string is the answer."""
    groups: dict[int, bytes] = {}
    sod = com = None
    answer = b""
    while octets:
        node = read_node(octets, padded=True)
        if node.tag == 0x77:
            sod = node.raw
        elif node.tag == 0x60:
            com = node.raw
        elif node.tag == 0x04:
            answer = node.value
        elif node.tag in _TAGS:
            groups[_TAGS[node.tag]] = node.raw
        octets = octets[node.stop :]
    return Files(c.ChipFiles(sod=sod, com=com, groups=groups), answer)


@cache
def _signed() -> frozenset[tuple[bytes, bytes]]:
    """What the states of the seeds did sign: content and signer's certificate."""
    return frozenset(_content(path.read_bytes()) for path in seeds_of("chip"))


def _content(octets: bytes) -> tuple[bytes, bytes]:
    signed = c.read_sod(files_of(octets).files.sod or b"").signed
    return signed.content, signed.certificates[0].signed


def _chip(octets: bytes) -> str:
    """Raises ``Wrong`` if something is verified that differs in what was signed.

    Data groups that hold stand in what was signed with their digests; versions, the name by which
    the signer is found and EF.COM are signed by nobody.
    """
    files, _ = files_of(octets)
    said = c.verify_chip(files, trust(), on=ON)
    if said.outcome is c.Outcome.VERIFIED:
        content, signer = c.read_sod(files.sod or b"").signed.content, said.signer
        good = signer is not None and (content, signer.signed) in _signed()
        if not good or not all(said.digests_hold.get(number) for number in files.groups):
            raise Wrong("verified, and not what was signed")
    json.dumps(c.to_json(said))
    return reached(said)


def _certificate(octets: bytes) -> str:
    found = c.read_certificate(octets)
    json.dumps(certificate_to_json(found))
    c.key_fingerprint(found)
    (said,) = c.assess([found], among=_anchors())
    return str(said.standing).lower()


def _list(octets: bytes) -> str:
    found = c.read_master_list(octets)
    c.assess(found.certificates, among=found.enclosed)
    found.issuer_of_signer(found.enclosed)
    return ACCEPTED


def _pem(octets: bytes) -> str:
    for label, der in c.unpack(octets):
        if label in ("", "CERTIFICATE"):
            c.read_certificate(der)
    return ACCEPTED


def _names(octets: bytes) -> str:
    """Lines that may be names of files."""
    named = [line.decode("utf-8", "surrogateescape") for line in octets.split(b"\n")]
    c.chip_files((c.name_file(each) or each, b"") for each in named)
    return ACCEPTED


CHALLENGE = bytes.fromhex("0123456789abcdef")
READERS_KEY = 7
"""The private key with which the seeds' answers were made: nobody's."""
_PLAIN = "0.4.0.127.0.7.1.1.4.1.3"


def _active(octets: bytes) -> str:
    """DG15 and an answer; judged by itself, and as of a document that is not verified."""
    files, answer = files_of(octets)
    verification = c.verify_chip(files, trust(), on=ON)
    c.check_active(files, verification, challenge=CHALLENGE, response=answer)
    if 15 not in files.groups:
        return REFUSED
    c.verify_active_answer(c.read_dg15(files.groups[15]), CHALLENGE, answer, _PLAIN)
    return ACCEPTED


def _agreed(octets: bytes) -> str:
    """DG14 and the first answer under new keys."""
    files, answer = files_of(octets)
    verification = c.verify_chip(files, trust(), on=ON)
    infos = c.read_dg14(files.groups.get(14, b""))
    protocol = next((each.oid for each in infos.chip_protocols), "")
    session = c.ChipSession(READERS_KEY, answer, protocol)
    c.check_chip(files, verification, session)
    for each in infos.chip_keys:
        if isinstance(each.key, c.ECKey):
            c.verify_chip_answer(each.key, session)
    return ACCEPTED


_PEM = (b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----", b"-----", b"\n", b"=", b" ")
_FILES = (
    b"EF_",
    b"DG",
    b"Datagroup",
    b"SOD",
    b"COM",
    b"01",
    b"1D",
    b".bin",
    b"16",
    b"0",
    b"/",
    b"\n",
)


def _part(
    name: str,
    tries: Callable[[bytes], str],
    covers: tuple[Callable[..., object], ...],
    vectors: tuple[str, ...] = (),
    change: Mutator = change_tlv,
) -> Parser:
    refuses = (c.ChipError,)
    return Parser(
        name=name, tries=tries, refuses=refuses, change=change, covers=covers, vectors=vectors
    )


PARSERS = (
    _part("tlv", _nodes, (), ("emrtd/bsi2008/*.bin", "emrtd/loes2006/*.bin")),
    _part("com", _reads(c.read_com), (c.read_com,), ("emrtd/*/EF_COM.bin", "emrtd/*/ef011E.bin")),
    _part("dg1", _dg1, (c.read_dg1,), ("emrtd/*/Datagroup1.bin", "emrtd/*/ef0101.bin")),
    _part("dg2", _reads(c.read_dg2), (c.read_dg2,)),
    _part("dg11", _reads(c.read_dg11), (c.read_dg11,)),
    _part("dg12", _reads(c.read_dg12), (c.read_dg12,)),
    _part("dg14", _reads(c.read_dg14), (c.read_dg14,), ("emrtd/*/Datagroup14.bin",)),
    _part("dg15", _reads(c.read_dg15), (c.read_dg15,), ("emrtd/*/Datagroup15.bin",)),
    _part(
        "sod",
        _sod,
        (c.read_sod, c.verify_sod),
        ("emrtd/sod/*.der", "emrtd/sod/*.BIN", "emrtd/*/EF_SOD.bin", "emrtd/*/ef011D.bin"),
    ),
    _part("chip", _chip, (c.verify_chip, c.to_json)),
    Parser(
        name="one-bit",
        tries=_chip,
        refuses=(c.ChipError,),
        change=flip,
        once=True,
        seeds="chip",
    ),
    _part(
        "certificate",
        _certificate,
        (c.read_certificate, c.assess, c.key_fingerprint),
        ("crl/*.cer", "vds/*.crt"),
    ),
    _part("crl", _reads(c.read_revocation_list), (c.read_revocation_list,), ("crl/*.crl",)),
    _part("master-list", _list, (c.read_master_list, c.assess)),
    _part("pem", _pem, (c.unpack, c.read_certificate), change=change_words(_PEM)),
    _part("file-names", _names, (c.name_file, c.chip_files), change=change_words(_FILES)),
    _part("active-answer", _active, (c.check_active, c.verify_active_answer)),
    _part("chip-answer", _agreed, (c.check_chip, c.verify_chip_answer)),
)
