"""What headquarters answers a post, in bytes: JSON, read with the suspicion due to a network."""

import json
from dataclasses import dataclass
from typing import Any

from kordon.journal.receipts import SignedReceipt, read_receipt
from kordon.journal.receiving import Rejected
from kordon.journal.wire import BadBatch, is_storable, read_json

LARGEST = 64 * 1024
MOST_NAMES = 500


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Headquarters did not take a batch: why, how far it holds the chain, which files it lacks."""

    code: str
    text: str
    held: int
    names: tuple[str, ...]


def say_taken(receipt: SignedReceipt) -> bytes:
    return json.dumps({"receipt": vars(receipt)}).encode()


def say_refused(why: Rejected | BadBatch) -> bytes:
    held, names = getattr(why, "held", 0), getattr(why, "names", ())
    said = {"code": why.code, "text": str(why)[:300], "held": held, "names": names[:MOST_NAMES]}
    return json.dumps({"refused": said}).encode()


def read_answer(text: bytes) -> SignedReceipt | Refused:
    """What a push was answered. Raises ``BadBatch``."""
    said = read_object(text)
    if "receipt" in said:
        return read_receipt(said["receipt"])
    why = said.get("refused")
    if not isinstance(why, dict):
        raise BadBatch("malformed", "answer")
    names = why.get("names")
    if not isinstance(names, list) or len(names) > MOST_NAMES:
        raise BadBatch("malformed", "answer")
    return Refused(
        code=str(why.get("code", ""))[:40],
        text=str(why.get("text", ""))[:300],
        held=whole(why.get("held")),
        names=tuple(str(name)[:64] for name in names),
    )


def read_object(text: bytes) -> dict[str, Any]:
    """A JSON object of bounded size. Raises ``BadBatch``."""
    said = read_json(text) if len(text) <= LARGEST else None
    if not isinstance(said, dict):
        raise BadBatch("malformed", "answer")
    return said


def is_told_plainly(value: Any, depth: int = 8) -> bool:
    """Whether every database keeps this JSON: neither deep, nor with text it cannot hold."""
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, dict):
        whole_of = (*value.keys(), *value.values())
    elif isinstance(value, list):
        whole_of = tuple(value)
    else:
        return True
    return depth > 0 and all(is_told_plainly(each, depth - 1) for each in whole_of)


def whole(value: Any) -> int:
    """A whole number from 0 on. Raises ``BadBatch``."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise BadBatch("malformed", "number")
    return value
