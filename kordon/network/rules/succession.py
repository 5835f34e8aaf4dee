"""Which key follows that of headquarters, and who decides it."""

import hashlib
from enum import StrEnum

from kordon.journal import canonical
from kordon.journal.refusal import Refusal
from kordon.network.rules.enrolling import grouped_print


class NextKeyState(StrEnum):
    """How far a key has come that is to follow headquarters' own."""

    OFFERED = "offered"
    APPROVED_ONCE = "approved_once"
    FOLLOWED = "followed"
    WITHDRAWN = "withdrawn"


class NoNextKey(Refusal):
    """No key waits to follow, or the one that was offered is not on this machine any more."""

    code = "no_next_key"


class MachinesWait(Refusal):
    """Machines have shown fingerprints that name the key we have."""

    code = "machines_wait"


def fingerprint_of_key(node: str, public_key: str) -> str:
    """What the machine of headquarters shows, and the page: 100 bits over the new key."""
    said = {"what": "kordon-next-key-v1", "node": node, "public_key": public_key}
    return grouped_print(hashlib.sha256(canonical.dumps(said)).digest())
