"""Headquarters takes the key into use that two persons have decided on.

1. ``node.key.next`` is made and offered; the old key signs as before.
2. Two persons approve it, and the entry is written in which both keys sign that the new one
   follows (``commands.approve_next_key``).
3. Only then the new key takes the place of the old one, and signs our heads anew.

If all ends between 2 and 3, the next start finds the key that the journal names, and goes on.
"""

from pathlib import Path

import structlog
from django.conf import settings

from kordon.journal import identity
from kordon.journal.actor import Actor
from kordon.journal.channels import is_headquarters
from kordon.journal.nodes import all_keys_of, keys_of
from kordon.journal.reacting import SYSTEM
from kordon.journal.rekeying import introduced_key, sign_anew
from kordon.journal.writing import writing

log = structlog.get_logger("kordon.network")


def finish() -> None:
    """Sign with the key that the journal names, if that is still to be done."""
    if not is_headquarters() or not (_is_to_be_taken() or _is_to_be_shown()):
        return
    with writing(alone=True):  # several processes of this node may come to it at once
        if _is_to_be_taken():
            identity.take_next_key(Path(settings.KORDON_HOME))
        if _is_to_be_shown():
            sign_anew(by=Actor(id=SYSTEM, name="system"))
            log.info("key_rotated")


def _is_to_be_taken() -> bool:
    after = identity.waiting_key(Path(settings.KORDON_HOME))
    return after is not None and keys_of(identity.mine().node) == [identity.public_hex(after)]


def _is_to_be_shown() -> bool:
    """Whether the key we have has followed another, and our heads do not say so yet."""
    me = identity.mine()
    has_followed = keys_of(me.node) == [me.public_key] and len(all_keys_of(me.node)) > 1
    return has_followed and not identity.is_awaiting() and introduced_key() != me.public_key
