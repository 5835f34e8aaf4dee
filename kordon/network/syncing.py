"""A post's exchange with headquarters: up, down, and how we are, each in a loop of its own.

Nothing here decides what is true: numbers, chains and receipts do (``kordon.journal``). The
loops only say what to try next, so a link that loses, doubles or delays costs time alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

import structlog
from django.db import close_old_connections

from kordon.journal.channels import UP
from kordon.network import steps
from kordon.network.ending import end
from kordon.network.link import LARGEST_PIECE as PIECE
from kordon.network.link import SUCCESSION, Link, LinkDown
from kordon.network.steps import Packed, Stopped

T = TypeVar("T")
Do = Callable[..., Awaitable[Any]]

WINDOW = 4
"""Batches on their way at once: what a slow line needs to stay full."""
FEWEST, MOST = 25, 500
"""Entries of a batch: as many as the line carries in a moment. The fewest of them take a second
of 64 kbit/s, the most ten; an answer that comes too late would have them sent for ever."""
QUICK_S, SLOW_S = 1.0, 4.0
WORTH_IT = 100
"""So many entries, or as many as the line may carry at once, go on their way while others still
are; fewer wait and go together. Each batch is a transaction at headquarters: many small ones
would queue there, and everybody's with them."""
LOOK_S = 0.025
"""How often the journal is asked for news; a query of a tenth of a millisecond."""
REPORT_S = 5.0
NEWS_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
STOPPED_PAUSE_S = 30.0
START_S = 15.0
"""How long after the start a line that is not there yet is nothing to tell of."""
MOST_LEARNT = 3
MOST_SETBACKS = 3
"""How often a file may begin anew before somebody has to look."""

log = structlog.get_logger("kordon.network")


@dataclass
class _OnTheWay:
    packed: Packed
    answer: "asyncio.Task[bytes]"
    full: bool
    begun: float


