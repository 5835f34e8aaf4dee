"""HQ's side of the broker: what posts send is handed to the ``Desk``, its answers go back."""

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from nats.aio.msg import Msg
from nats.errors import Error

from kordon.journal.fulldisk import is_disk_full
from kordon.network.broker import subjects
from kordon.network.broker.checking import is_full
from kordon.network.broker.client import Line, Way
from kordon.network.broker.envelope import BadMessage, number, pack, text, unpack
from kordon.network.broker.store import Store, StoreLost, StoreRefuses
from kordon.network.ending import end
from kordon.network.link import LARGEST_BATCH, LARGEST_PIECE, Desk

log = structlog.get_logger("kordon.network")

BEAT_S, PROBE_EVERY_S, TIDY_EVERY_S, AGAIN_S = 2.0, 3.0, 1.0, 0.5
HELD = 256  # messages taken from the store and not yet answered
ASKED = 512  # calls waiting for a thread; a flood beyond that is not answered
CALL_THREADS = 4
BROKEN_AFTER = 3  # the store made anew so often in a row does not help: the server is broken
FAILED = "HQ failed; its log says why"
NO_ROOM = "HQ has no room left on its disk"
FULL, LOST = "store_full", "store_lost"
T = TypeVar("T")


class BrokerDesk(Line):
    """Serves every post over NATS until it is cancelled. One per HQ.

    Batches of one node are taken in their order, those of several nodes in ``threads`` at once.
    ``broken`` is called when the server itself has to be restarted.
    """

    def __init__(
        self,
        way: Way,
        desk: Desk,
        *,
        monitoring: str,
        threads: int = 1,
        broken: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(way)
        self.desk, self.monitoring, self._broken = desk, monitoring, broken
        self.store_trouble = "not looked at yet"  # empty while the store does what it should
        self.store_code = ""  # of what is wrong with it: FULL or LOST
        self._takers = ThreadPoolExecutor(threads, "desk-take")
        self._callers = ThreadPoolExecutor(CALL_THREADS, "desk-call")
        self._free = asyncio.Semaphore(threads)
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._held: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stir: Callable[[], object] = int  # the loop that reads the store looks again
        self._calls = 0
        self._connections = 0
        self._run = b""  # says in every beat which of them it is
        self._folder: Path | None = None  # of the store
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Raises ``UnsafeBroker`` if the hub is not set up as we rely on."""
        self._loop = asyncio.get_running_loop()
        self.open()
        beat = asyncio.create_task(self._beat())
        try:
            await self._keep_store()
        finally:
            self._loop = None
            await end(beat, *self._tasks)
            await self.close()
            self._takers.shutdown(wait=False, cancel_futures=True)
            self._callers.shutdown(wait=False, cancel_futures=True)

    def tell(self, channel: str) -> None:
        """Let those who read this channel know that something lies there. From any thread."""
        loop = self._loop
        if channel == "all":
            subject = subjects.NEWS_FOR_ALL
        elif channel.startswith("post-"):
            subject = subjects.news(channel.removeprefix("post-"))
        else:
            return
        if loop is not None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(lambda: self._spawn(self._publish(subject, b"")))

    async def ready(self, *, fresh: bool) -> None:
        self._connections += 1
        self._run = uuid.uuid4().hex.encode()
        if fresh:
            await self.client.subscribe(subjects.CALLS, cb=self._hear_call)

    # -- batches, through the store

    async def _keep_store(self) -> None:
        anew, full, failures = False, False, 0
        while True:
            if not self.connected:
                await asyncio.sleep(AGAIN_S)
                continue
            store = Store(self.client, monitoring=self.monitoring, arrived=self._arrived)
            self._stir = store.stirred.set
            try:
                await store.prepare(anew=anew)
                self._held.clear()
                full = False
                failures = await self._read(store, failures)
            except (StoreLost, Error) as error:
                failures += 1
                full = await self._note_lost(store, error, failures)
            finally:
                await store.leave()
            # Somebody else's connection may have made it; twice in a row it is the store.
            anew = failures > 1
            # On a full disk it would not come up again; once there is room, it must be restarted.
            if failures >= BROKEN_AFTER and self._broken is not None and not full:
                await asyncio.to_thread(self._broken)
                failures = 0
            await asyncio.sleep(PROBE_EVERY_S if full else AGAIN_S)

    async def _read(self, store: Store, failures: int) -> int:
        """Read until the connection is another one. Raises ``StoreLost``."""
        connection, probed, tidied = self._connections, 0.0, 0.0
        clock = asyncio.get_running_loop().time
        while self.connected and connection == self._connections:
            if clock() - probed > PROBE_EVERY_S:
                await self._probe(store)
                failures, probed = 0, clock()
            if clock() - tidied > TIDY_EVERY_S:
                await store.tidy()
                tidied = clock()
            store.stirred.clear()
            if (room := HELD - len(self._held)) >= HELD // 2:  # asking one by one is slow
                await store.ask_for(room)
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await store.stirred.wait()
            if store.gone:
                raise StoreLost("its reader is gone")
        return failures

    async def _note_lost(self, store: Store, error: Exception, times: int) -> bool:
        """It does not work. Returns whether that is because its disk is full."""
        self._folder = store.folder or self._folder
        full = self._folder is not None and await asyncio.to_thread(is_full, self._folder)
        if full:
            self.store_code = FULL
            self.store_trouble = "the disk under the broker's store is full"
            log.error("broker_disk_full", error=str(error), times=times)
        else:
            self.store_code = LOST
            self.store_trouble = f"the broker's store is lost: {error}"
            log.error("broker_store_lost", error=str(error), times=times)
        return full

    async def _probe(self, store: Store) -> None:
        try:
            await store.probe()
            self.store_trouble = self.store_code = ""
        except StoreRefuses as error:
            self.store_code = FULL
            self.store_trouble = f"the broker's store is full: {error}"
            log.error("broker_store_full", error=str(error))

    def _arrived(self, message: Msg) -> None:
        # A message delivered twice is the same work; its name is where it lies in the stream.
        place = message.reply.split(".")[5] if message.reply.count(".") >= 8 else message.reply
        if place not in self._held:
            self._held.add(place)
            self._spawn(self._take(message, place))

    async def _take(self, message: Msg, place: str) -> None:
        try:
            if message.subject != subjects.PROBE:
                await self._answer_batch(message)
            with suppress(Error):
                await message.ack()
        finally:
            self._held.discard(place)
            self._stir()

    async def _answer_batch(self, message: Msg) -> None:
        try:
            node = subjects.node_of(message.subject)
            head, batch = unpack(message.data)
            mark = text(head, "id")
        except (BadMessage, subjects.BadNode) as error:
            log.warning("batch_not_read", subject=message.subject, error=str(error))
            return
        async with self._turns[node], self._free:
            try:
                answer = pack(
                    {"id": mark}, await self._in(self._takers, self.desk.take, node, batch)
                )
            except Exception as error:  # a bug of the desk's must not end the reading of others
                answer = pack({"id": mark, "error": _note_failure(error, message.subject)})
        await self._publish(subjects.answers(node), answer)

    # -- calls, answered straight

    async def _hear_call(self, message: Msg) -> None:
        if self._calls < ASKED:
            self._calls += 1
            self._spawn(self._answer_call(message))

    async def _answer_call(self, message: Msg) -> None:
        try:
            node = subjects.node_of(message.subject)
            if not message.reply.startswith(f"{subjects.inbox(node)}."):
                # With our rights we would write wherever a post wants us to.
                log.warning("answer_wanted_elsewhere", node=node)
                return
            head, body = unpack(message.data)
            call = message.subject.rpartition(".")[2]
            answer = await self._in(self._callers, self._call, node, call, head, body)
        except (BadMessage, subjects.BadNode) as error:
            log.warning("call_not_read", subject=message.subject, error=str(error))
            return
        except Exception as error:  # as above
            answer = pack({"error": _note_failure(error, message.subject)})
        finally:
            self._calls -= 1
        await self._publish(message.reply, answer)

    def _call(self, node: str, call: str, head: dict[str, Any], body: bytes) -> bytes:
        """In a thread. Raises ``BadMessage``."""
        if call == "pull":
            given = self.desk.give(node, text(head, "channel"), number(head, "after"))
            return pack({}, _bounded(given, LARGEST_BATCH))
        if call == "fetch":
            piece = self.desk.piece(node, text(head, "name"), number(head, "offset"))
            return pack({}, _bounded(piece, LARGEST_PIECE))
        if call == "offer":
            name, offset = text(head, "name"), number(head, "offset")
            if len(body) > LARGEST_PIECE:
                raise BadMessage("a piece too large")
            return pack(
                {"reached": self.desk.keep(node, name, offset, body, head.get("last") is True)}
            )
        if call == "report":
            return pack({}, _bounded(self.desk.hear(node, body), LARGEST_BATCH))
        raise BadMessage("no such call")

    # -- both

    async def _in(self, threads: ThreadPoolExecutor, does: Callable[..., T], *what: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, _afresh, does, *what)

    async def _publish(self, subject: str, message: bytes) -> None:
        with suppress(Error):  # the post asks again
            await self.client.publish(subject, message)

    async def _beat(self) -> None:
        while True:
            if self.connected:
                await self._publish(subjects.BEAT, self._run)
            await asyncio.sleep(BEAT_S)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _afresh(does: Callable[..., T], *what: Any) -> T:
    """In a thread, over a connection to the database that is not one of before it broke down."""
    close_old_connections()
    return does(*what)


def _note_failure(error: Exception, subject: str) -> str:
    """To the log; what the post is told. What the database does is no bug: it has no trace."""
    if is_disk_full(error):
        log.error("desk_has_no_room", subject=subject)
        return NO_ROOM
    if isinstance(error, OperationalError | InterfaceError):
        log.error("desk_has_no_database", subject=subject, error=str(error).split("\n")[0])
    else:
        log.exception("desk_failed", subject=subject)
    return FAILED


def _bounded(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise ValueError(f"the desk answers {len(content)} bytes")
    return content
