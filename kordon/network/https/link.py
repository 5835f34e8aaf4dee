"""The link of a post over HTTPS: every call of ``Link`` is one signed request."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from kordon.journal.receiving import Rejected
from kordon.network.answers import say_refused
from kordon.network.https.line import Address, Answer, Line, Speaker
from kordon.network.link import LinkDown

LOOK_S = 1.0
"""How often headquarters is asked whether there is news."""


class HttpsLink:
    """``Link`` over HTTPS. Batches go up one after the other, so that none overtakes another."""

    def __init__(self, address: Address, speaker: Speaker, *, look_s: float = LOOK_S) -> None:
        self._pool = ThreadPoolExecutor(8, thread_name_prefix="https")
        self._up, self._down, self._files, self._told = (
            Line(address, speaker, self._pool) for _ in range(4)
        )
        self._look_s = look_s
        self._has: dict[str, int] = {}

    async def push(self, batch: bytes) -> bytes:
        answer = await self._up.ask("/network/push", batch)
        if answer.status in {401, 403}:
            return say_refused(Rejected(answer.code, "headquarters does not let this node in"))
        return _body(answer)

    async def pull(self, channel: str, after: int) -> bytes:
        self._has[channel] = after
        return await self._asked(self._down, "pull", channel=channel, after=after)

    async def fetch(self, name: str, offset: int) -> bytes:
        return await self._asked(self._files, "fetch", name=name, offset=offset)

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        path = _path("offer", name=name, offset=offset, last=int(last))
        reached = _body(await self._files.ask(path, piece))
        if not (reached.isdigit() and len(reached) <= 15):
            raise LinkDown("headquarters did not say how far it is")
        return int(reached)

    async def report(self, status: bytes) -> bytes:
        answer = await self._told.ask("/network/report", status)
        if answer.status in {401, 403}:
            return json.dumps({"refused": answer.code}).encode()
        return _body(answer)

    async def news(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            has = json.dumps(self._has).encode()
            if _body(await self._down.ask("/network/news", has)) == b"true":
                return True
            await asyncio.sleep(min(self._look_s, max(0.0, until - time.monotonic())))
        return False

    async def close(self) -> None:
        for line in (self._up, self._down, self._files, self._told):
            line.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _asked(self, line: Line, call: str, **asked: str | int) -> bytes:
        return _body(await line.ask(_path(call, **asked)))


def _path(call: str, **asked: str | int) -> str:
    return f"/network/{call}?{urlencode(asked)}"


def _body(answer: Answer) -> bytes:
    """Raises ``LinkDown``: who is not let in hears why when it pushes or reports."""
    if answer.status != 200:
        raise LinkDown(f"headquarters refuses: {answer.code}")
    return answer.body
