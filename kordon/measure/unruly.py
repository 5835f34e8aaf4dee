"""A link that loses, doubles and overtakes, around a real one."""

import asyncio
import random

from kordon.network.link import Link, LinkDown

LOST_AFTER_S = 1.0  # so long nobody answers what was lost
OVERTAKING_S = 0.05


class UnrulyLink:
    """A ``Link`` on which ``lose`` and ``double`` (parts of one) of the batches suffer that.

    Of those lost, every second one arrives and its answer is lost. All others are held for a
    moment, each for another, so that those on their way together overtake each other.
    """

    def __init__(self, link: Link, *, lose: float, double: float, seed: int | None = None) -> None:
        self._link, self._lose, self._double = link, lose, double
        self._chance = random.Random(seed)  # noqa: S311  # nosec B311
        self.lost = self.doubled = self.pushed = 0
        self._copies: set[asyncio.Task[bytes]] = set()

    async def push(self, batch: bytes) -> bytes:
        self.pushed += 1
        fate, arrives = self._chance.random(), self._chance.random() < 0.5
        await asyncio.sleep(self._chance.random() * OVERTAKING_S)
        if fate < self._lose:
            self.lost += 1
            if arrives:
                self._send_copy(batch)
            await asyncio.sleep(LOST_AFTER_S)
            raise LinkDown("lost")
        if fate < self._lose + self._double:
            self.doubled += 1
            self._send_copy(batch)
        return await self._link.push(batch)

    def _send_copy(self, batch: bytes) -> None:
        copy = asyncio.ensure_future(self._link.push(batch))
        self._copies.add(copy)
        copy.add_done_callback(self._forget)

    def _forget(self, copy: "asyncio.Task[bytes]") -> None:
        self._copies.discard(copy)
        if not copy.cancelled():
            copy.exception()  # nobody waits for it

    async def pull(self, channel: str, after: int) -> bytes:
        return await self._link.pull(channel, after)

    async def fetch(self, name: str, offset: int) -> bytes:
        return await self._link.fetch(name, offset)

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        return await self._link.offer(name, offset, piece, last)

    async def report(self, status: bytes) -> bytes:
        return await self._link.report(status)

    async def news(self, timeout: float) -> bool:
        return await self._link.news(timeout)

    async def close(self) -> None:
        await self._link.close()
