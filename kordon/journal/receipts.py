"""Receipts: what headquarters signs once it holds our entries, after its own commit.

Nothing else lets a post forget: no broker's acknowledgement, no answer of a server.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db.models import CharField, PositiveBigIntegerField, QuerySet

from kordon.journal import canonical, identity
from kordon.journal.compiled import compiled
from kordon.journal.inserting import put_row
from kordon.journal.models import Entry, Receipt
from kordon.journal.nodes import keys_of
from kordon.journal.receiving import Held
from kordon.journal.wire import BadBatch, read_hex
from kordon.journal.writing import writing

_FIELDS = {"by", "node", "incarnation", "channel", "number", "seal", "at", "signature"}


class Diverged(Exception):
    """Headquarters signed that it holds another entry under a number of ours.

    Either somebody rewrote this journal, or it was restored without asking headquarters.
    """

    def __init__(self, channel: str, number: int) -> None:
        super().__init__(f"headquarters holds another entry as {channel} {number}")
        self.channel, self.number = channel, number


@dataclass(frozen=True, kw_only=True)
class SignedReceipt:
    """``by`` holds the chain up to ``number``, sealed ``seal``. Ed25519, hex."""

    by: str
    node: str
    incarnation: int
    channel: str
    number: int
    seal: str
    at: str
    signature: str

    def message(self) -> bytes:
        said = {name: value for name, value in vars(self).items() if name != "signature"}
        return canonical.dumps({"what": "kordon-receipt-v1", "algorithm": "ed25519", **said})


def sign_receipt(held: Held, *, at: datetime) -> SignedReceipt:
    """Say that we hold a chain so far. Call it after the commit."""
    me = identity.mine()
    unsigned = SignedReceipt(by=me.node, at=at.isoformat(), signature="", **vars(held))
    signature = me.key.sign(unsigned.message()).hex()
    return SignedReceipt(**{**vars(unsigned), "signature": signature})


def read_receipt(said: Any) -> SignedReceipt:
    """From JSON. Raises ``BadBatch``."""
    if not isinstance(said, dict) or set(said) != _FIELDS:
        raise BadBatch("malformed", "receipt")
    for name, value in said.items():
        wanted: type = int if name in {"incarnation", "number"} else str
        if type(value) is not wanted or len(str(value)) > 128:
            raise BadBatch("malformed", f"receipt: {name}")
    read_hex(said["signature"], 64)
    return SignedReceipt(**said)


def hear_receipt(receipt: SignedReceipt) -> int:
    """Note how far headquarters holds our chain. Returns the number.

    Raises ``BadBatch`` if it is not about us or not signed by headquarters, ``Diverged`` if it
    is and names another entry than ours.
    """
    me, hq = identity.mine(), identity.pinned()
    if hq is None or receipt.by != hq.node or receipt.node != me.node:
        raise BadBatch("not_ours", "the receipt is not for us")
    _check_signed(receipt)
    if receipt.number == 0:
        return 0
    ours = _seals(node=me.node, channel=receipt.channel, number=receipt.number)
    if ours != [(receipt.seal,)]:
        raise Diverged(receipt.channel, receipt.number)
    with writing():
        if acknowledged(receipt.channel) < receipt.number:
            newer = Receipt(
                channel=receipt.channel,
                number=receipt.number,
                seal=receipt.seal,
                by=receipt.by,
                at=datetime.fromisoformat(receipt.at),
                signature=receipt.signature,
            )
            put_row(newer, by=("channel",))
    return receipt.number


def acknowledged(channel: str) -> int:
    """Up to which of our numbers headquarters has everything."""
    held = _held(channel=channel)
    return held[0][0] if held else 0


@compiled(channel=CharField())
def _held(channel: Any) -> QuerySet[Receipt, tuple[int]]:
    return Receipt.objects.filter(channel=channel).order_by().values_list("number")


@compiled(node=CharField(), channel=CharField(), number=PositiveBigIntegerField())
def _seals(node: Any, channel: Any, number: Any) -> QuerySet[Entry, tuple[str]]:
    rows = Entry.objects.filter(node=node, channel=channel, number=number).order_by()
    return rows.values_list("seal")


def _check_signed(receipt: SignedReceipt) -> None:
    for key in keys_of(receipt.by):
        try:
            signature = bytes.fromhex(receipt.signature)
            identity.public_key(key).verify(signature, receipt.message())
            return
        except (InvalidSignature, ValueError):
            continue
    raise BadBatch("bad_signature", "the receipt is not signed by headquarters")
