"""The steps of a post's exchange with headquarters, one transaction or one read each.

No network here, and no waiting: ``syncing`` says when each is done.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kordon.journal import files, identity, succession
from kordon.journal.actor import Actor
from kordon.journal.channels import UP, read_by
from kordon.journal.facts import NodeIntroduced
from kordon.journal.receipts import Diverged, acknowledged, hear_receipt
from kordon.journal.receiving import Rejected, receive
from kordon.journal.sending import last_number, read_back, read_batch
from kordon.journal.signing import sign_heads_again
from kordon.journal.wire import BadBatch, decode, encode
from kordon.journal.writing import record, writing
from kordon.network import scratch
from kordon.network.answers import Refused, read_answer, read_object, whole
from kordon.network.reporting import tell

LARGEST_FILE = 2 * 1024**3
BAD_SIGNATURE = "bad_signature"
"""Why the exchange stops where headquarters signs with a key that was not heard of here."""


class NotEnrolled(Exception):
    """This node was enrolled at no headquarters."""


class Stopped(Exception):
    """It cannot go on until somebody does something: ``code`` says what is wrong."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A batch ready to go: entries up to ``last``."""

    last: int
    sent: bytes


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What headquarters said to a batch: how far it holds our chain, which files it lacks."""

    held: int
    taken: bool
    names: tuple[str, ...] = ()


def headquarters() -> str:
    """The name of our headquarters. Raises ``NotEnrolled``."""
    pinned = identity.pinned()
    if pinned is None:
        raise NotEnrolled("kordon post enrol makes this node a post of its headquarters.")
    return pinned.node


def begin() -> int:
    """Up to which entry headquarters has said that it has everything."""
    return acknowledged(UP)


def pack(after: int, limit: int = 500) -> Packed | None:
    """The entries after number ``after`` of our chain, ready to go."""
    batch = read_batch(channel=UP, after=after, limit=limit)
    return Packed(last=batch.head.head.number, sent=encode(batch)) if batch else None


def hear_answer(text: bytes) -> Answered:
    """What a batch was answered. Raises ``Stopped``."""
    try:
        answer = read_answer(text)
        if not isinstance(answer, Refused):
            return Answered(held=hear_receipt(answer), taken=True)
    except BadBatch as error:
        code = error.code if error.code == BAD_SIGNATURE else "bad_answer"
        raise Stopped(code, str(error)) from error
    except Diverged as error:
        raise Stopped("diverged", str(error)) from error
    if answer.code in {"gap", "files_missing"}:
        return Answered(held=answer.held, taken=False, names=answer.names)
    raise Stopped(answer.code, answer.text)


def is_awaiting() -> bool:
    """Whether this node was restored and first takes back what headquarters holds of it."""
    return identity.is_awaiting()


def own_cursor() -> int:
    return last_number(channel=UP)


def take_back(packed: bytes) -> tuple[str, ...]:
    """Apply our own lost entries, as we signed them. Returns the files that must come first.

    Raises ``Stopped``.
    """
    try:
        receive(decode(packed), restoring=True)
    except Rejected as why:
        if why.code == "files_missing":
            return why.names
        raise Stopped(why.code, str(why)) from why
    except BadBatch as why:
        raise Stopped(why.code, str(why)) from why
    return ()


def rejoin() -> None:
    """All of ours is here again: begin to record, and say that this is another life."""
    me = identity.mine()
    identity.stop_awaiting(Path(settings.KORDON_HOME))
    with writing():
        sign_heads_again()
        record(
            NodeIntroduced(node=me.node, incarnation=me.incarnation, public_key=me.public_key),
            by=Actor(id=UUID(int=0), name="system"),
        )


def channels() -> tuple[str, ...]:
    return read_by(identity.mine().node)


def cursor(channel: str) -> int:
    """How far we have a channel of headquarters."""
    return last_number(channel=channel, node=headquarters())


def take(packed: bytes) -> tuple[str, ...]:
    """Apply what headquarters sent. Returns the files that must come first, else nothing.

    Raises ``Stopped``.
    """
    try:
        receive(decode(packed))
    except Rejected as why:
        if why.code == "files_missing":
            return why.names
        if why.code == "gap":
            return ()  # overtaken by another copy: the next pull begins where we are
        raise Stopped(why.code, str(why)) from why
    except BadBatch as why:
        raise Stopped(why.code, str(why)) from why
    return ()


def learn(said: bytes) -> bool:
    """Believe the key with which headquarters signs now, if ours leads to it; whether it did."""
    return succession.learn(said)


def awaited(name: str) -> int:
    return files.awaited(name)


def keep_piece(name: str, offset: int, piece: bytes, last: bool) -> int:
    return files.add_piece(name, offset, piece, last=last, limit=LARGEST_FILE)


def is_kept(name: str) -> bool:
    return files.is_kept(name)


def piece_of(name: str, offset: int, size: int) -> bytes:
    """A piece of a file of ours. Raises ``Stopped`` if we have lost it."""
    try:
        return files.read_piece(name, offset, size)
    except files.FileMissing as error:
        raise Stopped("file_lost", f"a fact names the file {name[:16]}…, which is gone") from error


def status() -> bytes:
    return tell()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How far headquarters holds our chain, and which of its own entries it lost and we have."""

    held: int
    lost: dict[str, int]


def hear_report(text: bytes) -> Heard:
    """What headquarters said to our report. Raises ``Stopped``."""
    now = timezone.now()
    try:
        said = read_object(text)
        if "refused" in said:
            raise Stopped(str(said["refused"])[:40], "headquarters does not believe this node")
        offset = now - datetime.fromisoformat(str(said.get("at")))
        heads, held = said.get("heads"), whole(said.get("held"))
        theirs = {c: whole(heads.get(c)) for c in channels()} if isinstance(heads, dict) else {}
    except (BadBatch, ValueError, TypeError) as error:
        raise Stopped("bad_answer", str(error)) from error
    known: dict[str, Any] = {"clock_offset_ms": int(offset.total_seconds() * 1000)}
    if theirs and all(cursor(channel) >= number for channel, number in theirs.items()):
        known["current_at"] = now
    scratch.note_link(at=now, up=True, contact_at=now, **known)
    lost = {channel: number for channel, number in theirs.items() if number < cursor(channel)}
    return Heard(held=held, lost=lost)


def pack_back(channel: str, after: int) -> bytes:
    """What headquarters itself signed after ``after`` and has lost; empty if that is all."""
    batch = read_back(node=headquarters(), channel=channel, after=after)
    return encode(batch) if batch else b""


def hear_back(text: bytes) -> int:
    """Up to where headquarters has its own entries again. Raises ``Stopped``."""
    try:
        answer = read_answer(text)
    except BadBatch as error:
        raise Stopped("bad_answer", str(error)) from error
    if isinstance(answer, Refused):
        raise Stopped(answer.code, answer.text)
    return answer.number


def note_down() -> None:
    scratch.note_link(at=timezone.now(), up=False)


def note_stopped(code: str, text: str) -> None:
    scratch.note_link(at=timezone.now(), stopped=code, stopped_text=text[:300])


def forget_stopped() -> None:
    row = scratch.link_state()
    if row is not None and row.stopped:
        scratch.note_link(at=timezone.now(), stopped="", stopped_text="")
