"""The arithmetic of the journal: bytes in, hashes and signatures out. No tables here.

    body_hash = sha256(salt ‖ body)
    seal      = sha256(previous seal ‖ sha256(header))

The header is the canonical JSON of ``Header``; it names the body only by its
hash, so a body can be erased while the chain still holds. The salt keeps a
guessed body from being confirmed by its hash after erasure.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kordon.journal import canonical

SALT_BYTES = 32
NO_SEAL = "0" * 64
ALGORITHM = "ed25519"


@dataclass(frozen=True, kw_only=True)
class Header:
    """Everything of an entry that is eternal, except its seal. Times are UTC, ISO 8601."""

    node: str
    incarnation: int
    channel: str
    number: int
    kind: str
    at: str
    by: str
    by_name: str
    agency: str
    post: str
    booth: str
    cause: str
    body_hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last entry of one chain, as its node signs it."""

    node: str
    incarnation: int
    channel: str
    number: int
    seal: str
    at: str

    def message(self) -> bytes:
        return canonical.dumps({"what": "kordon-head-v1", "algorithm": ALGORITHM, **vars(self)})


class BadSignature(ValueError):
    """A head was not signed by the key it claims."""


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def body_hash(salt: bytes, body: bytes) -> str:
    return hashlib.sha256(salt + body).hexdigest()


def seal(previous: str, header: Header) -> str:
    """The seal of an entry that follows the one sealed ``previous`` (hex, 64 characters)."""
    return seal_said(previous, vars(header))


def seal_said(previous: str, header: Mapping[str, str | int]) -> str:
    """``seal`` of a header's fields by name: strings, and two whole numbers below 2⁵³."""
    inner = hashlib.sha256(canonical.write_plain(header)).digest()
    return hashlib.sha256(bytes.fromhex(previous) + inner).hexdigest()


def sign(head: Head, key: Ed25519PrivateKey) -> str:
    return key.sign(head.message()).hex()


def check_signature(head: Head, signature: str, key: Ed25519PublicKey) -> Head:
    """Return ``head`` if ``key`` signed it. Raises ``BadSignature``."""
    try:
        key.verify(bytes.fromhex(signature), head.message())
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(f"head of {head.channel} at {head.number}") from error
    return head
