"""A post that was alone for three days and comes back: the part of a proof inside a node.

Headquarters is a process of its own, one worker; the posts' engines run in this one.
"""

import asyncio
import itertools
import multiprocessing
import multiprocessing.connection
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from kordon.journal.channels import UP
from kordon.journal.sending import last_number
from kordon.journal.verifying import verify
from kordon.journal.writing import record, record_many, writing
from kordon.measure.busy import busy_post
from kordon.measure.nodes import EVERYTHING, Node, Nodes
from kordon.measure.virtual import steps_inside_the_loop
from kordon.network import steps
from kordon.network.desk import Headquarters
from kordon.network.syncing import Syncing

HOURS = 72
AT_ONCE = 1000
LIVE_EVERY_S = 0.25


class PipeLink:
    """A ``Link`` to the process of headquarters: bytes there, bytes back."""

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._turn = asyncio.Lock()

    async def push(self, batch: bytes) -> bytes:
        return bytes(await self._ask("take", batch))

    async def pull(self, channel: str, after: int) -> bytes:
        return bytes(await self._ask("give", channel, after))

    async def fetch(self, name: str, offset: int) -> bytes:
        return bytes(await self._ask("piece", name, offset))

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        return int(await self._ask("keep", name, offset, piece, last))

    async def report(self, status: bytes) -> bytes:
        return bytes(await self._ask("hear", status))

    async def news(self, timeout: float) -> bool:
        await asyncio.sleep(timeout)
        return False

    async def close(self) -> None:
        self._pipe.close()

    async def _ask(self, *asked: Any) -> Any:
        async with self._turn:
            return await asyncio.get_running_loop().run_in_executor(None, self._wait, asked)

    def _wait(self, asked: tuple[Any, ...]) -> Any:
        self._pipe.send(asked)
        return self._pipe.recv()


def come_back(entries: int, database: str) -> dict[str, Any]:
    """Runs in the node: write alone, come back, catch up while another post goes on."""
    with Nodes() as nodes:
        hq = nodes.hq(database=_described(database) if database else None)
        far, near = nodes.post("FAR", hq), nodes.post("NEAR", hq)
        begun = time.perf_counter()
        write_alone(far, entries)
        wrote = time.perf_counter() - begun
        for node in nodes.made:
            node.database.close()
        pipes, child = _open_headquarters(hq, (far, near))
        try:
            with steps_inside_the_loop():
                seconds, delays = asyncio.run(_catch_up(far, near, pipes))
        finally:
            for pipe in pipes:
                pipe.close()
            os.waitpid(child, 0)
        with hq.here():
            held, faults = last_number(node="FAR", channel=UP), verify().faults
    return {
        "wrote": wrote,
        "seconds": seconds,
        "delays": delays,
        "lost": entries - held,
        "faults": [fault.text for fault in faults],
    }


def _ticking(moment: datetime) -> Iterator[datetime]:
    while True:
        moment += timedelta(microseconds=1)
        yield moment


def _described(database: str) -> dict[str, Any]:
    parts = urlsplit(database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "HOST": parse_qs(parts.query)["host"][0],
    }


def write_alone(post: Node, entries: int) -> None:
    """Three days of the post's time, at an even pace, up to now."""
    facts, now = busy_post(), timezone.now
    first = now() - timedelta(hours=HOURS)
    try:
        with post.here():
            for done in range(0, entries, AT_ONCE):
                moment = first + timedelta(hours=HOURS) * (done / entries)
                timezone.now = _ticking(moment).__next__
                some = list(itertools.islice(facts, min(AT_ONCE, entries - done)))
                with writing():
                    record_many((what, EVERYTHING) for what in some)
    finally:
        timezone.now = now


async def _catch_up(
    far: Node, near: Node, pipes: "list[Connection[Any, Any]]"
) -> tuple[float, list[float]]:
    with far.here():
        last = last_number(channel=UP)
    engines = [
        asyncio.ensure_future(Syncing(PipeLink(pipe), _doing(node)).run())
        for node, pipe in zip((far, near), pipes, strict=True)
    ]
    begun = time.perf_counter()
    delays: list[float] = []
    live = asyncio.ensure_future(_go_on(near, delays))
    try:
        while _reached(far) < last:
            for each in (*engines, live):
                if each.done():
                    each.result()
            await asyncio.sleep(0.05)
        return time.perf_counter() - begun, delays
    finally:
        for each in (*engines, live):
            each.cancel()
        await asyncio.gather(*engines, live, return_exceptions=True)


async def _go_on(post: Node, delays: list[float]) -> None:
    """Record one entry after another; how long each takes until its receipt is here."""
    for fact in busy_post(seed=2):
        begun = time.perf_counter()
        with post.here(), writing():
            number = record(fact, by=EVERYTHING).number
        while _reached(post) < number:
            await asyncio.sleep(0.01)
        delays.append(time.perf_counter() - begun)
        await asyncio.sleep(LIVE_EVERY_S)


def _reached(post: Node) -> int:
    with post.here():
        return steps.begin()


def _doing(node: Node) -> Callable[..., Any]:
    async def do(step: Callable[..., Any], *arguments: Any) -> Any:
        with node.here():
            return step(*arguments)

    return do


def _open_headquarters(
    hq: Node, posts: tuple[Node, ...]
) -> "tuple[list[Connection[Any, Any]], int]":
    ends = [multiprocessing.Pipe() for _ in posts]
    child = os.fork()
    if child == 0:
        for here, _ in ends:
            here.close()
        with suppress(EOFError):
            _answer(hq, {there: post.name for (_, there), post in zip(ends, posts, strict=True)})
        os._exit(0)
    for _, there in ends:
        there.close()
    return [here for here, _ in ends], child


def _answer(hq: Node, asking: "dict[Connection[Any, Any], str]") -> None:
    """One worker of headquarters: whoever asks first is answered first."""
    desk = Headquarters()
    with hq.here():
        while True:
            for pipe in multiprocessing.connection.wait(list(asking)):
                assert isinstance(pipe, Connection)
                deed, *arguments = pipe.recv()
                pipe.send(getattr(desk, deed)(asking[pipe], *arguments))
