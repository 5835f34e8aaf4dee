"""The node as one application on one port.

Pages and machines run on Django's synchronous path in a fixed pool of threads (measured two to
ten times quicker than the asynchronous one); only ``/events/``, where a browser waits for news
for hours, runs on the event loop.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone

from kordon.node.pages import Pages
from kordon.node.starting import check_durability, check_identity, migrate
from kordon.node.working import beside
from kordon.watchlist import screening_index

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = structlog.get_logger("kordon.server")

READ_AHEAD = 1024 * 1024
PATIENCE_S = 30

_django = get_wsgi_application()
# Uploads are read by the page that takes them, in the same threads as all pages.
_uploads = WSGIMiddleware(_django, workers=settings.KORDON_THREADS)  # type: ignore[arg-type]
_pages = Pages(_django, _uploads.executor)
_events: Callable[[Any, Any, Any], Awaitable[None]] = get_asgi_application()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """What granian calls."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif scope["path"].startswith("/events/"):
        await _events(scope, receive, send)
    else:
        await _answer(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    """Refuse to start unless the node keeps its promises; stop the worker with the server."""
    await receive()
    try:
        await asyncio.to_thread(_check)
    except Exception as error:  # whatever it is, the server must hear that it cannot start
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        raise
    follow = asyncio.create_task(_follow(os.getppid()))
    with beside(settings.KORDON_WORKER == "beside"):
        await send({"type": "lifespan.startup.complete"})
        warming = asyncio.create_task(asyncio.to_thread(_load_index))
        await receive()
    warming.cancel()
    follow.cancel()
    await send({"type": "lifespan.shutdown.complete"})


def _check() -> None:
    check_identity()
    check_durability()
    migrate(lambda text: log.info("migrating", text=text))
    connection.close()


def _load_index() -> None:
    screening_index.load(timezone.localdate())
    connection.close()


async def _follow(parent: int) -> None:
    """End with the process that watches over this one: unwatched, nobody would restart it."""
    while os.getppid() == parent:
        await asyncio.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    """Let no slow or endless sender hold one of the few threads."""
    length = _length(scope)
    if length is None:
        await _turn_away(send, 411, b"The length of what is sent must be said.")
    elif length > settings.KORDON_UPLOAD_LIMIT:
        await _turn_away(send, 413, b"That is more than this node accepts.")
    elif length > READ_AHEAD:
        await _uploads(scope, receive, send)  # type: ignore[arg-type]
    else:
        try:
            read = await asyncio.wait_for(_read_whole(receive), PATIENCE_S) if length else b""
        except TimeoutError:
            await _turn_away(send, 408, b"What was announced did not come.")
            return
        await _pages.answer(scope, read, send)


def _length(scope: Message) -> int | None:
    """How much will be sent; None if it will not say or speaks nonsense."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    text = headers.get(b"content-length", b"0")
    return int(text) if text.isdigit() else None


async def _read_whole(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _turn_away(send: Send, status: int, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
