"""PEM around DER (RFC 7468): the text in which certificates and revocation lists often come."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64

from kordon.lib.traveldocs.chip.errors import ChipError, Code

MAX_BLOCKS = 10_000
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]{0,12000000})-----END \1-----")


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """(label, DER) of every block, `CERTIFICATE` or `X509 CRL`; DER by itself with an empty label.

    Raises `ChipError` for a block that is no base64, and for more than 10,000 of them.
    """
    if data.lstrip()[:11] != b"-----BEGIN ":
        return [("", data)] if data else []
    found = _BLOCK.findall(data)
    if len(found) > MAX_BLOCKS:
        raise ChipError(Code.READ_TOO_LARGE, f"more than {MAX_BLOCKS} blocks")
    try:
        return [
            (label.decode(), b64decode(b"".join(body.split()), validate=True))
            for label, body in found
        ]
    except (NotBase64, ValueError):
        raise ChipError(Code.READ_BAD_TLV, "a block is no base64") from None
