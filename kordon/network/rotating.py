"""A post takes a new key: made here, believed at headquarters, and only then used.

1. ``node.key.next`` is made; the old key signs as before.
2. Headquarters is shown it, signed for by both keys, and records it.
3. When it has said so, the new key takes the place of the old one.

If all ends between 2 and 3, headquarters no longer believes the old key: whoever finds the next
key at the start shows it again, signed by itself, and is told that it is known.
"""

import json
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from kordon.journal import identity, succession
from kordon.journal.actor import Actor
from kordon.journal.channels import is_post
from kordon.journal.nodes import keys_of
from kordon.journal.reacting import SYSTEM
from kordon.journal.rekeying import introduced_key, sign_anew
from kordon.network.https import signing
from kordon.network.https.line import Answer, Speaker
from kordon.network.joining import ADDRESS_FILE, Refused, with_line

log = structlog.get_logger("kordon.network")


def wanted() -> bool:
    """Whether a key waits to follow the one we have."""
    return identity.has_next_key(_home())


def rotate() -> None:
    """Go through with it, from wherever it stands. Raises ``Refused``, ``LinkDown``."""
    new = identity.next_key(_home())
    answer = _show(new, signed_by=identity.mine().key)
    if answer.status == 401 and answer.code == "bad_signature":
        answer = _show(new, signed_by=new)
    if answer.status != 200:
        raise Refused(answer.text)
    identity.take_next_key(_home())
    finish()


def finish() -> None:
    """Sign our heads with the key we have, and say that it is ours, if that is still to be done."""
    if identity.is_awaiting() or not is_post():
        return
    if introduced_key() not in {"", identity.mine().public_key}:
        sign_anew(by=Actor(id=SYSTEM, name="system"))
        log.info("key_rotated")


def _show(new: Ed25519PrivateKey, *, signed_by: Ed25519PrivateKey) -> Answer:
    """Ask headquarters to believe the new key."""
    me, hq = identity.mine(), identity.pinned()
    assert hq is not None, "only an enrolled post shows a key"
    public = identity.public_hex(new)
    message = signing.rotation_message(me.node, public)
    said = {"public_key": public, "nkey": "", "proof": new.sign(message).hex()}
    speaker = Speaker(
        node=me.node,
        key=lambda: signed_by,
        believed=lambda: keys_of(hq.node),
        learn=succession.learn,
    )
    address = (_home() / ADDRESS_FILE).read_text().strip()
    body = json.dumps(said).encode()
    answer: Answer = with_line(
        _home(), address, speaker, lambda line: line.ask("/network/rotate", body)
    )
    return answer


def _home() -> Path:
    return Path(settings.KORDON_HOME)
