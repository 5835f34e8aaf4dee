"""The watchdog of a post's leaf: one that stopped reconnecting is restarted.

Leaves on bad lines have been seen to hang for hours while HQ could be reached (nats-server
issue 7615). So: HQ not heard for a minute, but its address takes a TCP connection → restart.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import structlog

log = structlog.get_logger("kordon.network")

SILENCE_S = 60.0
LOOK_EVERY_S = 5.0
REACH_S = 5.0
STUCK_FILE, HUB_STUCK_FILE = "leaf.stuck", "hub.stuck"
PORTS = {"tls": 7422, "wss": 443}


class Verdict(StrEnum):
    HEARD = "heard"
    WAITING = "waiting"  # not heard, but not for long, or the leaf was restarted just now
    UNREACHABLE = "unreachable"  # the line is down: a restart would help nobody
    STUCK = "stuck"


class LeafWatchdog:
    """``heard``: monotonic seconds when HQ was last heard, None if never. ``restart`` is called,
    in a thread, when the leaf is stuck, and then not again before another ``silence``."""

    def __init__(
        self,
        *,
        heard: Callable[[], float | None],
        reaches: Callable[[], Awaitable[bool]],
        restart: Callable[[], None],
        silence: float = SILENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._heard, self._reaches, self._restart = heard, reaches, restart
        self._silence, self._clock = silence, clock
        self._since = clock()
        self.restarts = 0

    async def look(self) -> Verdict:
        """Look once, and restart the leaf if it is stuck."""
        now, heard = self._clock(), self._heard()
        quiet = now - max(self._since, heard if heard is not None else self._since)
        if quiet < self._silence:
            return Verdict.HEARD if heard is not None and heard >= self._since else Verdict.WAITING
        if not await self._reaches():
            return Verdict.UNREACHABLE
        log.error("leaf_stuck", silent_s=round(quiet))
        self._since = now
        self.restarts += 1
        await asyncio.to_thread(self._restart)
        return Verdict.STUCK

    async def watch(self, every: float = LOOK_EVERY_S) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:  # a restart that fails is tried again; the watchdog stays
                log.exception("leaf_not_restarted")
            await asyncio.sleep(every)


def address_of(url: str) -> tuple[str, int]:
    """Host and port behind ``tls://…`` or ``wss://…``."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


async def reaches(url: str) -> bool:
    """Whether HQ's address takes a TCP connection."""
    host, port = address_of(url)
    try:
        async with asyncio.timeout(REACH_S):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:  # a timeout is one too
        return False
    writer.close()
    return True


def ask_systemd(folder: Path, file: str = STUCK_FILE) -> None:
    """For a server that systemd runs: a path unit restarts it when this file changes.

    An empty file needs no room: a full disk is one reason why it must be restarted.
    """
    (folder / file).touch()