def in_threads(workers: int = 3) -> Do:
    """Do steps in threads of their own, which keep their database connections."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="network")

    async def do(step: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, _step, step, arguments)

    return do


def _step(step: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    close_old_connections()
    return step(*arguments)


class Syncing:
    """Keeps one post and its headquarters of one mind, for as long as ``run`` runs."""

    def __init__(self, link: Link, do: Do, *, look_s: float = LOOK_S) -> None:
        self.link, self.do, self.look_s = link, do, look_s
        self._sent = 0
        self._limit = FEWEST
        self._way: deque[_OnTheWay] = deque()
        self._pulling = asyncio.Lock()
        self._up: bool | None = None
        self._begun = monotonic()

    async def run(self) -> None:
        """Go on until cancelled."""
        steps_of = (self._up_once, self._down_once, self._report_once)
        loops = [asyncio.ensure_future(self._forever(once)) for once in steps_of]
        try:
            await asyncio.gather(*loops)
        finally:
            await end(*loops)
            self._forget_way()

    async def _forever(self, once: Callable[[], Awaitable[None]]) -> None:
        clock, pause, learnt = asyncio.get_running_loop().time, FIRST_PAUSE_S, 0
        while True:
            begun = clock()
            try:
                await once()
                pause, learnt = FIRST_PAUSE_S, 0
                continue
            except LinkDown as why:
                self._say(up=False, reason=str(why))
                await self.do(steps.note_down)
                if clock() - begun > LONGEST_PAUSE_S:  # the line had held
                    pause = FIRST_PAUSE_S
                wait = pause
                pause = min(2 * pause, LONGEST_PAUSE_S)
            except Stopped as why:
                learnt = 1 if clock() - begun > LONGEST_PAUSE_S else learnt + 1
                if await self._has_learnt(why, times=learnt):
                    wait = FIRST_PAUSE_S
                else:
                    log.error("stopped", code=why.code, text=str(why))
                    await self.do(steps.note_stopped, why.code, str(why))
                    wait, learnt = STOPPED_PAUSE_S, 0
            if once == self._up_once:
                self._forget_way()
                self._limit = FEWEST
            await asyncio.sleep(wait)

    async def _has_learnt(self, why: Stopped, *, times: int = 1) -> bool:
        """Whether it stopped only because headquarters signs with another key now, to which the
        one we knew leads. It may just be about to take that into use, hence more than once."""
        if why.code != steps.BAD_SIGNATURE or times > MOST_LEARNT:
            return False
        try:
            said = await self.link.pull(SUCCESSION, 0)
        except LinkDown:
            return False
        return bool(await self.do(steps.learn, said))

    async def _up_once(self) -> None:
        """Send what is recorded and not held at headquarters, and hear the answers."""
        if await self.do(steps.is_awaiting):
            await self._take_back()
        self._sent = await self.do(steps.begin)
        while True:
            await self._fill()
            if not self._way:
                await asyncio.sleep(self.look_s)
                continue
            first = self._way.popleft()
            answered = await self.do(steps.hear_answer, await first.answer)
            self._adapt(first)
            for name in answered.names:
                await self._offer(name)
            if not answered.taken or answered.held < first.packed.last:
                self._forget_way()
                self._sent = answered.held
            else:
                await self.do(steps.forget_stopped)

    async def _take_back(self) -> None:
        """After a restore: our own newest entries, which headquarters holds and we lost.

        First what headquarters says to all: there stand the keys that signed them, which a
        machine that replaces another has never seen.
        """
        await self._pull_all()
        while packed := await self.link.pull(UP, await self.do(steps.own_cursor)):
            for name in await self.do(steps.take_back, packed):
                await self._fetch(name)
        heard = await self.do(
            steps.hear_report, await self.link.report(await self.do(steps.status))
        )
        if heard.held > await self.do(steps.own_cursor):
            raise Stopped("not_given_back", "headquarters holds entries of ours and gives none")
        await self.do(steps.rejoin)

    async def _fill(self) -> None:
        while len(self._way) < WINDOW:
            packed = await self.do(steps.pack, self._sent, self._limit)
            if packed is None:
                return
            if self._way and packed.last - self._sent < min(WORTH_IT, self._limit):
                return
            answer = asyncio.ensure_future(self.link.push(packed.sent))
            full = packed.last - self._sent == self._limit
            now = asyncio.get_running_loop().time()
            self._way.append(_OnTheWay(packed, answer, full, now))
            self._sent = packed.last

    def _adapt(self, answered: _OnTheWay) -> None:
        """More at once while answers come quickly, fewer when they do not."""
        took = asyncio.get_running_loop().time() - answered.begun
        if took > SLOW_S:
            self._limit = max(self._limit // 2, FEWEST)
        elif answered.full and took < QUICK_S:
            self._limit = min(2 * self._limit, MOST)

    def _forget_way(self) -> None:
        while self._way:
            self._way.popleft().answer.cancel()

    async def _offer(self, name: str) -> None:
        """Send a kept file, from where headquarters has it."""
        offset, setbacks = 0, 0
        while setbacks < MOST_SETBACKS:
            piece = await self.do(steps.piece_of, name, offset, PIECE)
            last = len(piece) < PIECE
            reached = await self.link.offer(name, offset, piece, last)
            if last and reached == offset + len(piece):
                return
            setbacks += reached <= offset
            offset = reached
        raise Stopped("file_refused", f"headquarters does not take the file {name[:16]}…")

    async def _down_once(self) -> None:
        """Fetch and apply all that headquarters has for us, then wait for news."""
        await self._pull_all()
        await self.link.news(NEWS_S)

    async def _pull_all(self) -> None:
        """Fetch and apply all. One loop at a time: two would write the same file at once."""
        async with self._pulling:
            for channel in await self.do(steps.channels):
                await self._pull(channel)

    async def _pull(self, channel: str) -> None:
        while packed := await self.link.pull(channel, await self.do(steps.cursor, channel)):
            for name in await self.do(steps.take, packed):
                await self._fetch(name)

    async def _fetch(self, name: str) -> None:
        """Fetch a kept file, from where we have it."""
        offset, setbacks = await self.do(steps.awaited, name), 0
        while setbacks < MOST_SETBACKS:
            piece = await self.link.fetch(name, offset)
            last = len(piece) < PIECE
            reached = await self.do(steps.keep_piece, name, offset, piece, last)
            if await self.do(steps.is_kept, name):
                return
            setbacks += reached <= offset
            offset = reached
        raise Stopped("file_broken", f"the file {name[:16]}… does not arrive whole")

    async def _report_once(self) -> None:
        await self._report()
        await asyncio.sleep(REPORT_S)

    async def _report(self) -> None:
        """Say how we are, and hear how far headquarters is."""
        # Asked before: receipts that come while the report is on its way know more than it.
        acknowledged = await self.do(steps.begin)
        heard = await self.do(
            steps.hear_report, await self.link.report(await self.do(steps.status))
        )
        self._say(up=True)
        if heard.held < acknowledged:
            # Headquarters was restored from a backup: it gets again what it lost of ours …
            self._forget_way()
            self._sent = heard.held
        for channel, after in heard.lost.items():
            await self._give_back(channel, after)

    def _say(self, *, up: bool, reason: str = "") -> None:
        """In the log, once for each time that the line goes or comes."""
        starting = self._up is None and monotonic() - self._begun < START_S
        if up == self._up or (starting and not up):
            return
        self._up = up
        if up:
            log.info("link_up")
        else:
            log.warning("link_down", reason=reason)

    async def _give_back(self, channel: str, after: int) -> None:
        """… and of its own."""
        while packed := await self.do(steps.pack_back, channel, after):
            after = await self.do(steps.hear_back, await self.link.push(packed))
