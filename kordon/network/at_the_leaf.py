"""A post at the broker: its link, and its leaf if that is a child of ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from django.conf import settings

from kordon.network.at_the_hub import mind
from kordon.network.broker import enrolling, watchdog, wiring
from kordon.network.broker.link import BrokerLink
from kordon.network.broker.server import Server
from kordon.network.broker.watchdog import LeafWatchdog
from kordon.network.broker.writing_conf import LEAF_FILE
from kordon.network.ending import end
from kordon.network.link import Link

SCHEMES = {"nats", "tls", "ws", "wss"}


def open_link(address: str) -> BrokerLink:
    """The link of this post over the server at ``address``; it connects by itself."""
    link = wiring.link(address)
    link.open()
    return link


@asynccontextmanager
async def server(address: str) -> AsyncIterator[Server | None]:
    """This post's leaf, running until the block ends; None if it needs none of us."""
    scheme = address.partition("://")[0]
    wanted = scheme in SCHEMES and settings.KORDON_BROKER_SERVER == "beside"
    if not wanted or not (wiring.folder() / LEAF_FILE).exists():
        yield None
        return
    leaf = wiring.leaf()
    await asyncio.to_thread(leaf.start)
    minding = asyncio.create_task(mind(leaf))
    try:
        yield leaf
    finally:
        await end(minding)
        await asyncio.to_thread(leaf.stop)


async def connect_anew(leaf: Server | None) -> None:
    """Let this post's leaf connect with the certificate that lies in its folder now."""
    if leaf is not None:
        await asyncio.to_thread(leaf.restart)
    elif (wiring.folder() / LEAF_FILE).exists():
        await asyncio.to_thread(watchdog.ask_systemd, wiring.folder())


@asynccontextmanager
async def watched(leaf: Server | None, link: Link) -> AsyncIterator[None]:
    """Restart a leaf that is stuck, while the block runs: see ``broker.watchdog``."""
    if not isinstance(link, BrokerLink):
        yield
        return
    dog = LeafWatchdog(
        heard=lambda: link.last_heard,
        reaches=_reaches_hq,
        restart=leaf.restart if leaf else lambda: watchdog.ask_systemd(wiring.folder()),
    )
    watching = asyncio.create_task(dog.watch())
    try:
        yield
    finally:
        await end(watching)


async def _reaches_hq() -> bool:
    for url in enrolling.reached(wiring.folder()):
        if await watchdog.reaches(url):
            return True
    return False
