"""The desk of headquarters: what any transport asks on behalf of a node it has recognised.

``node`` is who the transport authenticated, never what a payload claims.
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from kordon.journal import files, identity, succession
from kordon.journal.actor import Actor
from kordon.journal.channels import UP, read_by
from kordon.journal.facts import NodeQuarantined, NodeState
from kordon.journal.models import ChainHead
from kordon.journal.nodes import state_of
from kordon.journal.receipts import sign_receipt
from kordon.journal.receiving import Forked, Rejected, receive
from kordon.journal.sending import last_number, read_back, read_batch
from kordon.journal.wire import BadBatch, SignedHead, decode, encode
from kordon.journal.writing import record, writing
from kordon.network import scratch
from kordon.network.answers import is_told_plainly, read_object, say_refused, say_taken
from kordon.network.link import LARGEST_PIECE as PIECE
from kordon.network.link import SUCCESSION

LARGEST_FILE = 2 * 1024**3
MOST, BYTES = 200, 192 * 1024
"""Entries at once, and about so many bytes of what they say: five seconds of 64 kbit/s."""
SYSTEM = Actor(id=UUID(int=0), name="system")

log = structlog.get_logger("kordon.network")


class Headquarters:
    """Answers every node that is believed. Only bugs leave it as exceptions."""

    def take(self, node: str, batch: bytes) -> bytes:
        """A batch of the node's chain: a signed receipt after our commit, or what is wrong.

        Or of our own, as we signed it: a node gives back what we lost with a disk.
        """
        try:
            said = decode(batch)
            ours = said.node == identity.mine().node
            if said.node != node and not (ours and _is_believed(node)):
                raise Rejected("not_yours", f"{node} brings what {said.node} recorded")
            held = receive(said, restoring=ours)
        except Forked as fork:
            _quarantine(node, said.channel, fork)
            return self._refuse(node, fork)
        except (Rejected, BadBatch) as why:
            return self._refuse(node, why)
        scratch.note_taken(node)
        return say_taken(sign_receipt(held, at=timezone.now()))

    def give(self, node: str, channel: str, after: int) -> bytes:
        """The next batch of a channel the node may read, or of its own chain, which it lost.

        Or which of our keys follows which: whoever asks for that believes no word of ours now.
        """
        if channel == SUCCESSION:
            return succession.tell()
        if not _is_believed(node):
            return b""
        if channel == UP:
            batch = read_back(node=node, channel=UP, after=after)
            return encode(batch) if batch else b""
        if channel not in read_by(node):
            return b""
        me = identity.mine()
        head = ChainHead.objects.filter(node=me.node, channel=channel).first()
        if head is None or head.number <= after:
            return b""
        return _ours(me.public_key, channel, after, head.seal)

    def piece(self, node: str, name: str, offset: int) -> bytes:
        """A piece of a kept file. Its name is its hash: only who was told it can ask for it."""
        try:
            return files.read_piece(name, offset, PIECE) if _is_believed(node) else b""
        except files.FileMissing:
            return b""

    def keep(self, node: str, name: str, offset: int, piece: bytes, last: bool) -> int:
        """A piece of a file that facts of the node name. Returns how much of it is here."""
        if not _is_believed(node) or not files.is_name(name) or len(piece) > PIECE:
            return 0
        return files.add_piece(name, offset, piece, last=last, limit=LARGEST_FILE)

    def hear(self, node: str, status: bytes) -> bytes:
        """How the node is; it is told how far we are, and our clock."""
        now = timezone.now()
        state = state_of(node)
        if state not in {NodeState.ENROLLED, NodeState.QUARANTINED}:
            return json.dumps({"refused": state or "unknown_node"}).encode()
        try:
            told = read_object(status)
            if not is_told_plainly(told):
                raise BadBatch("malformed", "status")
            offset = datetime.fromisoformat(str(told.get("at"))) - now
        except (BadBatch, ValueError, TypeError):
            return json.dumps({"refused": "malformed"}).encode()
        milliseconds = max(-(2**31), min(2**31 - 1, int(offset.total_seconds() * 1000)))
        scratch.note_told(node, told, at=now, clock_offset_ms=milliseconds)
        heads = {channel: last_number(channel=channel) for channel in read_by(node)}
        held = last_number(node=node, channel=UP)
        said: dict[str, Any] = {"at": now.isoformat(), "state": state, "heads": heads, "held": held}
        return json.dumps(said).encode()

    def news(self) -> dict[str, int]:
        """How far each channel of ours is: who looks again and again sees what to announce."""
        ours = ChainHead.objects.filter(node=identity.mine().node)
        return dict(ours.values_list("channel", "number"))

    def _refuse(self, node: str, why: Rejected | BadBatch) -> bytes:
        if why.code not in {"gap", "files_missing"}:  # those are how it goes on, not faults
            log.warning("batch_refused", node=node, code=why.code)
            scratch.note_refused(node, why.code, str(why), at=timezone.now())
        return say_refused(why)


def _is_believed(node: str) -> bool:
    return state_of(node) == NodeState.ENROLLED


def _quarantine(node: str, channel: str, fork: Forked) -> None:
    with writing():
        if not _is_believed(node):
            return
        record(
            NodeQuarantined(
                node=node,
                channel=channel,
                number=fork.number,
                ours=_proof(fork.ours),
                theirs=_proof(fork.theirs),
            ),
            by=SYSTEM,
        )


def _proof(signed: SignedHead) -> str:
    return json.dumps({**vars(signed.head), "signature": signed.signature}, sort_keys=True)


@lru_cache(maxsize=64)
def _ours(key: str, channel: str, after: int, seal: str) -> bytes:
    """An alert wakes every post at once, and all ask for the same.

    ``key`` signs it and ``seal`` is the newest: after a rotation or a restore it is made anew.
    """
    batch = read_batch(channel=channel, after=after, limit=MOST, size=BYTES)
    return encode(batch) if batch else b""
