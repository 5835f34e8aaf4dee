"""The link of a post over the broker: a client of its own leaf, or straight of HQ's server."""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError

from kordon.network.broker import subjects
from kordon.network.broker.client import Line, Way
from kordon.network.broker.envelope import BadMessage, number, pack, unpack
from kordon.network.link import ANSWER_S, LARGEST_BATCH, LARGEST_PIECE, LinkDown

NOBODY_THERE = "HQ is not reached"
STARTED_AGAIN = "HQ's broker was started again"
RUN_BYTES = 64
QUIET_S = 15.0  # after such a silence, news may have been missed


@dataclass(frozen=True)
class LinkState:
    """``heard``: seconds since HQ was last heard, None if never. ``trouble``: the last one."""

    connected: bool
    heard: float | None
    trouble: str


class BrokerLink(Line):
    """``Link`` over NATS. ``open`` it inside a running loop; it connects, and stays so, by itself.

    A push comes back when HQ has answered, in ``answer_s`` at the latest. After a push without
    an answer none is sent until HQ is heard again, so that its store does not fill with copies.
    """

    def __init__(self, way: Way, node: str, *, answer_s: float = ANSWER_S) -> None:
        super().__init__(way)
        self.node, self.answer_s = node, answer_s
        self.last_heard: float | None = None  # monotonic
        self._run = uuid.uuid4().hex
        self._pushes = 0
        self._under_way: dict[str, asyncio.Future[bytes]] = {}
        self._stored: set[str] = set()  # of those, what HQ's broker has on its disk
        self._hq_run = b""  # which connection of HQ to its broker we heard last
        self._in_order = asyncio.Lock()
        self._speaking = asyncio.Event()
        self._speaking.set()
        self._news = asyncio.Event()

    @property
    def state(self) -> LinkState:
        heard = None if self.last_heard is None else time.monotonic() - self.last_heard
        return LinkState(self.connected, heard, self.trouble)

    async def ready(self, *, fresh: bool) -> None:
        self._news.set()
        if not fresh:
            return
        for subject, hears in (
            (subjects.answers(self.node), self._hear_answer),
            (f"{self.way.inbox}.stored.*", self._hear_stored),
            (subjects.BEAT, self._hear_beat),
            (subjects.NEWS_FOR_ALL, self._hear_news),
            (subjects.news(self.node), self._hear_news),
        ):
            await self.client.subscribe(subject, cb=hears)

    async def push(self, batch: bytes) -> bytes:
        if len(batch) > LARGEST_BATCH:
            raise ValueError(f"a batch of {len(batch)} bytes")
        self._pushes += 1
        mark = f"{self._run}-{self._pushes}"
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._under_way[mark] = answer
        try:
            async with asyncio.timeout(self.answer_s):
                async with self._in_order:
                    await self._speaking.wait()
                    await self._send(mark, batch)
                return await answer
        except TimeoutError as error:
            self._speaking.clear()
            raise self._down("no answer from HQ in time") from error
        finally:
            del self._under_way[mark]
            self._stored.discard(mark)

    async def pull(self, channel: str, after: int) -> bytes:
        return (await self._ask("pull", {"channel": channel, "after": after}))[1]

    async def fetch(self, name: str, offset: int) -> bytes:
        return (await self._ask("fetch", {"name": name, "offset": offset}))[1]

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        if len(piece) > LARGEST_PIECE:
            raise ValueError(f"a piece of {len(piece)} bytes")
        head = {"name": name, "offset": offset, "last": last}
        told, _ = await self._ask("offer", head, piece)
        try:
            return number(told, "reached")
        except BadMessage as error:
            raise self._down("HQ's answer cannot be read") from error

    async def report(self, status: bytes) -> bytes:
        return (await self._ask("report", {}, status))[1]

    async def news(self, timeout: float) -> bool:
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True

    async def close(self) -> None:
        await super().close()
        for answer in self._under_way.values():
            if not answer.done():
                answer.set_exception(LinkDown("closed"))

    async def _send(self, mark: str, batch: bytes) -> None:
        self._check_connected()
        stored = f"{self.way.inbox}.stored.{mark}"
        try:
            message = pack({"id": mark}, batch)
            await self.client.publish(subjects.batches(self.node), message, reply=stored)
        except Error as error:
            raise self._down(str(error)) from error

    async def _ask(
        self, call: str, head: dict[str, Any], body: bytes = b""
    ) -> tuple[dict[str, Any], bytes]:
        self._check_connected()
        subject = subjects.call(self.node, call)
        try:
            answer = await self.client.request(subject, pack(head, body), timeout=self.answer_s)
            told, content = unpack(answer.data)
        except NoRespondersError as error:
            raise self._down(NOBODY_THERE) from error
        except (Error, TimeoutError) as error:
            raise self._down("no answer from HQ in time") from error
        except BadMessage as error:
            raise self._down("HQ's answer cannot be read") from error
        self._note_heard()
        if refused := told.get("error"):
            raise self._down(str(refused))
        return told, content

    def _check_connected(self) -> None:
        if not self.connected:
            raise LinkDown(self.trouble or NOBODY_THERE)

    def _down(self, why: str) -> LinkDown:
        self.trouble = why
        return LinkDown(why)

    def _note_heard(self) -> None:
        now = time.monotonic()
        if self.last_heard is None or now - self.last_heard > QUIET_S:
            self._news.set()
        self.last_heard = now
        self._speaking.set()

    async def _hear_beat(self, message: Msg) -> None:
        """HQ lives. If it says so over another connection, its broker was away meanwhile: what
        that had not stored is gone, and is not waited for."""
        self._note_heard()
        before, self._hq_run = self._hq_run, message.data[:RUN_BYTES]
        if before and before != self._hq_run:
            for mark in self._under_way.keys() - self._stored:
                self._settle(mark, LinkDown(STARTED_AGAIN))

    async def _hear_news(self, _: Msg) -> None:
        self._note_heard()
        self._news.set()

    async def _hear_answer(self, message: Msg) -> None:
        self._note_heard()
        try:
            head, body = unpack(message.data)
        except BadMessage:
            return
        if refused := head.get("error"):
            self._settle(str(head.get("id")), LinkDown(str(refused)))
        else:
            self.trouble = ""
            self._settle(str(head.get("id")), body)

    async def _hear_stored(self, message: Msg) -> None:
        """The store has the batch, which is nothing yet; or it refuses it, or is not there."""
        mark = message.subject.rpartition(".")[2]
        if (message.headers or {}).get("Status") == "503":
            return self._settle(mark, LinkDown(NOBODY_THERE))
        try:
            refused = json.loads(message.data).get("error")
        except (ValueError, AttributeError):
            return None
        if refused:
            why = f"HQ's broker does not take it: {refused.get('description')}"
            self._settle(mark, LinkDown(why))
        elif mark in self._under_way:
            self._stored.add(mark)
        return None

    def _settle(self, mark: str, outcome: bytes | LinkDown) -> None:
        answer = self._under_way.get(mark)
        if answer is None or answer.done():
            return
        if isinstance(outcome, bytes):
            answer.set_result(outcome)
        else:
            self.trouble = str(outcome)
            answer.set_exception(outcome)
