"""What our messages look like on the broker: one line of JSON that says what it is, then bytes.

NATS headers are not used for it: the line is bounded, and is the same in requests and answers.
"""

import json
from typing import Any

LONGEST_HEAD = 512


class BadMessage(ValueError):
    """Not one of our messages."""


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    line = json.dumps(head, separators=(",", ":")).encode()
    if len(line) > LONGEST_HEAD:
        raise ValueError(f"the first line of a message has {len(line)} bytes")
    return line + b"\n" + body


def unpack(message: bytes) -> tuple[dict[str, Any], bytes]:
    """Raises ``BadMessage``."""
    end = message.find(b"\n", 0, LONGEST_HEAD + 1)
    if end < 0:
        raise BadMessage("no first line")
    try:
        head = json.loads(message[:end])
    except (ValueError, RecursionError) as error:
        raise BadMessage("the first line is not JSON") from error
    if not isinstance(head, dict):
        raise BadMessage("the first line is not an object")
    return head, message[end + 1 :]


def text(head: dict[str, Any], name: str, longest: int = 128) -> str:
    """Raises ``BadMessage``."""
    value = head.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise BadMessage(f"no {name}")
    return value


def number(head: dict[str, Any], name: str) -> int:
    """A whole number from 0 to what a database holds. Raises ``BadMessage``."""
    value = head.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise BadMessage(f"no {name}")
    return value
