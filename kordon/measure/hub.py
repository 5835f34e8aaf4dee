"""The broker of a temporary headquarters: the real server, which may be killed and robbed."""

import shutil
import threading
from pathlib import Path

from kordon.measure.home import Home, free_port
from kordon.network.broker import making, pki, writing_conf
from kordon.network.broker.keys import read
from kordon.network.broker.server import Server

MEGABYTE = 1024**2
STORE_BYTES = 512 * MEGABYTE
FOLDER = "network"


class Hub:
    """A server on ports of its own. Its keys lie where headquarters looks for them.

    ``store``, ``store_bytes``: where it keeps what it stores, and how much at most.
    """

    def __init__(
        self,
        hq: Home,
        *,
        names: tuple[str, ...] = ("localhost", "127.0.0.1"),
        store: Path | None = None,
        store_bytes: int = STORE_BYTES,
    ) -> None:
        self.folder = hq.folder / FOLDER
        self.keys = making.make_hub(self.folder, list(names))
        self.nodes: dict[str, str] = {}
        self.clients, self.leaves, self.watching = free_port(), free_port(), free_port()
        self.conf = writing_conf.Hub(
            folder=self.folder,
            store=store or self.folder / "store",
            store_bytes=store_bytes,
            clients=f"0.0.0.0:{self.clients}",  # nosec B104 (posts in other namespaces reach it)
            leaves=f"0.0.0.0:{self.leaves}",  # nosec B104
            websocket="",
            monitoring=f"127.0.0.1:{self.watching}",
        )
        self.kills = 0
        self._turn = threading.Lock()
        hq.changes |= {
            "KORDON_BROKER": f"tls://localhost:{self.clients}",
            "KORDON_BROKER_MONITORING": self.conf.monitoring,
        }

    def enrol(self, post: Home, name: str) -> None:
        """Give a post its keys; known to the server from its next start."""
        asked = making.ask(post.folder / FOLDER, name)
        authority = pki.read_authority(self.folder)
        signed = authority.sign_node(asked.request, name)
        making.accept(post.folder / FOLDER, certificate=signed, authority=authority.pem)
        self.nodes[name] = asked.nkey

    def write(self) -> None:
        """What the server reads at its start, and when it is told to read again."""
        public = {name: key.public for name, key in vars(self.keys).items()}
        writing_conf.write_users(self.folder, nodes=self.nodes, **public)
        writing_conf.write_hub(self.conf)

    def start(self) -> None:
        self.write()
        path = self.folder / writing_conf.HUB_FILE
        self.server = Server(path, monitoring=self.conf.monitoring)
        self.server.start()

    def kill(self) -> None:
        with self._turn:
            self.server.kill()
            self.kills += 1

    def start_again(self) -> None:
        with self._turn:
            self.server.start()

    def stop(self) -> None:
        with self._turn:
            self.server.stop()

    def delete_store(self) -> None:
        """``rm -rf``, whether it runs or not: a running one may put files back meanwhile."""
        for _ in range(5):
            shutil.rmtree(self.conf.store, ignore_errors=True)


def make_leaf(post: Home, name: str, hub: str, ports: tuple[int, int] | None = None) -> Server:
    """A post's own server, not yet started, which reaches the hub at this address.

    ``ports``: for clients and for watching it, where many are made at once.
    """
    folder = post.folder / FOLDER
    clients, watching = ports or (free_port(), free_port())
    conf = writing_conf.Leaf(
        folder=folder,
        node=name,
        hq=[f"tls://{hub}"],
        clients=f"127.0.0.1:{clients}",
        monitoring=f"127.0.0.1:{watching}",
    )
    path: Path = writing_conf.write_leaf(conf, read(folder / f"{making.NODE}.nk"))
    post.changes["KORDON_BROKER"] = f"nats://127.0.0.1:{clients}"
    return Server(path, monitoring=conf.monitoring)
