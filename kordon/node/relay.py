"""The cables of a demonstration: a relay between each post and headquarters that can be severed.

A cut cable refuses connections and has ended those it carried, as a line does that is down.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LOOK_S = 0.1
PIECE = 64 * 1024


@dataclass
class Cable:
    """From ``port`` to ``to``, both on loopback, while ``is_cut`` says no."""

    port: int
    to: int
    is_cut: Callable[[], bool]
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)

    async def lie(self) -> None:
        """Carry what comes until cancelled."""
        server: asyncio.Server | None = None
        try:
            while True:
                if self.is_cut():
                    self._sever(server)
                    server = None
                elif server is None:
                    server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
                await asyncio.sleep(LOOK_S)
        finally:
            self._sever(server)

    def _sever(self, server: asyncio.Server | None) -> None:
        if server is not None:
            server.close()
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self._lines.add(back)
        try:
            far, forth = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            back.transport.abort()
            self._lines.discard(back)
            return
        self._lines.add(forth)
        await asyncio.gather(_pour(near, forth), _pour(far, back))
        self._lines -= {back, forth}


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(PIECE):
            into.write(piece)
            await into.drain()
    into.transport.abort() if into.transport.is_closing() else into.close()


@contextmanager
def laid(cables: list[Cable]) -> Iterator[None]:
    """All cables lie while the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=_lie, args=(cables, stop), name="cables", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _lie(cables: list[Cable], stop: threading.Event) -> None:
    async def until_stopped() -> None:
        lying = [asyncio.create_task(cable.lie()) for cable in cables]
        await asyncio.to_thread(stop.wait)
        for task in lying:
            task.cancel()
        await asyncio.gather(*lying, return_exceptions=True)

    asyncio.run(until_stopped())
