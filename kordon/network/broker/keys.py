"""nkeys: the Ed25519 keys by which nats-server knows who connects, in its own spelling.

A key is spelled in base32: a prefix that says what it is, 32 bytes, a checksum (CRC-16/XMODEM).
No clock is involved: the server sends a nonce, the key signs it.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED, USER = 18 << 3, 20 << 3  # spelled they begin with S and U
LENGTH = 32


class BadKey(ValueError):
    """Not an nkey of a user, or its seed."""


@dataclass(frozen=True)
class NKey:
    """The key of one user of the broker."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        return _spell(bytes([USER]) + self.private.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        # Both prefixes share two bytes: five bits each.
        prefix = bytes([SEED | USER >> 5, (USER & 31) << 3])
        return _spell(prefix + self.private.private_bytes_raw())

    def sign(self, nonce: bytes) -> bytes:
        """The signature as the protocol wants it: base64."""
        return base64.b64encode(self.private.sign(nonce))


def from_seed(text: str) -> NKey:
    """Raises ``BadKey``."""
    raw = _unspell(text.strip(), LENGTH + 2)
    if raw[0] & 0xF8 != SEED or (raw[0] & 7) << 5 | raw[1] >> 3 != USER:
        raise BadKey("not the seed of a user")
    return NKey(Ed25519PrivateKey.from_private_bytes(raw[2:]))


def check_public(text: str) -> str:
    """The spelling of a user's public key, if it is one. Raises ``BadKey``."""
    if _unspell(text, LENGTH + 1)[0] != USER:
        raise BadKey("not the public key of a user")
    return text


def make(path: Path) -> NKey:
    """The key in this file, made (readable for its owner only) if there is none."""
    key = NKey(Ed25519PrivateKey.generate())
    try:
        write_secret(path, key.seed + "\n")
    except FileExistsError:
        return read(path)
    return key


def read(path: Path) -> NKey:
    """Raises ``BadKey``, ``FileNotFoundError``."""
    return from_seed(path.read_text())


def write_secret(path: Path, text: str) -> None:
    """A new file for its owner's eyes, on disk when this returns. Raises ``FileExistsError``."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_secret(path: Path, text: str) -> None:
    """The same for a file that may be there already: a reader sees the old or the new one."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    write_secret(new, text)
    new.replace(path)


def _spell(raw: bytes) -> str:
    checksum = binascii.crc_hqx(raw, 0).to_bytes(2, "little")
    return base64.b32encode(raw + checksum).decode().rstrip("=")


def _unspell(text: str, length: int) -> bytes:
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise BadKey("not base32") from error
    body, checksum = raw[:-2], raw[-2:]
    if len(body) != length or binascii.crc_hqx(body, 0).to_bytes(2, "little") != checksum:
        raise BadKey("wrong length or checksum")
    return body
