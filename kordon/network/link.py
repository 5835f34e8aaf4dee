"""How a post reaches HQ, whatever lies between: the seam every transport keeps.

Payloads are opaque bytes. Exactly-once is made at the two ends by the journal; a transport may
lose, repeat and delay, and must only say so in time (``LinkDown``).
"""

from typing import Protocol

LARGEST_MESSAGE = 1024 * 1024  # what a transport carries at once, its own words included
LARGEST_BATCH = 1_000_000  # of that, an encoded batch, status or answer
LARGEST_PIECE = 64 * 1024  # of a kept file: eight seconds of a line of 64 kbit/s
SUCCESSION = "succession"  # what headquarters signs with now: pulled like a channel, from 0
ANSWER_S = 30.0  # after this without an answer the link counts as down


class LinkDown(Exception):
    """Not reached, or no answer in time; says why. Anything else a transport raises is a bug."""


class Link(Protocol):
    """What a post holds. Every call may raise ``LinkDown``."""

    async def push(self, batch: bytes) -> bytes:
        """A batch up → HQ's answer, made after its commit. Several may be under way, in order."""
        ...

    async def pull(self, channel: str, after: int) -> bytes:
        """The next batch of a channel of HQ after this number; ``b""`` if there is none."""
        ...

    async def fetch(self, name: str, offset: int) -> bytes:
        """A piece of a file HQ keeps; ``b""`` at its end."""
        ...

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        """A piece of a file of ours → the offset HQ has reached."""
        ...

    async def report(self, status: bytes) -> bytes:
        """How we are → what HQ wants us to know."""
        ...

    async def news(self, timeout: float) -> bool:
        """Wait until HQ says that something new lies there; False if the time (s) is over."""
        ...

    async def close(self) -> None: ...


class Desk(Protocol):
    """What HQ answers with. Synchronous, called in a thread; raises nothing but bugs.

    ``node`` is whom the transport has authenticated, never what the payload claims.
    """

    def take(self, node: str, batch: bytes) -> bytes: ...

    def give(self, node: str, channel: str, after: int) -> bytes: ...

    def piece(self, node: str, name: str, offset: int) -> bytes: ...

    def keep(self, node: str, name: str, offset: int, piece: bytes, last: bool) -> int: ...

    def hear(self, node: str, status: bytes) -> bytes: ...
