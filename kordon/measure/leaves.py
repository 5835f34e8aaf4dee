"""Two hundred posts as the broker sees them: a real leaf each, and one light connection.

Each has a key, a certificate and rights of its own. Its connection brings a small batch, which
headquarters answers with a receipt; brought again, it is answered again. The servers run
without a keeper each: two hundred more processes of Python would be what is measured.
"""

import asyncio
import base64
import contextlib
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kordon.measure.home import Home, free_ports
from kordon.measure.hub import FOLDER, Hub, make_leaf
from kordon.network.broker import making, subjects
from kordon.network.broker.client import way
from kordon.network.broker.keeper import die_with_starter
from kordon.network.broker.link import BrokerLink
from kordon.network.broker.server import MEMORY_LIMIT, ask, find
from kordon.network.link import LinkDown

AGAIN_S = 0.5
LOOK_S, CONNECTED_LOOK_S = 0.05, 0.25
RECEIPT = b'{"receipt":'


class NoAnswer(RuntimeError):
    """Not every leaf was answered in time; says which were not."""


@dataclass
class Leaf:
    """One post's server and its connection. ``answered``: when its last answer came, and when
    what that answers was sent (monotonic seconds)."""

    home: Home
    name: str
    conf: Path
    batch: bytes = b""
    process: "subprocess.Popen[bytes] | None" = None
    link: BrokerLink | None = None
    answered: tuple[float, float] = (0.0, 0.0)
    answers: int = 0

    def start(self, program: str) -> None:
        with self.conf.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(  # nosec B603
                [program, "-c", str(self.conf)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"GOMEMLIMIT": MEMORY_LIMIT, **os.environ},
                preexec_fn=die_with_starter if sys.platform == "linux" else None,  # noqa: PLW1509
            )

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    async def call(self) -> None:
        """Bring the batch once. Raises ``LinkDown``."""
        assert self.link is not None
        begun = time.monotonic()
        answer = await self.link.push(self.batch)
        if not answer.startswith(RECEIPT):
            raise NoAnswer(f"{self.name} was answered {answer[:200].decode(errors='replace')}")
        self.answered = begun, time.monotonic()
        self.answers += 1

    async def go_on(self, every_s: float, hurry: asyncio.Event) -> None:
        """Bring it again and again, until cancelled; sooner while it is not answered, and at once
        when all are to ``hurry``."""
        while True:
            try:
                hurried = hurry.is_set()
                await self.call()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(every_s):
                        await (asyncio.sleep(every_s) if hurried else hurry.wait())
            except LinkDown:
                await asyncio.sleep(AGAIN_S)


@dataclass
class Leaves:
    """Made and enrolled; ``with`` starts the servers and ends them, whatever happened."""

    hub: Hub
    each: list[Leaf] = field(default_factory=list)

    @classmethod
    def make(cls, hub: Hub, hq: Home, folder: Path, count: int) -> Self:
        """``folder``: takes a folder for each. Headquarters believes them afterwards."""
        made = cls(hub)
        taken = {hub.clients, hub.leaves, hub.watching}
        free = iter(port for port in free_ports(2 * count + len(taken)) if port not in taken)
        for number in range(1, count + 1):
            name = f"P{number:03}"
            home = Home(folder / name)
            home.folder.mkdir()
            hub.enrol(home, name)
            server = make_leaf(home, name, f"localhost:{hub.leaves}", (next(free), next(free)))
            made.each.append(Leaf(home, name, server.configuration))
        names = [leaf.name for leaf in made.each]
        batches = hq.call("kordon.measure.leaves:introduce", names=names)
        for leaf in made.each:
            leaf.batch = base64.b64decode(batches[leaf.name])
        return made

    def __enter__(self) -> Self:
        program = find()
        for leaf in self.each:
            leaf.start(program)
        return self

    def __exit__(self, *_: object) -> None:
        for leaf in self.each:
            leaf.stop()

    def wait_until_connected(self, patience: float) -> None:
        """Raises ``TimeoutError``. Asking more often would be work for the hub too."""
        until = time.monotonic() + patience
        while (there := self.connected()) < len(self.each):
            if time.monotonic() > until:
                raise TimeoutError(f"{there} of {len(self.each)} leaves are connected")
            time.sleep(CONNECTED_LOOK_S)

    def connected(self) -> int:
        """How many the hub has now."""
        try:
            return int(ask(self.hub.server.monitoring, "/varz").get("leafnodes", 0))
        except OSError:
            return 0

    def open(self) -> None:
        """Inside a running loop: connect to each leaf."""
        for leaf in self.each:
            url = leaf.home.changes["KORDON_BROKER"]
            folder = leaf.home.folder / FOLDER
            to = way(folder, making.NODE, url=url, inbox=subjects.inbox(leaf.name))
            leaf.link = BrokerLink(to, leaf.name)
            leaf.link.open()

    async def close(self) -> None:
        await asyncio.gather(*(leaf.link.close() for leaf in self.each if leaf.link))

    async def answered_since(self, moment: float, patience: float) -> list[float]:
        """When the first answer to what was sent after ``moment`` came to each. Raises
        ``NoAnswer``."""
        first: dict[str, float] = {}
        until = time.monotonic() + patience
        while len(first) < len(self.each):
            for leaf in self.each:
                sent, came = leaf.answered
                if sent >= moment:
                    first.setdefault(leaf.name, came)
            if time.monotonic() > until:
                missing = [leaf.name for leaf in self.each if leaf.name not in first]
                raise NoAnswer(f"{len(missing)} were not answered: {' '.join(missing[:10])}")
            await asyncio.sleep(LOOK_S)
        return list(first.values())


def memory_of(pid: int) -> float:
    """Megabytes a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    held = next(line for line in lines if line.startswith("VmRSS:"))
    return int(held.split()[1]) / 1024


def processor_of(pid: int) -> float:
    """Seconds of the processor a process has used until now."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def introduce(names: list[str]) -> dict[str, str]:
    """Runs at headquarters: believe these posts; the first batch of each, in base64."""
    from kordon.journal import identity  # noqa: PLC0415  (the measuring process stays without it)
    from kordon.journal.facts import NodeEnrolled, NodeKind  # noqa: PLC0415
    from kordon.journal.wire import encode  # noqa: PLC0415
    from kordon.journal.writing import record_many, writing  # noqa: PLC0415
    from kordon.measure.nodes import EVERYTHING  # noqa: PLC0415
    from kordon.measure.scribe import Scribe  # noqa: PLC0415

    me = identity.mine()
    scribes = [Scribe(node=name, key=Ed25519PrivateKey.generate()) for name in names]
    keys = {each.node: each.key.public_key().public_bytes_raw().hex() for each in scribes}
    nodes = {me.node: (NodeKind.HQ, me.public_key)}
    nodes |= {name: (NodeKind.POST, key) for name, key in keys.items()}
    with writing():
        record_many(
            (NodeEnrolled(node=name, node_kind=kind, incarnation=1, public_key=key), EVERYTHING)
            for name, (kind, key) in nodes.items()
        )
    made = {each.node: each.batch(*(each.line() for _ in range(4))) for each in scribes}
    return {name: base64.b64encode(encode(batch)).decode() for name, batch in made.items()}
