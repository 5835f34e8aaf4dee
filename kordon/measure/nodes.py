"""Several nodes in one process: each a folder, an identity and a database of its own.

    with Nodes() as nodes:
        hq, post = nodes.hq(), nodes.post("AKSUU")
        with post.here():
            record_something()

Inside ``here()`` everything of Kordon believes to be that node. Databases are real SQLite files
with a node's settings, copied from one that was migrated once.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.facts import NodeEnrolled, NodeKind
from kordon.journal.reacting import SYSTEM
from kordon.journal.writing import record, writing

EVERYTHING = Actor(
    id=SYSTEM, name="measure", agency="BORDER", rights=frozenset((*COMMANDS, *QUERIES))
)
SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
}


@dataclass
class Node:
    """One node. ``kind`` as in ``KORDON_KIND``."""

    name: str
    kind: str
    home: Path
    database: BaseDatabaseWrapper

    @contextmanager
    def here(self) -> Iterator["Node"]:
        """Be this node."""
        before = connections["default"], settings.KORDON_HOME, settings.KORDON_KIND
        connections["default"] = self.database
        settings.KORDON_HOME, settings.KORDON_KIND = self.home, self.kind
        try:
            yield self
        finally:
            connections["default"], settings.KORDON_HOME, settings.KORDON_KIND = before

    def begin_anew(self) -> None:
        """As after a crash: what was not committed is gone."""
        self.database.close()

    @property
    def public_key(self) -> str:
        return identity.read(self.home).public_key


class Nodes:
    """Makes nodes in a temporary folder, and headquarters that knows them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kordon-nodes-"))
        self.made: list[Node] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.made:
            node.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make(
        self,
        name: str,
        kind: str,
        *,
        in_memory: bool = False,
        database: dict[str, Any] | None = None,
    ) -> Node:
        """A node that nobody knows yet. ``in_memory``: its database lies in no file.

        ``database``: as Django describes one; it is empty and not SQLite's.
        """
        home = self.folder / name
        home.mkdir()
        if database:
            opened = _open_described({**connections.settings["default"], "OPTIONS": {}, **database})
            _migrate(opened)
        elif in_memory:
            opened = _open(":memory:")
            _fill(opened, migrated())
        else:
            shutil.copy(migrated(), home / "kordon.sqlite3")
            opened = _open(home / "kordon.sqlite3")
        node = Node(name, kind, home, opened)
        identity.create(home, name)
        self.made.append(node)
        return node

    def backup(self, node: Node) -> Path:
        """The node's database as it is now, in a file."""
        file = self.folder / f"{node.name}-{len(list(self.folder.iterdir()))}.backup"
        with node.here(), sqlite3.connect(file) as copy:
            node.database.ensure_connection()
            node.database.connection.backup(copy)
        return file

    def restore(self, node: Node, backup: Path) -> None:
        """Put an older database under the node: what happened since is lost there."""
        node.database.close()
        for suffix in ("-wal", "-shm"):
            (node.home / f"kordon.sqlite3{suffix}").unlink(missing_ok=True)
        shutil.copy(backup, node.home / "kordon.sqlite3")

    def hq(
        self,
        name: str = "HQ",
        *,
        in_memory: bool = False,
        database: dict[str, Any] | None = None,
    ) -> Node:
        """Headquarters, which has enrolled itself."""
        node = self.make(name, "hq", in_memory=in_memory, database=database)
        enrol(node, node, NodeKind.HQ)
        return node

    def post(self, name: str, hq: Node, *, in_memory: bool = False) -> Node:
        """A post enrolled at this headquarters."""
        node = self.make(name, "post", in_memory=in_memory)
        enrol(hq, node, NodeKind.POST)
        identity.pin(node.home, identity.Headquarters(node=hq.name, public_key=hq.public_key))
        return node


def enrol(hq: Node, node: Node, kind: NodeKind) -> None:
    """Let headquarters believe a node."""
    fact = NodeEnrolled(node=node.name, node_kind=kind, incarnation=1, public_key=node.public_key)
    with hq.here(), writing():
        record(fact, by=EVERYTHING)


def _fill(database: BaseDatabaseWrapper, file: Path) -> None:
    database.ensure_connection()
    raw: Any = database.connection
    image = bytearray(file.read_bytes())
    image[18:20] = b"\1\1"  # in memory there is no write-ahead log (fileformat2.html, 1.3.3)
    raw.deserialize(bytes(image))


def _open(file: Path | str) -> BaseDatabaseWrapper:
    """SQLite as a post has it, whatever this process itself runs on."""
    described = {**connections.settings["default"], "NAME": str(file)}
    if described["ENGINE"] != SQLITE:
        described |= {"ENGINE": SQLITE, "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    return _open_described(described)


def _open_described(described: dict[str, Any]) -> BaseDatabaseWrapper:
    backend: Any = load_backend(described["ENGINE"])
    wrapper: BaseDatabaseWrapper = backend.DatabaseWrapper(described, "default")
    wrapper.inc_thread_sharing()
    return wrapper


@cache
def migrated() -> Path:
    """A SQLite file with every table, made once."""
    file = Path(tempfile.mkdtemp(prefix="kordon-migrated-")) / "kordon.sqlite3"
    wrapper = _open(file)
    try:
        _migrate(wrapper)
    finally:
        wrapper.close()
    return file


def _migrate(database: BaseDatabaseWrapper) -> None:
    before = connections["default"]
    connections["default"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    finally:
        connections["default"] = before
