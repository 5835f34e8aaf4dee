"""A connection to nats-server that authenticates with our nkeys and outlives every fault."""

import asyncio
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from nats.aio.client import Client as NatsClient
from nats.errors import Error

from kordon.network.broker import keys
from kordon.network.broker.keys import NKey
from kordon.network.ending import end

log = structlog.get_logger("kordon.network")

CONNECT_S, RECONNECT_S, AGAIN_S = 5.0, 0.5, 1.0
PING_S, PINGS = 5, 2


@dataclass(frozen=True, kw_only=True)
class Way:
    """How one of us reaches a server: its address, the nkey, and for ``tls://`` a certificate.

    ``inbox`` begins the subjects on which answers are heard.
    """

    url: str
    key: NKey
    inbox: str
    certificate: Path | None = None  # beside it lie the key and the authority's ``ca.crt``

    def tls(self) -> ssl.SSLContext | None:
        if self.certificate is None:
            return None
        context = ssl.create_default_context(cafile=self.certificate.with_name("ca.crt"))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        return context


def way(folder: Path, who: str, *, url: str, inbox: str) -> Way:
    """The way of whoever has ``who.nk`` and ``who.crt`` in this folder. Raises ``OSError``."""
    secure = url.startswith(("tls://", "wss://"))
    certificate = folder / f"{who}.crt" if secure else None
    return Way(url=url, key=keys.read(folder / f"{who}.nk"), inbox=inbox, certificate=certificate)


class Client(NatsClient):
    """The library's client, with two places of its own made good."""

    def _setup_nkeys_seed_connect(self) -> None:
        # The library would want another one for nkeys that has no wheel.
        key = keys.from_seed(str(self._nkeys_seed_str))
        self._public_nkey = key.public
        self._signature_cb = lambda nonce: key.sign(nonce.encode())

    async def _process_headers(self, headers: Any) -> dict[str, str] | None:
        # Headers come from posts as they like. A bad one must not end the reading of all others.
        try:
            return await super()._process_headers(headers)
        except (ValueError, IndexError):
            return None


class Line:
    """One client, connected and connected again until ``close``.

    ``ready`` is called after every (re)connection; with ``fresh`` where subscriptions must be
    made anew, because the client is a new one.
    """

    def __init__(self, way: Way) -> None:
        self.way = way
        self.client = Client()
        self.trouble = "not connected yet"
        self._closed = asyncio.Event()
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self.client.is_connected

    def open(self) -> None:
        self._task = asyncio.create_task(self._stay())

    async def close(self) -> None:
        self._closed.set()
        if self._task is not None:
            await end(self._task)
        await self.client.close()

    async def connect_anew(self) -> None:
        """Leave this connection for one that shows the certificate of now."""
        await self.client.close()

    async def ready(self, *, fresh: bool) -> None:
        """What is to be done once connected; subclasses subscribe here."""

    async def _stay(self) -> None:
        while not self._closed.is_set():
            try:
                await self._connect()
                await self._ended.wait()
            except (TimeoutError, OSError, Error) as error:
                self.trouble = str(error) or type(error).__name__
                await self.client.close()
            await asyncio.sleep(AGAIN_S)

    async def _connect(self) -> None:
        self.client, self._ended = Client(), asyncio.Event()
        await self.client.connect(
            self.way.url,
            nkeys_seed_str=self.way.key.seed,
            inbox_prefix=self.way.inbox,
            tls=self.way.tls(),
            connect_timeout=int(CONNECT_S),
            reconnect_time_wait=RECONNECT_S,  # type: ignore[arg-type]  # seconds, also parts of one
            max_reconnect_attempts=-1,
            ping_interval=PING_S,
            max_outstanding_pings=PINGS,
            error_cb=self._note,
            reconnected_cb=self._again,
            closed_cb=self._end,
        )
        await self.ready(fresh=True)
        self.trouble = ""

    async def _note(self, error: Exception) -> None:
        self.trouble = str(error) or type(error).__name__
        log.debug("broker_trouble", error=self.trouble)

    async def _again(self) -> None:
        self.trouble = ""
        await self.ready(fresh=False)

    async def _end(self) -> None:
        self._ended.set()
