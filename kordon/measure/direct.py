"""A link without a line: a post and headquarters of ``Nodes``, exchanging by calls in one process.

    await exchange(post, hq, until=lambda: Alert.objects.exists())

Everything both do happens in one thread, one step after the other: a node is whoever is ``here``.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from kordon.measure.nodes import Node
from kordon.network.desk import Headquarters
from kordon.network.ending import end
from kordon.network.link import Desk, LinkDown
from kordon.network.syncing import Syncing

T = TypeVar("T")

PATIENCE_S = 120.0
LOOK_S = 0.005


class DirectLink:
    """A ``Link`` whose other end is a desk in this process. ``cut``: nothing is reached."""

    def __init__(self, hq: Node, post: str, desk: Desk | None = None) -> None:
        self.hq, self.post, self.desk = hq, post, desk or Headquarters()
        self.cut = False

    async def push(self, batch: bytes) -> bytes:
        return await self.ask(self.desk.take, batch)

    async def pull(self, channel: str, after: int) -> bytes:
        return await self.ask(self.desk.give, channel, after)

    async def fetch(self, name: str, offset: int) -> bytes:
        return await self.ask(self.desk.piece, name, offset)

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        return await self.ask(self.desk.keep, name, offset, piece, last)

    async def report(self, status: bytes) -> bytes:
        return await self.ask(self.desk.hear, status)

    async def news(self, timeout: float) -> bool:
        await asyncio.sleep(LOOK_S)
        return not self.cut

    async def close(self) -> None:
        self.cut = True

    async def ask(self, call: Callable[..., T], *arguments: Any) -> T:
        """What every call goes through. Raises ``LinkDown``."""
        if self.cut:
            raise LinkDown("cut")
        answer: T = await at(self.hq)(call, self.post, *arguments)
        return answer


_thread = ThreadPoolExecutor(1, thread_name_prefix="nodes")


def at(node: Node) -> Callable[..., Awaitable[Any]]:
    """Do steps as this node."""

    def step(call: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        with node.here():
            return call(*arguments)

    async def do(call: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(_thread, step, call, arguments)

    return do


async def exchange(
    post: Node,
    hq: Node,
    *,
    until: Callable[[], bool],
    link: DirectLink | None = None,
    patience: float = PATIENCE_S,
) -> None:
    """Let a post exchange with headquarters until something holds at the post.

    Raises ``TimeoutError`` if it does not in time, and what the exchange raised if it broke.
    """
    do = at(post)
    syncing = Syncing(link or DirectLink(hq, post.name), do, look_s=LOOK_S)
    running = asyncio.ensure_future(syncing.run())
    try:
        async with asyncio.timeout(patience):
            while not running.done() and not await do(until):
                await asyncio.sleep(LOOK_S)
        if running.done():
            await running
    finally:
        await end(running)
        # A step cannot be broken off. While one goes on, this process is still that node.
        await do(_nothing)


def _nothing() -> None:
    """What is done once everything before it is."""
