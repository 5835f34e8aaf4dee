"""Who this node is: its name, its incarnation and the key it signs heads with.

Kept as files in ``KORDON_HOME`` and not in the database, so that a copied or
restored database alone cannot speak in this node's name.
"""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

IDENTITY_FILE = "node.json"
KEY_FILE = "node.key"


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
        return self.key.public_key().public_bytes_raw().hex()


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
    """The node this process is. Raises ``NotInitialised``."""
    return _cached(Path(settings.KORDON_HOME))


@cache
def _cached(home: Path) -> Identity:
    return read(home)


def public_key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def _write_once(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
