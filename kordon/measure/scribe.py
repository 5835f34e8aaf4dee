"""Writes batches as a node would that holds a key and keeps no rule: for proofs and tests."""

import json
import zlib
from dataclasses import dataclass, replace
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from kordon.journal import identity, sealing
from kordon.journal.channels import UP
from kordon.journal.fact import to_body
from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import ChainHead, Entry
from kordon.journal.reacting import SYSTEM
from kordon.journal.wire import Batch, Line, SignedHead
from kordon.measure.nodes import Node

ANYTHING = PersonalDataRead(query="measure.scribe", about=("document:UTO/1",), found=1)


@dataclass(kw_only=True)
class Scribe:
    """Continues one chain after the entry ``number``, sealed ``seal``."""

    node: str
    key: Ed25519PrivateKey
    channel: str = UP
    incarnation: int = 1
    number: int = 0
    seal: str = sealing.NO_SEAL
    at: str = ""

    @classmethod
    def of(cls, node: Node, channel: str = UP) -> Self:
        """Where the node's own chain ends now."""
        with node.here():
            me = identity.mine()
            scribe = cls(node=me.node, key=me.key, channel=channel, incarnation=me.incarnation)
            scribe.number = ChainHead.objects.get(node=me.node, channel=channel).number
            scribe.back_to(scribe.number)
        return scribe

    def back_to(self, number: int) -> Self:
        """Continue after an earlier entry of the chain held here. Be that node."""
        entry = Entry.objects.get(node=self.node, channel=self.channel, number=number)
        self.number, self.seal, self.at = number, entry.seal, entry.at.isoformat()
        return self

    def begin(self) -> Self:
        """Write the chain from its first entry."""
        self.number, self.seal, self.at = 0, sealing.NO_SEAL, ""
        return self

    def line(self, fact: Any = ANYTHING, *, text: str | None = None, **changes: Any) -> Line:
        """An entry that says ``fact``, or ``text`` if given; hashed as it must be."""
        salt = sealing.new_salt()
        text = to_body(fact).decode() if text is None else text
        made = Line(
            kind=fact.kind,
            at=timezone.now().isoformat(),
            by=str(SYSTEM),
            by_name="scribe",
            agency="BORDER",
            post=self.node,
            booth="",
            cause="",
            body_hash=sealing.body_hash(salt, text.encode()),
            salt=salt.hex(),
            text=text,
        )
        return made._replace(**changes)

    def batch(self, *lines: Line, **changes: Any) -> Batch:
        """Sealed and signed. ``changes`` are made to the batch after that."""
        first, seal = self.number + 1, self.seal
        for number, line in enumerate(lines, first):
            seal = sealing.seal(seal, self._header(number, line))
        before = self._sign(self.number, self.seal, self.at) if self.number else None
        made = Batch(
            node=self.node,
            incarnation=self.incarnation,
            channel=self.channel,
            first=first,
            lines=lines,
            head=self._sign(first + len(lines) - 1, seal, lines[-1].at),
            before=before,
        )
        return replace(made, **changes)

    def go_on(self, batch: Batch) -> None:
        """Continue after this batch."""
        head = batch.head.head
        self.number, self.seal, self.at = head.number, head.seal, head.at

    def sign(self, head: sealing.Head) -> SignedHead:
        return SignedHead(head=head, signature=sealing.sign(head, self.key))

    def _sign(self, number: int, seal: str, at: str) -> SignedHead:
        return self.sign(
            sealing.Head(
                node=self.node,
                incarnation=self.incarnation,
                channel=self.channel,
                number=number,
                seal=seal,
                at=at,
            )
        )

    def _header(self, number: int, line: Line) -> sealing.Header:
        said: dict[str, Any] = line._asdict()
        del said["salt"], said["text"]
        place = {"node": self.node, "incarnation": self.incarnation, "channel": self.channel}
        return sealing.Header(**{**said, **place, "number": number})


def opened(packed: bytes) -> dict[str, Any]:
    """What a batch in bytes says, to be changed."""
    said: dict[str, Any] = json.loads(zlib.decompress(packed))
    return said


def closed(said: Any) -> bytes:
    """Anything at all, as a batch in bytes. ``said``: JSON, or its text."""
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return zlib.compress(text, 1)
