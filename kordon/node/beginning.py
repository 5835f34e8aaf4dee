"""How a node begins: its folder, its secret, its identity, the first fact of its journal."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.fact import kind_of
from kordon.journal.facts import NodeIntroduced
from kordon.journal.models import Entry
from kordon.journal.writing import record, writing
from kordon.network.joining import KIND_FILE

SECRET_BYTES = 48


def make(home: Path, node: str) -> identity.Identity:
    """Folder, secret and identity. What an earlier attempt left is taken up, never replaced."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    _write_secret(home / "secret.key")
    try:
        return identity.read(home)
    except identity.NotInitialised:
        return identity.create(home, node)


def be_kind(home: Path, kind: str) -> None:
    """Write the kind of the node down in its folder, and be it in this process already."""
    identity.write_private(home / KIND_FILE, kind)
    settings.KORDON_KIND = kind


def introduce(me: identity.Identity, *, by: Actor) -> None:
    """Record the node and the key it signs with, once."""
    with writing():
        if not Entry.objects.filter(kind=kind_of(NodeIntroduced)).exists():
            key = me.public_key
            record(NodeIntroduced(node=me.node, incarnation=me.incarnation, public_key=key), by=by)


def _write_secret(path: Path) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
