"""Batches of entries as they travel: JSON, compressed, bounded, and read with suspicion.

A batch is a run of one chain, with the signed head it ends on and the signed head it follows.
Bodies travel as the exact text that was hashed; seals are not sent, the receiver makes them.
"""

import json
import zlib
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

import orjson

from kordon.journal import sealing
from kordon.journal.fact import LARGEST_BODY as MAX_BODY

VERSION = 1
MAX_SENT = 900 * 1024
"""Bytes of a batch on the wire; a broker's message holds one."""
MAX_UNPACKED = 8 * 1024 * 1024
MAX_ENTRIES = 1000
NAME, SHORT, WORD, REF = 120, 32, 80, 96
MAX_INCARNATION = 2**31
_DIGITS = set("0123456789abcdef")
_BATCH = {"v", "node", "incarnation", "channel", "first", "lines", "head", "before"}
_HEAD = {"node", "incarnation", "channel", "number", "seal", "at"}


class BadBatch(ValueError):
    """What arrived is no batch of ours; ``code`` says how."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


class Line(NamedTuple):
    """One entry of a batch; what all have in common stands in the batch.

    ``salt`` (hex) and ``text`` are None where the body was erased.
    """

    kind: str
    at: str
    by: str
    by_name: str
    agency: str
    post: str
    booth: str
    cause: str
    body_hash: str
    salt: str | None
    text: str | None


@dataclass(frozen=True, kw_only=True)
class SignedHead:
    """A head and its signature (Ed25519, hex) by the node that sends it."""

    head: sealing.Head
    signature: str


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Entries ``first``, ``first + 1``, … of one chain.

    ``head`` is the last of them; ``before`` the one they follow, None for the first entry.
    """

    node: str
    incarnation: int
    channel: str
    first: int
    lines: tuple[Line, ...]
    head: SignedHead
    before: SignedHead | None


def encode(batch: Batch) -> bytes:
    """The batch in bytes. Raises ``BadBatch`` if it is larger than anybody accepts."""
    said = {
        "v": VERSION,
        "node": batch.node,
        "incarnation": batch.incarnation,
        "channel": batch.channel,
        "first": batch.first,
        "lines": batch.lines,
        "head": _plain(batch.head),
        "before": batch.before and _plain(batch.before),
    }
    packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    if len(packed) > MAX_SENT:
        raise BadBatch("too_large")
    return packed


def decode(packed: bytes) -> Batch:
    """The batch again. Raises ``BadBatch``, and nothing else, for whatever is none."""
    said = read_json(unpack(packed))
    if not isinstance(said, dict) or set(said) != _BATCH or _whole(said, "v") != VERSION:
        _bad("version")
    lines = said.get("lines")
    if not isinstance(lines, list) or not 0 < len(lines) <= MAX_ENTRIES:
        _bad("lines")
    head = _head(said.get("head"))
    before = said.get("before")
    batch = Batch(
        node=_text(said, "node", SHORT),
        incarnation=_whole(said, "incarnation", MAX_INCARNATION),
        channel=_text(said, "channel", 48),
        first=_whole(said, "first"),
        lines=tuple(_line(line) for line in lines),
        head=head,
        before=None if before is None else _head(before),
    )
    _check_ends(batch)
    return batch


def unpack(packed: bytes, limit: int = MAX_UNPACKED) -> bytes:
    """Decompress, never beyond ``limit`` bytes. Raises ``BadBatch``."""
    if len(packed) > MAX_SENT:
        _bad("too_large")
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(packed, limit + 1)
    except zlib.error:
        _bad("not_compressed")
    if len(text) > limit:
        _bad("too_large")
    if not stream.eof or stream.unused_data:
        _bad("not_whole")
    return text


def read_json(text: bytes) -> Any:
    """JSON from somewhere else. Raises ``BadBatch`` also for depth and for numbers without end."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadBatch("not_json") from error


def _check_ends(batch: Batch) -> None:
    last = batch.first + len(batch.lines) - 1
    ours = (batch.node, batch.incarnation, batch.channel)
    head = batch.head.head
    if (head.node, head.incarnation, head.channel) != ours or head.number != last:
        _bad("head")
    if head.at != batch.lines[-1].at:
        _bad("head")
    if (batch.before is None) != (batch.first == 1):
        _bad("before")
    if batch.before is not None:
        before = batch.before.head
        if (before.node, before.channel, before.number) != (ours[0], ours[2], batch.first - 1):
            _bad("before")


def _plain(signed: SignedHead) -> dict[str, Any]:
    return {**vars(signed.head), "signature": signed.signature}


def _head(said: Any) -> SignedHead:
    if not isinstance(said, dict) or set(said) != _HEAD | {"signature"}:
        _bad("head")
    head = sealing.Head(
        node=_text(said, "node", SHORT),
        incarnation=_whole(said, "incarnation", MAX_INCARNATION),
        channel=_text(said, "channel", 48),
        number=_whole(said, "number"),
        seal=_text(said, "seal", 64),
        at=_text(said, "at", 40),
    )
    return SignedHead(head=head, signature=read_hex(said.get("signature"), 64))


def _line(said: Any) -> Line:
    if not isinstance(said, list) or len(said) != len(Line._fields):
        _bad("line")
    *header, body_hash, salt, text = said
    limits = (WORD, 40, 36, NAME, SHORT, SHORT, SHORT, REF)
    for value, limit in zip((*header, body_hash), (*limits, 64), strict=True):
        if not isinstance(value, str) or len(value) > limit:
            _bad("line")
    if not is_storable("".join((*header, body_hash))):
        _bad("line")
    if (salt is None) != (text is None):
        _bad("line")
    if text is not None:
        read_hex(salt, sealing.SALT_BYTES)
        if not isinstance(text, str) or len(text) > MAX_BODY:
            _bad("line")
    return Line(*said)


def _text(said: dict[str, Any], name: str, limit: int) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value or len(value) > limit:
        _bad(name)
    if not is_storable(value):
        _bad(name)
    return str(value)


def _whole(said: dict[str, Any], name: str, limit: int = 2**53) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < limit:
        _bad(name)
    return value


def read_hex(value: Any, size: int) -> str:
    """So many bytes in hex, as one writes them: there is one way to say a thing."""
    if not isinstance(value, str) or len(value) != 2 * size or not set(value) <= _DIGITS:
        _bad("hex")
    return value


def is_storable(text: str) -> bool:
    """Whether every database takes this text, which came out of ``read_json``: it has no NUL.

    Half of a surrogate pair, which none takes either, is not read as JSON.
    """
    return "\x00" not in text


def _bad(what: str) -> NoReturn:
    raise BadBatch("too_large" if what == "too_large" else "malformed", what)
