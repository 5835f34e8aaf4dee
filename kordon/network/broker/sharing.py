"""Work that HQ shares with more machines: asked over a queue group, answered by whoever is free.

Only HQ's own processes have a key for it. What was asked and not answered in time is the
asker's to do: nothing is kept, nothing is answered twice.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong

import structlog
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error

from kordon.network.broker import subjects
from kordon.network.broker.client import Line, Way
from kordon.network.link import LARGEST_MESSAGE

log = structlog.get_logger("kordon.network")

HELD = 8
"""Requests one worker holds at once; of more, the asker's time limit takes care."""


class NobodyAnswers(Exception):
    """No worker has answered in time; says why."""


class Worker(Line):
    """Answers requests in ``threads`` until it is closed."""

    def __init__(self, way: Way, answer: Callable[[bytes], bytes], *, threads: int) -> None:
        super().__init__(way)
        self._answer = answer
        self._threads = ThreadPoolExecutor(threads, "screener")
        self._tasks: set[asyncio.Task[None]] = set()
        self._hears: Subscription | None = None
        self.answered = 0

    async def ready(self, *, fresh: bool) -> None:
        if fresh:
            self._hears = await self.client.subscribe(
                subjects.SCREEN, queue=subjects.SCREENERS, cb=self._take, pending_msgs_limit=HELD
            )

    async def drain(self) -> None:
        """Take nothing more, answer what was taken, and close."""
        if self.connected and self._hears is not None:
            await self._hears.unsubscribe()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self.connected:
            await self.client.flush()
        await self.close()

    async def _take(self, message: Msg) -> None:
        task = asyncio.create_task(self._do(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, message: Msg) -> None:
        """A bad request, or a bug, costs this one answer."""
        if not message.reply.startswith(f"{subjects.SCREEN_INBOX}."):
            return
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._threads, self._answer, message.data)
            if len(answer) <= LARGEST_MESSAGE:
                await self.client.publish(message.reply, answer)
                self.answered += 1
        except Error as error:
            log.info("answer_not_sent", error=str(error))
        except Exception:
            log.exception("screening_failed")


class Asker:
    """Asks from any thread, over one connection of its own that is opened at the first question."""

    def __init__(self, way: Way) -> None:
        self._line = Line(way)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="screening-asker", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._line.open)
        self._loop.run_forever()

    def ask(self, request: bytes, *, within: float) -> bytes:
        """The answer of a worker. Raises ``NobodyAnswers`` after ``within`` seconds, or at once
        where no worker listens or there is no connection."""
        if not self._line.connected:
            raise NobodyAnswers(self._line.trouble)
        if len(request) > LARGEST_MESSAGE:
            raise NobodyAnswers("the question is too large")
        asked = asyncio.run_coroutine_threadsafe(self._ask(request, within), self._loop)
        try:
            return asked.result(within + 1.0)
        except (TookTooLong, Error, OSError) as error:
            asked.cancel()
            raise NobodyAnswers(str(error) or type(error).__name__) from error

    async def _ask(self, request: bytes, within: float) -> bytes:
        answer = await self._line.client.request(subjects.SCREEN, request, timeout=within)
        return bytes(answer.data)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._line.close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
