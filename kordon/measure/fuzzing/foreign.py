"""Parsers of foreign octets elsewhere in Kordon: readers, lists, other nodes.

Needs the framework to be set up, but no tables.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from pydantic import ValidationError

from kordon.border.barcodes import read_typed
from kordon.border.reader_api import ReadingIn, document_of
from kordon.border.rules.refusals import BadReading, NotSeal
from kordon.journal import canonical, succession, wire
from kordon.journal.refusal import Refusal
from kordon.lib.screening import WEIGHTS
from kordon.lib.traveldocs.chip import ChipError, chip_files
from kordon.measure.fuzzing.mutating import Mutator, archived, change_octets, packed
from kordon.measure.fuzzing.parser import ACCEPTED, REFUSED, Parser, text_of
from kordon.measure.fuzzing.shaping import change_json, change_tlv
from kordon.measure.fuzzing.texts import change_table, change_xml, words
from kordon.network import answers
from kordon.network.broker import envelope
from kordon.network.https import signing
from kordon.network.told import read_told
from kordon.trust import reading as uploads
from kordon.watchlist import sources
from kordon.watchlist.calibration import BadWeights, read_weights


def _reader(octets: bytes) -> str:
    """As the door of readers does it: JSON, its form, base64, names of files."""
    read = document_of(ReadingIn.model_validate(json.loads(octets)))
    chip_files(read.files)
    return ACCEPTED


def _typed_seal(octets: bytes) -> str:
    read_typed(text_of(octets))
    return ACCEPTED


def _uploaded(read: Callable[[bytes], object]) -> Callable[[bytes], str]:
    def tries(octets: bytes) -> str:
        read(octets)
        return ACCEPTED

    return tries


_NOW = datetime(2024, 6, 1, tzinfo=UTC)
_UPLOADS: dict[str, Callable[[bytes], object]] = {
    "list": lambda octets: uploads.read_list(octets, before=None, now=_NOW),
    "authorities": uploads.read_certificates,
    "signers": lambda octets: uploads.read_seal_signers(octets, alone=True),
    "revocations": uploads.read_revocations,
}


def _listed(format: str) -> Callable[[bytes], str]:
    def tries(octets: bytes) -> str:
        try:
            parsed = sources.read(format, octets)
        except sources.SourceError as error:
            if error.code == "unreadable" and error.__cause__ is not None:
                raise error.__cause__ from None  # caught, and yet foreseen by nobody
            raise
        lines = sources.to_lines(parsed.records)
        if list(sources.from_lines(lines)) != sorted(parsed.records, key=lambda it: it.source_ref):
            raise AssertionError("records read again are others")
        return ACCEPTED if parsed.records else REFUSED

    return tries


def _header(octets: bytes) -> str:
    sources.read_header(octets, sources.Options())
    return ACCEPTED


def _batch(octets: bytes) -> str:
    wire.encode(wire.decode(octets))
    return ACCEPTED


def _answer(octets: bytes) -> str:
    answers.read_answer(octets)
    return ACCEPTED


def _report(octets: bytes) -> str:
    told = answers.read_object(octets)
    read_told(told)
    answers.is_told_plainly(told)
    return ACCEPTED


def _succession(octets: bytes) -> str:
    for each in succession.read(octets):
        succession.check(each)
    return ACCEPTED


def _canonical(octets: bytes) -> str:
    return ACCEPTED if canonical.is_canonical(octets) else REFUSED


def _message(octets: bytes) -> str:
    head, _ = envelope.unpack(octets)
    for name in list(head)[:8]:
        envelope.text(head, name)
    return ACCEPTED


_HEADERS = (signing.NODE, signing.TIME, signing.NONCE, signing.SIGNATURE)


def _request(octets: bytes) -> str:
    """Four lines are the headers, the rest is the body."""
    *told, body = (octets + b"\n\n\n\n").split(b"\n", 4)
    headers = dict(zip(_HEADERS, map(text_of, told), strict=True))
    request, signature = signing.read(headers, path="/nodes/v1/push", body=body)
    signing.is_signed(request.message(), signature, ["00" * 32, "zz"])
    return ACCEPTED


def _weights(octets: bytes) -> str:
    read_weights.__wrapped__(text_of(octets))
    return ACCEPTED


_LISTS: dict[str, Mutator] = {
    "un": archived(change_xml),
    "ofac": archived(change_table),
    "opensanctions": change_table,
    "ftm": change_json,
    "table": archived(change_table),
}

_OF_UPLOADS = {
    "list": "master-list",
    "authorities": "trust",
    "signers": "trust",
    "revocations": "crl",
}
"""Whose seeds they begin with."""

PARSERS = (
    Parser(
        name="reader",
        tries=_reader,
        refuses=(ValidationError, BadReading, ChipError, json.JSONDecodeError, UnicodeDecodeError),
        change=change_json,
    ),
    Parser(
        name="seal-typed",
        tries=_typed_seal,
        refuses=(NotSeal,),
        change=words(r"\xdc dc DC 03 { } : \n А ф = + / 0 ff \x00 \u2028 AAAA"),
    ),
    *(
        Parser(
            name=f"trust-{name}",
            tries=_uploaded(read),
            refuses=(Refusal,),
            change=change_tlv,
            seeds=_OF_UPLOADS[name],
        )
        for name, read in _UPLOADS.items()
    ),
    *(
        Parser(
            name=f"list-{format}",
            tries=_listed(format),
            refuses=(sources.SourceError,),
            change=change,
        )
        for format, change in _LISTS.items()
    ),
    Parser(
        name="list-header",
        tries=_header,
        refuses=(sources.SourceError,),
        change=archived(change_table),
        seeds="list-table",
    ),
    Parser(name="batch", tries=_batch, refuses=(wire.BadBatch,), change=packed(change_json)),
    Parser(name="answer", tries=_answer, refuses=(wire.BadBatch,), change=change_json),
    Parser(name="report", tries=_report, refuses=(wire.BadBatch,), change=change_json),
    Parser(
        name="succession",
        tries=_succession,
        refuses=(wire.BadBatch, succession.BadSuccession),
        change=change_json,
    ),
    Parser(name="canonical", tries=_canonical, change=change_json, seeds="answer"),
    Parser(name="message", tries=_message, refuses=(envelope.BadMessage,), change=change_octets),
    Parser(name="request", tries=_request, refuses=(signing.BadRequest,), change=change_octets),
    Parser(
        name="weights",
        tries=_weights,
        refuses=(BadWeights,),
        change=change_json,
        made=(json.dumps(vars(WEIGHTS)).encode(),),
    ),
)
