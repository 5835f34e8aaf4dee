"""What the deeds of ``kordon mrz`` share: lines from standard input, JSON lines to the output."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from kordon.lib.traveldocs import MRZError, UnmappedLetter

LONGEST_LINE = 10_000


def read_lines() -> Iterator[tuple[int, str]]:
    """Lines that hold something, never more of one than an MRZ could need."""
    stream = sys.stdin.buffer
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if text := line.decode("utf-8", "replace").strip("\r\n\ufeff"):
            yield number, text


def answer(said: dict[str, Any]) -> None:
    text = json.dumps(said, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, or a terminal without these letters
        text = json.dumps(said)
    sys.stdout.write(text + "\n")


def told(error: MRZError) -> dict[str, Any]:
    """An error for machines; a letter without a row with its place."""
    said: dict[str, Any] = {"code": error.code, "text": error.text}
    if isinstance(error, UnmappedLetter):
        said |= {"letter": error.letter, "place": error.place}
    return said
