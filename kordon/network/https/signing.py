"""How a request over HTTPS says who asks, and an answer who answers. Plain values, no tables.

TLS hides what is said; these signatures say who speaks, whatever proxy ends TLS. A node signs
with the key that signs its heads; the message names what it is, so that no signature made for
one purpose serves another.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kordon.journal import canonical

NODE, TIME, NONCE, SIGNATURE = "Kordon-Node", "Kordon-Time", "Kordon-Nonce", "Kordon-Signature"
KEY = "Kordon-Key"
"""With an answer: the key of headquarters, for a machine that meets it for the first time."""
TOLERANCE_S = 300
"""By how much the clocks of the two may differ; nonces are remembered for twice as long."""
NONCE_BYTES = 16

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_TIME = re.compile(r"[0-9]{1,12}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


class BadRequest(ValueError):
    """The headers are not those of a signed request."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """``at`` in seconds since 1970; ``path`` with its query, as it stands in the request line."""

    node: str
    at: int
    nonce: str
    path: str
    body: bytes

    def message(self) -> bytes:
        said = {"what": "kordon-request-v1", "method": "POST", "node": self.node, "at": self.at}
        return canonical.dumps(
            said | {"nonce": self.nonce, "path": self.path, "body": _hash(self.body)}
        )


def new_nonce() -> str:
    return secrets.token_hex(NONCE_BYTES)


def headers(request: Request, key: Ed25519PrivateKey) -> dict[str, str]:
    """What is sent along with the request."""
    signature = key.sign(request.message()).hex()
    return {NODE: request.node, TIME: str(request.at), NONCE: request.nonce, SIGNATURE: signature}


def read(told: Mapping[str, str], *, path: str, body: bytes) -> tuple[Request, str]:
    """The request as it was signed, and the signature (hex). Raises ``BadRequest``."""
    found = [told.get(name, "") for name in (NODE, TIME, NONCE, SIGNATURE)]
    wanted = (_NAME, _TIME, _NONCE, _SIGNATURE)
    if not all(form.fullmatch(text) for form, text in zip(wanted, found, strict=True)):
        raise BadRequest("a request here is signed by a node")
    node, at, nonce, signature = found
    return Request(node=node, at=int(at), nonce=nonce, path=path, body=body), signature


def is_signed(message: bytes, signature: str, keys: Sequence[str]) -> bool:
    """Whether one of the keys (Ed25519, hex) signed the message."""
    for key in keys:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), message)
            return True
        except (InvalidSignature, ValueError):
            continue
    return False


def answer_message(*, nonce: str, status: int, body: bytes) -> bytes:
    """What headquarters signs: this answer, to the request with this nonce and to no other."""
    said = {"what": "kordon-answer-v1", "nonce": nonce, "status": status, "body": _hash(body)}
    return canonical.dumps(said)


def rotation_message(node: str, public_key: str) -> bytes:
    """What the new key signs, so that nobody takes a key for theirs that they do not hold."""
    said = {"what": "kordon-rotation-v1", "node": node, "public_key": public_key}
    return canonical.dumps(said)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
