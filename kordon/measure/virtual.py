"""Time that passes only when everybody waits: an event loop and a clock for simulations."""

import asyncio
import os
import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


class NobodyMoves(RuntimeError):
    """Everybody waits for somebody else: time has nowhere to go."""


class Clock:
    """Seconds since the beginning; everybody who asks what time it is makes it a little later."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._asked = timedelta(0)

    def now(self) -> datetime:
        self._asked += TICK
        return BEGIN + timedelta(seconds=self.seconds) + self._asked


class _Jumping(selectors.DefaultSelector):
    """Nothing ever comes from outside: waiting is setting the clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise NobodyMoves("no timer is set and nothing is ready")
        self._clock.seconds += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is the clock's. Nothing in it may use threads or sockets."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(_Jumping(clock))
        self._virtual = clock

    def time(self) -> float:
        return self._virtual.seconds


@contextmanager
def virtual_time() -> Iterator[Clock]:
    """Let this process live in time of its own."""
    clock, before = Clock(), timezone.now
    timezone.now = clock.now
    try:
        with steps_inside_the_loop():
            yield clock
    finally:
        timezone.now = before


@contextmanager
def steps_inside_the_loop() -> Iterator[None]:
    """Let steps ask the database in the thread of the loop: there is one, and none waits inside."""
    allowed = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        yield
    finally:
        if allowed is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
