"""A line that can be cut: TCP passed on from one port to another, until it is not."""

import asyncio
import contextlib
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

PIECE = 64 * 1024
FRAME = 1460
"""Bytes that a slow line carries in one go: what others send gets its turn after each."""


@dataclass(frozen=True)
class Pace:
    """How slow a line is: in each direction, for all its connections together.

    ``delay_s``: from one end to the other, beside the time that the bits take.
    """

    bits_per_s: float
    delay_s: float


class Relay:
    """Passes on connections to ``port`` towards ``host:to``.

    ``cut`` breaks those there are and takes no new ones; ``cut(silent=True)`` merely lets
    nothing through any more, as a line does that somebody dug up: both ends still believe in it.
    ``pace``: as slowly as this. ``carried`` counts the bytes that went towards ``to`` and back.
    """

    def __init__(
        self,
        to: int,
        *,
        listen: str = "127.0.0.1",
        host: str = "127.0.0.1",
        pace: Pace | None = None,
    ) -> None:
        self._to, self._listen, self._host = to, listen, host
        self._pace = pace
        self._free_at = [0.0, 0.0]
        self.carried = [0, 0]
        self.port = 0
        self.cuts = 0
        self._refusing = False
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def address(self) -> str:
        return f"localhost:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self, *, silent: bool = False) -> None:
        self.cuts += 1
        self._loop.call_soon_threadsafe(self._flows.clear if silent else self._break)

    def mend(self) -> None:
        self._loop.call_soon_threadsafe(self._mend)

    def _break(self) -> None:
        self._refusing = True
        for writer in self._writers:
            writer.transport.abort()

    def _mend(self) -> None:
        if not self._flows.is_set():  # what was on its way meanwhile is gone: nobody may trust it
            self._break()
        self._refusing = False
        self._flows.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass_on, self._listen, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._break()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(self._host, self._to)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, back}
        self._writers |= both
        try:
            await asyncio.gather(self._pump(reader, back, 0), self._pump(there, writer, 1))
        finally:
            self._writers -= both
            for each in both:
                each.transport.abort()

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: int
    ) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(FRAME if self._pace else PIECE):
                await self._flows.wait()
                self.carried[way] += len(piece)
                if self._pace:
                    await self._take_its_time(piece, sink, way, self._pace)
                else:
                    sink.write(piece)
                    await sink.drain()
        if self._pace:  # what is still on its way arrives before the end does
            await asyncio.sleep(self._pace.delay_s)
        sink.transport.abort()

    async def _take_its_time(
        self, piece: bytes, sink: asyncio.StreamWriter, way: int, pace: Pace
    ) -> None:
        """Wait while the line is taken by the bits; what is on its way then holds up nobody.

        No draining: more than the line holds cannot be waiting at the far end.
        """
        now = self._loop.time()
        free_at = max(now, self._free_at[way]) + 8 * len(piece) / pace.bits_per_s
        self._free_at[way] = free_at
        self._loop.call_at(free_at + pace.delay_s, sink.write, piece)
        await asyncio.sleep(free_at - now)
