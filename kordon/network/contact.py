"""Keeping in touch: the thread of a node in which its exchange with others runs, for good.

Which exchange, and over which link, is decided here and nowhere else.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.conf import settings

from kordon.journal import identity, succession
from kordon.journal.channels import is_post
from kordon.journal.nodes import keys_of
from kordon.network import at_the_hub, at_the_leaf, renewing, rotating
from kordon.network.broker.server import Server
from kordon.network.ending import end
from kordon.network.https.line import BadAddress, Speaker, read_address
from kordon.network.https.link import HttpsLink
from kordon.network.joining import AUTHORITY_FILE, Refused
from kordon.network.link import Link, LinkDown
from kordon.network.syncing import Do, Syncing, in_threads

AFTER_A_FAULT_S = 5.0
STOP_S = 5.0
LOOK_S = 1.0
RETRY_S = 30.0
RENEW_S = 3600.0
"""Between two looks at a certificate that is good for a year."""

Exchange = Callable[[Do], Awaitable[None]]

log = structlog.get_logger("kordon.network")


def open_link(address: str) -> Link:
    """The link of this post to the headquarters it is enrolled at. Raises ``BadAddress``."""
    scheme = address.partition("://")[0]
    if scheme in {"https", "http"}:
        return _https(address)
    if scheme in at_the_leaf.SCHEMES:
        return at_the_leaf.open_link(address)
    raise BadAddress(f"KORDON_LINK is like https://hq.example or tls://…, not {address!r}.")


def exchange_of_this_node() -> Exchange | None:
    """What this node does with others; None if it is alone."""
    if is_post() and identity.pinned() is not None and settings.KORDON_LINK:
        return _as_post
    return at_the_hub.serve if at_the_hub.is_set_up() else None


@contextmanager
def in_touch() -> Iterator[None]:
    """Exchange with others in a thread, until the block ends."""
    exchange = exchange_of_this_node()
    if exchange is None:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(exchange, stop), name="network", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=STOP_S)


async def _as_post(do: Do) -> None:
    """Exchange with headquarters; stand still while the key is changed."""
    await do(rotating.finish)
    async with at_the_leaf.server(settings.KORDON_LINK) as leaf:
        renewed = asyncio.Event()
        renewing_it = asyncio.create_task(_keep_certificate(do, leaf, renewed))
        try:
            while True:
                if await do(rotating.wanted):
                    await _rotate(do)
                link = open_link(settings.KORDON_LINK)
                syncing = asyncio.create_task(Syncing(link, do).run())
                try:
                    async with at_the_leaf.watched(leaf, link):
                        await _until_done_or_key_wanted(syncing, do, renewed)
                finally:
                    await link.close()
        finally:
            await end(renewing_it)


async def _keep_certificate(do: Do, leaf: Server | None, renewed: asyncio.Event) -> None:
    """Have our certificate renewed in time; leaf and link then connect with the new one."""
    while True:
        try:
            if await do(renewing.wanted) and await do(renewing.renew):
                await at_the_leaf.connect_anew(leaf)
                renewed.set()
        except (LinkDown, Refused) as error:
            log.warning("certificate_not_renewed", reason=str(error))
        except Exception:  # whatever it was, it is tried again, and the exchange goes on
            log.exception("certificate_not_renewed")
        await asyncio.sleep(RENEW_S)


async def _until_done_or_key_wanted(
    syncing: asyncio.Task[None], do: Do, renewed: asyncio.Event
) -> None:
    """A key that was just refused, or shown to nobody, is shown again after a while.

    It ends also once we have another certificate: a link is opened with it.
    """
    loop = asyncio.get_running_loop()
    again = loop.time() + (RETRY_S if await do(rotating.wanted) else 0.0)
    try:
        while not syncing.done():
            await asyncio.wait({syncing}, timeout=LOOK_S)
            if renewed.is_set():
                renewed.clear()
                break
            if loop.time() >= again and await do(rotating.wanted):
                break
    finally:
        await end(syncing)
    if not syncing.cancelled():
        syncing.result()


async def _rotate(do: Do) -> None:
    try:
        await do(rotating.rotate)
    except LinkDown as error:
        log.warning("key_not_rotated", reason=str(error))
    except Refused as error:
        log.error("key_not_rotated", reason=str(error))


def _run(exchange: Exchange, stop: threading.Event) -> None:
    asyncio.run(_until(exchange, stop))


async def _until(exchange: Exchange, stop: threading.Event) -> None:
    running = asyncio.create_task(_forever(exchange, in_threads()))
    await asyncio.to_thread(stop.wait)
    await end(running)


async def _forever(exchange: Exchange, do: Do) -> None:
    while True:
        try:
            await exchange(do)
        except Exception:  # the exchange outlives whatever befalls one run of it
            log.exception("exchange_failed")
        await asyncio.sleep(AFTER_A_FAULT_S)


def _https(address: str) -> HttpsLink:
    hq = identity.pinned()
    assert hq is not None, "only an enrolled post has a link"
    authority = Path(settings.KORDON_HOME) / AUTHORITY_FILE
    at = read_address(address, authority if authority.exists() else None)
    speaker = Speaker(
        node=identity.mine().node,
        key=lambda: identity.mine().key,
        believed=lambda: keys_of(hq.node),
        learn=succession.learn,
    )
    return HttpsLink(at, speaker)
