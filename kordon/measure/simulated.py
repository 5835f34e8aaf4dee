"""Nodes that live in memory, crash at any statement, and lie on links that lose and double."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kordon.journal import identity
from kordon.measure.nodes import Node
from kordon.network.desk import Headquarters
from kordon.network.link import ANSWER_S, LinkDown

T = TypeVar("T")


class Crash(BaseException):
    """The power is gone at this node. Nothing may catch it on the way."""


@dataclass
class Machine:
    """A node and what can happen to the machine it runs on.

    ``fuse``: how many statements until it crashes.
    """

    node: Node
    chance: random.Random
    down_until: float = 0.0
    fuse: int | None = None
    crashes: int = 0
    backups: list[bytes] = field(default_factory=list)

    def start(self) -> None:
        self.node.database.ensure_connection()
        self.node.database.execute_wrappers = [self._burn]

    def do(self, step: Callable[..., T], *arguments: Any) -> T:
        """Do something here. Raises ``Crash`` if the fuse burns down meanwhile."""
        try:
            with self.node.here():
                return step(*arguments)
        except Crash:
            self.crashes += 1
            self._forget_uncommitted()
            now = asyncio.get_running_loop().time()
            self.down_until = now + self.chance.uniform(0.5, 8)
            raise

    @contextmanager
    def calmly(self) -> Iterator[None]:
        """Be this node, and let nothing happen to it."""
        fuse, self.fuse = self.fuse, None
        try:
            with self.node.here():
                yield
        finally:
            self.fuse = fuse

    @property
    def awaiting(self) -> bool:
        """Whether it was restored and has not taken back yet what others hold of it."""
        return (self.node.home / identity.AWAITING_FILE).exists()

    def image(self) -> bytes:
        """The whole database, as a backup would hold it."""
        raw: Any = self.node.database.connection
        return bytes(raw.serialize())

    def load(self, image: bytes) -> None:
        raw: Any = self.node.database.connection
        raw.deserialize(image)

    def rows(self, tables: dict[str, list[str]]) -> dict[str, list[str]]:
        """Every row of these tables and columns, in an order that is always the same."""
        raw: Any = self.node.database.connection
        return {
            table: sorted(map(repr, raw.execute(f"SELECT {_named(columns)} FROM {table}")))  # noqa: S608  # nosec B608
            for table, columns in tables.items()
        }

    def new_life(self) -> str:
        """Another incarnation with another key. Returns the public key."""
        key = Ed25519PrivateKey.from_private_bytes(self.chance.randbytes(32))
        return identity.begin_again(self.node.home, key=key).public_key

    def _burn(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse <= 0:
                self.fuse = None
                raise Crash(self.node.name)
        return execute(*statement)

    def _forget_uncommitted(self) -> None:
        database: Any = self.node.database
        if database.connection.in_transaction:
            database.connection.rollback()
        database.in_atomic_block = database.needs_rollback = False
        database.savepoint_ids, database.run_on_commit = [], []
        database.autocommit = True


def _named(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@dataclass
class Weather:
    """How bad the network is: shares of messages, and seconds."""

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    longest_s: float = 14.0


class SimulatedLink:
    """A ``Link`` in memory. Messages on their way survive whoever sent them."""

    def __init__(self, post: Machine, hq: Machine, chance: random.Random, weather: Weather) -> None:
        self.post, self.hq, self.chance, self.weather = post, hq, chance, weather
        self.cut = False
        self.sent = 0
        self._news = asyncio.Event()
        self._desk = Headquarters()

    def announce(self) -> None:
        if not self.cut:
            asyncio.get_running_loop().call_later(self._delay(), self._news.set)

    async def push(self, batch: bytes) -> bytes:
        return bytes(await self._ask(self._desk.take, batch))

    async def pull(self, channel: str, after: int) -> bytes:
        return bytes(await self._ask(self._desk.give, channel, after))

    async def fetch(self, name: str, offset: int) -> bytes:
        return bytes(await self._ask(self._desk.piece, name, offset))

    async def offer(self, name: str, offset: int, piece: bytes, last: bool) -> int:
        return int(await self._ask(self._desk.keep, name, offset, piece, last))

    async def report(self, status: bytes) -> bytes:
        return bytes(await self._ask(self._desk.hear, status))

    async def news(self, timeout: float) -> bool:
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True

    async def close(self) -> None:
        return None

    async def _ask(self, deed: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self.sent += 1
        copies = 1 + (self.chance.random() < self.weather.doubled)
        for _ in range(copies):
            if self.chance.random() >= self.weather.lost:
                loop.call_later(self._delay(), self._deliver, deed, arguments, answer)
        try:
            async with asyncio.timeout(ANSWER_S):
                return await answer
        except TimeoutError as error:
            raise LinkDown("no answer in time") from error

    def _deliver(
        self, deed: Callable[..., Any], arguments: tuple[Any, ...], answer: "asyncio.Future[Any]"
    ) -> None:
        loop = asyncio.get_running_loop()
        if self.cut or loop.time() < self.hq.down_until:
            return
        try:
            said = self.hq.do(deed, self.post.node.name, *arguments)
        except Crash:
            return
        if self.chance.random() >= self.weather.lost:
            loop.call_later(self._delay(), self._hand_over, answer, said)

    def _hand_over(self, answer: "asyncio.Future[Any]", said: Any) -> None:
        if not answer.done() and not self.cut:
            answer.set_result(said)

    def _delay(self) -> float:
        if self.chance.random() < self.weather.late:
            return self.chance.uniform(0.5, self.weather.longest_s)
        return self.chance.uniform(0.01, 0.3)


def write_identity(home: Path, key: Ed25519PrivateKey, said: str) -> None:
    """Put an identity back as it was before a schedule."""
    identity.write_private(home / identity.KEY_FILE, key.private_bytes_raw().hex())
    identity.write_private(home / identity.IDENTITY_FILE, said)
    identity._cached.cache_clear()  # the file changed behind the cache's back
