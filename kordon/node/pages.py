"""Django's synchronous path under the event loop: what was sent goes to a thread whole, and the
answer comes back whole, so that a page crosses between thread and loop once.

Every crossing waits until the other threads let go of the interpreter; chunk by chunk, a busy
node would spend more on that than on many a page.
"""

import asyncio
import contextvars
import io
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from a2wsgi.wsgi import build_environ

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Pages:
    """Answers requests whose bodies have been read, by a WSGI application of Django."""

    def __init__(self, application: Callable[..., Any], threads: ThreadPoolExecutor) -> None:
        self._application = application
        self._threads = threads

    async def answer(self, scope: Message, body: bytes, send: Send) -> None:
        environ = build_environ(cast(Any, scope), cast(Any, io.BytesIO(body)))
        loop = asyncio.get_running_loop()

        async def pass_on(message: Message) -> None:
            await send(message)

        def send_now(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(pass_on(message), loop).result()

        run = contextvars.copy_context().run
        messages = await loop.run_in_executor(
            self._threads, run, self._answer, cast(Message, environ), send_now
        )
        for message in messages:
            await send(message)

    def _answer(self, environ: Message, send_now: Callable[[Message], None]) -> list[Message]:
        """In a thread: the messages of the answer. One that comes as a stream is sent on the way,
        piece by piece as it is made, and never held whole."""
        started: list[Message] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            told = [
                (name.lower().encode("latin1"), text.encode("latin1")) for name, text in headers
            ]
            code = int(status.split(" ", 1)[0])
            started.append({"type": "http.response.start", "status": code, "headers": told})

        response = self._application(environ, start)
        try:
            if not getattr(response, "streaming", True):
                return [*started, {"type": "http.response.body", "body": b"".join(response)}]
            send_now(started[0])
            for piece in response:
                send_now({"type": "http.response.body", "body": piece, "more_body": True})
            return [{"type": "http.response.body", "body": b""}]
        finally:
            getattr(response, "close", lambda: None)()
