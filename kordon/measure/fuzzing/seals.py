"""Parsers of visible digital seals, their images, and page images."""

import json
from collections.abc import Callable
from functools import cache

from kordon.lib import traveldocs as t
from kordon.lib.traveldocs import chip as c
from kordon.lib.traveldocs import page as p
from kordon.lib.traveldocs import seal as s
from kordon.lib.traveldocs.page.picture import open_picture
from kordon.lib.traveldocs.seal.images import find_codes, read_image
from kordon.measure.fuzzing.chips import trust
from kordon.measure.fuzzing.mutating import change_words
from kordon.measure.fuzzing.parser import ACCEPTED, ON, Parser, Wrong, seeds_of
from kordon.measure.fuzzing.shaping import change_image, change_json, change_seal

PASSPORT = (
    "P<XXXERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36XXX4009078F3204153ZE184226B<<<<<18",
)
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
IMAGE_S = 0.8
"""An image within bounds may have 36 million pixels, which are decoded in no 50 ms."""
PAGE_S = 5.0
"""A bound against hanging: a zone is looked for all over a page, every way it may lie, which is no
parsing of octets. What pages take is measured by ``kordon bench pages``."""


@cache
def _trust() -> s.SealTrust:
    signers = [c.read_certificate(path.read_bytes()) for path in seeds_of("trust")]
    return s.SealTrust(trust(), signers=[each for each in signers if not each.is_authority])


@cache
def _zones() -> tuple[t.Reading, t.Reading]:
    return t.read_mrz(VISA, on=ON), t.read_mrz(PASSPORT, on=ON)


@cache
def _signed() -> frozenset[bytes]:
    """What the signers of the seeds did sign."""
    made = (path.read_bytes() for folder in ("vds", "vds-nc") for path in seeds_of(folder))
    return frozenset(s.read_seal(octets).signed for octets in made)


def _judged(octets: bytes) -> str:
    """Raises ``Wrong`` if a seal is valid that says something else than was signed."""
    said = s.verify_seal(octets, _trust(), on=ON)
    json.dumps(s.verdict_to_json(said))
    if said.outcome is s.Outcome.VALID:
        if said.seal is None or said.seal.signed not in _signed():
            raise Wrong("valid, and not what was signed")
        return "valid"
    at_signature = {each.result for each in said.findings if each.step is s.Step.SIGNATURE}
    return "signature checked" if at_signature & _CHECKED else "read"


_CHECKED = {c.Result.PASSED, c.Result.FAILED}


def _seal(read: Callable[[bytes], s.Seal | s.JSONSeal]) -> Callable[[bytes], str]:
    def tries(octets: bytes) -> str:
        found = read(octets)
        json.dumps(s.seal_to_json(found))
        visa, passport = _zones()
        s.compare_seal(found, document=visa, passport=passport)
        return _judged(octets)

    return tries


def _image(octets: bytes) -> str:
    read_image(octets)
    return ACCEPTED


def _key(octets: bytes) -> str:
    s.read_key(octets)
    return ACCEPTED


def _opened(octets: bytes) -> str:
    picture = open_picture(octets)
    return "shrunk" if picture.shrunk > 1 else ACCEPTED


def _page(octets: bytes) -> str:
    said = p.read_page(octets, on=ON)
    json.dumps(p.to_json(said))
    return str(said.outcome).lower()


_PEM = (b"-----BEGIN PRIVATE KEY-----", b"ENCRYPTED", b"EC ", b"-----END", b"\n", b"=", b"A")

PARSERS = (
    Parser(
        name="vds",
        tries=_seal(s.read_vds),
        refuses=(s.SealError,),
        change=change_seal,
        covers=(s.read_vds, s.verify_seal, s.compare_seal, s.seal_to_json, s.verdict_to_json),
        vectors=("vds/*.hex",),
    ),
    Parser(
        name="vds-nc",
        tries=_seal(s.read_vds_nc),
        refuses=(s.SealError,),
        change=change_json,
        covers=(s.read_vds_nc, s.verify_seal, s.compare_seal),
        vectors=("vds-nc/*.json",),
    ),
    Parser(
        name="seal",
        tries=_seal(s.read_seal),
        refuses=(s.SealError,),
        covers=(s.read_seal,),
    ),
    Parser(
        name="seal-image",
        tries=_image,
        refuses=(s.SealError,),
        change=change_image,
        covers=(read_image, find_codes),
        slow_s=IMAGE_S,
    ),
    Parser(
        name="seal-key",
        tries=_key,
        refuses=(s.SealError,),
        change=change_words(_PEM),
        covers=(s.read_key,),
    ),
    Parser(
        name="page-image",
        tries=_opened,
        refuses=(p.PageError,),
        change=change_image,
        slow_s=IMAGE_S,
        seeds="page",
    ),
    Parser(
        name="page",
        tries=_page,
        refuses=(p.PageError,),
        change=change_image,
        covers=(p.read_page, p.to_json),
        slow_s=PAGE_S,
    ),
)
