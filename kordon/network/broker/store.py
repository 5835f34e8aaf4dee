"""The stream UP on the hub: made where it is missing, examined, probed, and read in order.

It may vanish at any time (its files deleted, the disk replaced, the server broken by a full
disk). Nothing is lost by that: what HQ has not answered, posts send again. So whenever the
store does not do what it should, it is thrown away and made anew.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from nats.aio.msg import Msg
from nats.errors import Error

from kordon.network.broker.checking import check_server, check_stream
from kordon.network.broker.client import Client
from kordon.network.broker.subjects import CONSUMER, PROBE, STORED, STREAM
from kordon.network.link import LARGEST_MESSAGE

log = structlog.get_logger("kordon.network")

API_S, PROBE_S = 5.0, 3.0
REQUEST_S = 5.0  # how long the server keeps one request for messages open
SECOND_NS = 1_000_000_000
AT_ONCE = 32 * 1024 * 1024  # bytes for one request: batches are held in memory
KEPT_NS = 24 * 3600 * SECOND_NS  # what HQ could not take in a day, the post has sent again
REDELIVER_NS = 15 * SECOND_NS  # what went to a reader that died just then
SHARE = 3, 4  # of the server's room that the stream may use
ALARM = 0.8  # of that: the store counts as full
MISSING, FULL = {10014, 10059}, {10047, 10054, 10077, 10122}  # nats-server's error codes


class StoreLost(Exception):
    """The store does not answer, or is gone."""


class StoreRefuses(Exception):
    """The store is full: it takes nothing until HQ has taken something out, or there is room."""


class Store:
    """The stream and its one reader, over a connected client."""

    def __init__(self, client: Client, *, monitoring: str, arrived: Callable[[Msg], None]) -> None:
        self.client, self.monitoring = client, monitoring
        self._arrived = arrived
        self._inbox = ""
        self._open = 0  # messages the open request may still bring
        self._open_until = 0.0
        self._tidied = 0  # up to this number of the stream
        self.folder: Path | None = None  # where it lies, once the server has told it
        self.stirred = asyncio.Event()  # something arrived, or a request is over
        self.gone = False

    async def prepare(self, *, anew: bool) -> None:
        """Have stream and reader there, and safe. Raises ``UnsafeBroker``, ``StoreLost``."""
        try:
            server = await asyncio.to_thread(check_server, self.monitoring)
        except OSError as error:
            raise StoreLost(f"the hub's monitoring does not answer: {error}") from error
        room, self.folder = int(server["max_storage"]), Path(server.get("store_dir", ""))
        if anew:
            await self._call(f"STREAM.DELETE.{STREAM}", {}, but=MISSING)
        there = await self._call(f"STREAM.INFO.{STREAM}", {}, but=MISSING)
        if "config" not in there:
            there = await self._call(f"STREAM.CREATE.{STREAM}", _stream(room))
            log.warning("broker_store_made", stream=STREAM)
        check_stream(there["config"], room=room)
        # A reader that died has requests open. The server would try to answer them, over and
        # over (three hundred thousand times in seconds were seen), and hold back what it tried.
        await self._call(f"CONSUMER.DELETE.{STREAM}.{CONSUMER}", {}, but=MISSING)
        wanted = {"stream_name": STREAM, "config": _reader()}
        await self._call(f"CONSUMER.CREATE.{STREAM}.{CONSUMER}", wanted)
        if not self._inbox:
            self._inbox = self.client.new_inbox()
            await self.client.subscribe(self._inbox, cb=self._hear)
        self._open, self._tidied, self.gone = 0, 0, False

    async def leave(self) -> None:
        """Leave no reader behind: messages would go to it until its last request is over."""
        if self.client.is_connected:
            with suppress(StoreLost):
                await self._call(f"CONSUMER.DELETE.{STREAM}.{CONSUMER}", {}, but=MISSING)

    async def probe(self) -> None:
        """Put a message of our own in. Raises ``StoreLost``, ``StoreRefuses``."""
        try:
            answer = await self.client.request(PROBE, b"", timeout=PROBE_S)
            told = json.loads(answer.data)
        except (Error, TimeoutError, ValueError) as error:
            raise StoreLost("it does not take a message") from error
        if refused := told.get("error"):
            why = str(refused.get("description"))
            raise (StoreRefuses if refused.get("err_code") in FULL else StoreLost)(why)
        there = await self._call(f"STREAM.INFO.{STREAM}", {})
        held, most = int(there["state"]["bytes"]), int(there["config"]["max_bytes"])
        if held > most * ALARM:  # a small message may still go in where a batch does not
            raise StoreRefuses(f"{held} of {most} bytes are not answered yet")

    async def tidy(self) -> None:
        """Remove what HQ has answered. Raises ``StoreLost``."""
        reader = await self._call(f"CONSUMER.INFO.{STREAM}.{CONSUMER}", {})
        done = int(reader["ack_floor"]["stream_seq"])
        if done > self._tidied:
            await self._call(f"STREAM.PURGE.{STREAM}", {"seq": done + 1})
            self._tidied = done

    async def ask_for(self, count: int) -> None:
        """Let the server send up to ``count`` messages, unless it was asked already."""
        now = asyncio.get_running_loop().time()
        if count <= 0 or (self._open > 0 and now < self._open_until):
            return
        self._open, self._open_until = count, now + REQUEST_S + 1
        wish = {"batch": count, "expires": int(REQUEST_S * SECOND_NS), "max_bytes": AT_ONCE}
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{CONSUMER}"
        await self.client.publish(subject, json.dumps(wish).encode(), reply=self._inbox)

    async def _hear(self, message: Msg) -> None:
        status = (message.headers or {}).get("Status", "")
        if status in {"", None}:
            self._open -= 1
            self._arrived(message)
        elif status != "100":
            self._open = 0
            said = str((message.headers or {}).get("Description", "")).lower()
            self.gone |= status == "503" or "deleted" in said
        self.stirred.set()

    async def _call(
        self, subject: str, asked: dict[str, Any], but: set[int] | None = None
    ) -> dict[str, Any]:
        """The server's answer; an error whose code is in ``but`` is an answer too."""
        try:
            message = json.dumps(asked).encode() if asked else b""
            answer = await self.client.request(f"$JS.API.{subject}", message, timeout=API_S)
            told: dict[str, Any] = json.loads(answer.data)
        except (Error, TimeoutError, ValueError) as error:
            raise StoreLost(f"{subject} is not answered") from error
        refused = told.get("error")
        if refused and refused.get("err_code") not in (but or set()):
            raise StoreLost(f"{subject}: {refused.get('description')}")
        return told


def _stream(room: int) -> dict[str, Any]:
    return {
        "name": STREAM,
        "subjects": [STORED],
        "storage": "file",
        # Not a work queue: that writes, and waits for the disk, once more for each message.
        "retention": "limits",
        "discard": "new",
        "max_bytes": room * SHARE[0] // SHARE[1],
        "max_msg_size": LARGEST_MESSAGE,
        "max_age": KEPT_NS,
        "num_replicas": 1,
    }


def _reader() -> dict[str, Any]:
    return {
        "durable_name": CONSUMER,
        "ack_policy": "explicit",
        "deliver_policy": "all",
        "ack_wait": REDELIVER_NS,
        "max_ack_pending": 4096,
    }
