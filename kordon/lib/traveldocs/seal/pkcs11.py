"""Keys in tokens: hardware modules and their like, through PKCS#11.

Needs `python-pkcs11`, which Kordon does not install by itself: `pip install python-pkcs11`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kordon.lib.traveldocs.seal.errors import SealError


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A private key that never leaves its token."""

    private: Any = field(repr=False)

    def sign_digest(self, digest: bytes, size: int) -> bytes:
        pkcs11 = _pkcs11()
        try:
            signature = bytes(self.private.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))
        except pkcs11.PKCS11Error as error:
            raise SealError("SIGNER", f"the token does not sign: {_words(error)}") from None
        if len(signature) != 2 * size:
            raise SealError("SIGNER", "the token's key is on another curve than the certificate's")
        return signature


@contextmanager
def open_key(module: str, *, token: str, key: str, pin: str) -> Iterator[TokenKey]:
    """The key labelled `key` in the token labelled `token`, while the session lasts.

    `module` is the path of the token maker's library. Raises SealError(SIGNER).
    """
    pkcs11 = _pkcs11()
    try:
        found = pkcs11.lib(module).get_token(token_label=token)
        session = found.open(user_pin=pin)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise SealError("SIGNER", f"the token {token} cannot be used: {_words(error)}") from None
    with session:
        try:
            private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key)
        except pkcs11.PKCS11Error as error:
            raise SealError("SIGNER", f"the key {key} cannot be used: {_words(error)}") from None
        yield TokenKey(private)


def _words(error: Exception) -> str:
    """Most errors of tokens have a name and no words."""
    return str(error) or type(error).__name__


def _pkcs11() -> Any:
    try:
        import pkcs11  # noqa: PLC0415  (who keeps keys in files need not have it)
    except ImportError:
        raise SealError("SIGNER", "keys in tokens need the package python-pkcs11") from None
    return pkcs11
