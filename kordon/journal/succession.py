"""One key of headquarters follows another: both sign that it does.

A statement proves itself. So a post follows from the key it knows to the one headquarters signs
with now, over as many as there were, however the statements reach it and before it has read the
entries in which they stand.
"""

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from kordon.journal import canonical, identity
from kordon.journal.channels import ALL
from kordon.journal.fact import from_body, kind_of
from kordon.journal.facts import HeadquartersKeyRotated
from kordon.journal.models import Entry
from kordon.journal.nodes import keys_of
from kordon.journal.wire import BadBatch, read_hex, read_json

ROTATED = kind_of(HeadquartersKeyRotated)
MOST = 100
"""Statements told at once: the newest. At one a year, more than a life of the system."""
LARGEST = 64 * 1024
_SIZES = {"before": 32, "public_key": 32, "assent": 64, "proof": 64}

_one_at_a_time = threading.Lock()


class BadSuccession(ValueError):
    """A key that the one before has not named, or that has not shown itself."""


def message(node: str, *, before: str, after: str) -> bytes:
    """What both keys sign."""
    said = {"what": "kordon-succession-v1", "node": node, "before": before, "after": after}
    return canonical.dumps(said)


def state(
    node: str, *, before: Ed25519PrivateKey, after: Ed25519PrivateKey
) -> HeadquartersKeyRotated:
    """Say with both keys that one follows the other."""
    old, new = identity.public_hex(before), identity.public_hex(after)
    words = message(node, before=old, after=new)
    return HeadquartersKeyRotated(
        node=node,
        before=old,
        public_key=new,
        assent=before.sign(words).hex(),
        proof=after.sign(words).hex(),
    )


def check(it: HeadquartersKeyRotated) -> HeadquartersKeyRotated:
    """Return the statement if both keys signed it. Raises ``BadSuccession``."""
    words = message(it.node, before=it.before, after=it.public_key)
    try:
        for key, signature in ((it.before, it.assent), (it.public_key, it.proof)):
            identity.public_key(key).verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError) as error:
        raise BadSuccession(f"{it.public_key[:16]}… does not follow {it.before[:16]}…") from error
    return it


def follow(
    node: str, believed: Sequence[str], said: Iterable[HeadquartersKeyRotated]
) -> Sequence[str]:
    """The keys to believe for ``node`` after these statements. Raises ``BadSuccession``."""
    for it in said:
        if it.node == node and it.before in believed:
            believed = [check(it).public_key]
    return believed


def tell() -> bytes:
    """At headquarters: every statement of ours, the oldest first, as JSON."""
    ours = Entry.objects.filter(node=identity.mine().node, channel=ALL, kind=ROTATED)
    entries = ours.filter(body__isnull=False).select_related("body").order_by("-id")[:MOST]
    said = [asdict(from_body(entry.kind, bytes(entry.body.text))) for entry in entries]
    return json.dumps({"succession": said[::-1]}).encode()


def read(text: bytes) -> list[HeadquartersKeyRotated]:
    """What ``tell`` told, still to be checked. Raises ``BadBatch``."""
    said = read_json(text) if len(text) <= LARGEST else None
    told = said.get("succession") if isinstance(said, dict) else None
    if not isinstance(told, list) or len(told) > MOST:
        raise BadBatch("malformed", "succession")
    return [_statement(one) for one in told]


def learn(text: bytes) -> bool:
    """At a post: believe the key of headquarters to which these statements lead from ours.

    Whether the newest of them is believed now; if not, nothing was changed.
    """
    hq = identity.pinned()
    if hq is None:
        return False
    with _one_at_a_time:
        believed = keys_of(hq.node)
        try:
            said = read(text)
            followed = follow(hq.node, believed, said)
        except (BadBatch, BadSuccession):
            return False
        if followed != believed:
            home = Path(settings.KORDON_HOME)
            identity.pin(home, identity.Headquarters(node=hq.node, public_key=followed[0]))
    return bool(said) and said[-1].public_key in followed


def _statement(said: Any) -> HeadquartersKeyRotated:
    if not isinstance(said, dict) or set(said) != {"node", *_SIZES}:
        raise BadBatch("malformed", "succession")
    if not all(isinstance(text, str) and len(text) <= 128 for text in said.values()):
        raise BadBatch("malformed", "succession")
    for name, size in _SIZES.items():
        read_hex(said[name], size)
    return HeadquartersKeyRotated(**said)
