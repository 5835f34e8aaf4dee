"""Who this node is: its name, its incarnation and the key it signs heads with.

Kept as files in ``KORDON_HOME`` and not in the database, so that a copied or
restored database alone cannot speak in this node's name.
"""

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

IDENTITY_FILE = "node.json"
KEY_FILE = "node.key"
HEADQUARTERS_FILE = "headquarters.json"
NEXT_KEY_FILE = "node.key.next"
AWAITING_FILE = "awaiting-heads"


class NotInitialised(Exception):
    """There is no node in this folder yet: ``kordon init`` makes one."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """``incarnation`` grows by one each time the node is restored from a backup."""

    node: str
    incarnation: int
    key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        return public_hex(self.key)


@dataclass(frozen=True, kw_only=True)
class Headquarters:
    """Whom a post believes from its enrolment on, before it has read a word of it."""

    node: str
    public_key: str


def pin(home: Path, headquarters: Headquarters) -> None:
    """Believe this headquarters from now on. Enrolment says so, and a key that names the next."""
    write_private(home / HEADQUARTERS_FILE, json.dumps(vars(headquarters)))
    _cached_pinned.cache_clear()


def pinned() -> Headquarters | None:
    """The headquarters this node was enrolled at, if it was."""
    home = Path(settings.KORDON_HOME)
    return _cached_pinned(home, _stamp(home / HEADQUARTERS_FILE))


@lru_cache(maxsize=64)
def _cached_pinned(home: Path, stamp: tuple[int, int]) -> Headquarters | None:
    try:
        said = json.loads((home / HEADQUARTERS_FILE).read_text())
    except FileNotFoundError:
        return None
    return Headquarters(node=said["node"], public_key=said["public_key"])


def await_heads(home: Path) -> None:
    """Let this node, just restored, record nothing until it has its lost entries back."""
    write_private(home / AWAITING_FILE, "restored")


def stop_awaiting(home: Path) -> None:
    (home / AWAITING_FILE).unlink(missing_ok=True)


def is_awaiting() -> bool:
    """Whether this node was restored and has not heard yet which numbers it gave away."""
    return os.path.exists(os.path.join(settings.KORDON_HOME, AWAITING_FILE))


def create(home: Path, node: str) -> Identity:
    """Make name and key of a new node. Raises ``FileExistsError`` if there is one."""
    home.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    _write_once(home / KEY_FILE, key.private_bytes_raw().hex())
    _write_once(home / IDENTITY_FILE, json.dumps({"node": node, "incarnation": 1}))
    return read(home)


def read(home: Path) -> Identity:
    """The node that lives in ``home``. Raises ``NotInitialised``."""
    try:
        identity = json.loads((home / IDENTITY_FILE).read_text())
        seed = bytes.fromhex((home / KEY_FILE).read_text().strip())
    except FileNotFoundError as error:
        raise NotInitialised(str(home)) from error
    return Identity(
        node=identity["node"],
        incarnation=identity["incarnation"],
        key=Ed25519PrivateKey.from_private_bytes(seed),
    )


def mine() -> Identity:
    """The node this process is. Raises ``NotInitialised``.

    Another process may have given it a new key or another life: two looks at the folder (some
    microseconds) say so.
    """
    home = Path(settings.KORDON_HOME)
    return _cached(home, _stamp(home / KEY_FILE), _stamp(home / IDENTITY_FILE))


@lru_cache(maxsize=64)
def _cached(home: Path, key: tuple[int, int], said: tuple[int, int]) -> Identity:
    return read(home)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        seen = os.stat(path)
    except FileNotFoundError:
        return 0, 0
    return seen.st_ino, seen.st_mtime_ns


def public_key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def public_hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def begin_again(home: Path, *, key: Ed25519PrivateKey | None = None) -> Identity:
    """The next incarnation of the node in ``home``, with a new key if one is given."""
    before = read(home)
    if key is not None:
        write_private(home / KEY_FILE, key.private_bytes_raw().hex())
    said = {"node": before.node, "incarnation": before.incarnation + 1}
    write_private(home / IDENTITY_FILE, json.dumps(said))
    _cached.cache_clear()
    return read(home)


def live_again(home: Path, incarnation: int) -> None:
    """Be this life of the node, as headquarters counted it when it enrolled the machine."""
    said = {"node": read(home).node, "incarnation": incarnation}
    write_private(home / IDENTITY_FILE, json.dumps(said))


def next_key(home: Path) -> Ed25519PrivateKey:
    """The key that is to follow, made if there is none. It signs for nothing yet."""
    if (waiting := waiting_key(home)) is not None:
        return waiting
    key = Ed25519PrivateKey.generate()
    write_private(home / NEXT_KEY_FILE, key.private_bytes_raw().hex())
    return key


def waiting_key(home: Path) -> Ed25519PrivateKey | None:
    """The key that is to follow, if one was made."""
    try:
        seed = bytes.fromhex((home / NEXT_KEY_FILE).read_text())
    except FileNotFoundError:
        return None
    return Ed25519PrivateKey.from_private_bytes(seed)


def has_next_key(home: Path) -> bool:
    return (home / NEXT_KEY_FILE).exists()


def drop_next_key(home: Path) -> None:
    """No key follows the one we have."""
    (home / NEXT_KEY_FILE).unlink(missing_ok=True)


def take_next_key(home: Path) -> None:
    """Sign with the key that followed from now on. The old one is gone."""
    os.replace(home / NEXT_KEY_FILE, home / KEY_FILE)
    _sync_folder(home)


def write_private(path: Path, text: str) -> None:
    """Replace a file that only its owner may read: the old one or the new one, never a half."""
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_once(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
