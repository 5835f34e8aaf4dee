"""HQ's server and posts with leaves, as real processes on loopback, and a desk in memory."""

import asyncio
import contextlib
import shutil
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kordon.measure.home import free_port
from kordon.network.broker import making, pki, subjects, writing_conf
from kordon.network.broker.client import Way, way
from kordon.network.broker.desk import BrokerDesk
from kordon.network.broker.keys import read
from kordon.network.broker.link import BrokerLink
from kordon.network.broker.server import Server
from kordon.network.ending import end
from kordon.network.link import LARGEST_PIECE, LinkDown

PATIENCE_S = 60.0
MEGABYTE = 1024**2
T = TypeVar("T")


def free_address() -> str:
    return f"127.0.0.1:{free_port()}"


def port(address: str) -> str:
    return address.rpartition(":")[2]


async def until(holds: Callable[[], object], patience: float = PATIENCE_S) -> None:
    """Wait on a condition."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.02)


async def again(call: Callable[[], Awaitable[T]], patience: float = PATIENCE_S) -> T:
    """Call until the link is up."""
    end = time.monotonic() + patience
    while True:
        try:
            return await call()
        except LinkDown:
            assert time.monotonic() < end, "the link never came up"
            await asyncio.sleep(0.05)


class MemoryDesk:
    """What a desk does, on dictionaries. A batch taken twice is answered the same."""

    def __init__(self) -> None:
        self.taken: dict[str, list[bytes]] = {}
        self.channels: dict[str, list[bytes]] = {}
        self.files: dict[str, bytes] = {}
        self.offered: dict[str, bytes] = {}
        self.heard: list[tuple[str, bytes]] = []
        self.fails_at = b""
        self.may_take = threading.Event()
        self.may_take.set()

    def take(self, node: str, batch: bytes) -> bytes:
        assert self.may_take.wait(PATIENCE_S)
        if self.fails_at and self.fails_at in batch:
            raise ZeroDivisionError
        taken = self.taken.setdefault(node, [])
        if batch not in taken[-512:]:
            taken.append(batch)
        return self.receipt(node, batch)

    @staticmethod
    def receipt(node: str, batch: bytes) -> bytes:
        return node.encode() + sha256(batch).digest()

    def give(self, node: str, channel: str, after: int) -> bytes:
        return (self.channels.get(channel, [])[after:] or [b""])[0]

    def piece(self, node: str, name: str, offset: int) -> bytes:
        return self.files.get(name, b"")[offset : offset + LARGEST_PIECE]

    def keep(self, node: str, name: str, offset: int, piece: bytes, last: bool) -> int:
        have = self.offered.get(name, b"")
        if offset == len(have):
            self.offered[name] = have + piece
        return len(self.offered.get(name, b""))

    def hear(self, node: str, status: bytes) -> bytes:
        self.heard.append((node, status))
        return b"heard " + status


class Field:
    """One HQ and its posts. ``direct``: posts without a leaf, as clients of HQ's server."""

    def __init__(self, folder: Path, nodes: tuple[str, ...] = ("NORTH", "SO.UTH")) -> None:
        self.folder, self.hq = folder, folder / "hq"
        self.names = ["localhost", "127.0.0.1"]
        self.keys = making.make_hub(self.hq, self.names)
        self.nkeys = {node: self.enrol(node) for node in nodes}
        self.hub_conf = writing_conf.Hub(
            folder=self.hq,
            store=self.hq / "store",
            store_bytes=64 * MEGABYTE,
            clients=free_address(),
            leaves=free_address(),
            websocket=free_address(),
            monitoring=free_address(),
        )
        self.write_users()
        self.hub = Server(
            writing_conf.write_hub(self.hub_conf), monitoring=self.hub_conf.monitoring
        )
        self.leaves: dict[str, Server] = {}
        self.desk = MemoryDesk()

    def enrol(self, node: str) -> str:
        asked = making.ask(self.folder / node, node)
        authority = pki.read_authority(self.hq)
        signed = authority.sign_node(asked.request, node)
        making.accept(self.folder / node, certificate=signed, authority=authority.pem)
        return asked.nkey

    def write_users(self) -> None:
        public = {name: key.public for name, key in vars(self.keys).items()}
        writing_conf.write_users(self.hq, nodes=self.nkeys, **public)

    def leaf(self, node: str, scheme: str = "tls", folder: Path | None = None) -> Server:
        """The post's server, started."""
        to = self.hub_conf.leaves if scheme == "tls" else self.hub_conf.websocket
        home = folder or self.folder / node
        conf = writing_conf.Leaf(
            folder=home,
            node=node,
            hq=[f"{scheme}://localhost:{port(to)}"],
            clients=free_address(),
            monitoring=free_address(),
        )
        path = writing_conf.write_leaf(conf, read(home / "node.nk"))
        server = Server(path, monitoring=conf.monitoring)
        server.clients = conf.clients  # type: ignore[attr-defined]
        self.leaves[node] = server
        server.start()
        return server

    def close(self) -> None:
        for server in (*self.leaves.values(), self.hub):
            server.stop()

    # -- how each of them connects

    def hub_url(self) -> str:
        return f"tls://localhost:{port(self.hub_conf.clients)}"

    def desk_way(self) -> Way:
        return way(self.hq, making.DESK, url=self.hub_url(), inbox="_INBOX_hq")

    def screening_way(self) -> Way:
        return way(self.hq, making.SCREENING, url=self.hub_url(), inbox=subjects.SCREEN_INBOX)

    def system_way(self) -> Way:
        return Way(
            url=self.hub_url(),
            key=self.keys.system,
            inbox="_INBOX",
            certificate=self.hq / "desk.crt",
        )

    def node_way(self, node: str) -> Way:
        """To the post's leaf if it has one, else straight to HQ."""
        url = self.hub_url()
        if node in self.leaves:
            url = f"nats://{self.leaves[node].clients}"  # type: ignore[attr-defined]
        return way(self.folder / node, making.NODE, url=url, inbox=subjects.inbox(node))

    @contextlib.asynccontextmanager
    async def serving(self, **more: object) -> AsyncIterator[BrokerDesk]:
        """HQ's application, ready."""
        desk = BrokerDesk(self.desk_way(), self.desk, monitoring=self.hub_conf.monitoring, **more)
        running = asyncio.create_task(desk.run())
        try:
            await until(lambda: running.done() or not desk.store_trouble)
            yield desk
        finally:
            failed = running.done()
            await end(running)
            if failed:
                running.result()

    @contextlib.asynccontextmanager
    async def linked(self, node: str, answer_s: float = 10.0) -> AsyncIterator[BrokerLink]:
        """The post's end, and HQ has answered it once."""
        link = BrokerLink(self.node_way(node), node, answer_s=answer_s)
        link.open()
        try:
            await again(lambda: link.pull("none", 0))
            yield link
        finally:
            await link.close()

    def wipe_store(self) -> None:
        """As ``rm -rf`` does it: a running server may put files back meanwhile."""
        for _ in range(5):
            shutil.rmtree(self.hub_conf.store, ignore_errors=True)
