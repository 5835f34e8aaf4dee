"""The octets of a seal: found in an image by a process of its own, or typed."""

import base64
import binascii
import json
import re
import threading

from kordon.border.decoding import TookTooLong, decode
from kordon.border.rules.refusals import NotSeal
from kordon.border.rules.seal import MOST_OCTETS, looks_like_seal

LARGEST_IMAGE = 12 * 1024 * 1024
PATIENCE_S = 6.0
LONGEST_TEXT = 4 * MOST_OCTETS
AT_ONCE = threading.BoundedSemaphore(2)
FINDER = """
import json, sys
from kordon.lib.traveldocs.seal import SealError
from kordon.lib.traveldocs.seal.images import find_codes
try:
    found = find_codes(sys.stdin.buffer.read())
except SealError:
    print("null")
else:
    print(json.dumps([[each.octets.hex(), each.looks_like_seal] for each in found[:64]]))
"""


def find_seal(image: bytes) -> bytes:
    """The one seal in an image file. Raises ``NotSeal`` with a code that says why not."""
    if len(image) > LARGEST_IMAGE:
        raise NotSeal("too_large")
    codes = _codes_in(image)
    if codes is None:
        raise NotSeal("no_image")
    if not codes:
        raise NotSeal("no_code")
    seals = {octets for octets, looks in codes if looks and looks_like_seal(bytes.fromhex(octets))}
    if not seals:
        raise NotSeal("other")
    if len(seals) > 1:
        raise NotSeal("several")
    return bytes.fromhex(seals.pop())


def read_typed(text: str) -> bytes:
    """Octets typed or pasted: hexadecimal digits, base64, or JSON as it is. Raises ``NotSeal``."""
    if len(text) > LONGEST_TEXT:
        raise NotSeal("too_large")
    octets = _octets(text.strip())
    if not looks_like_seal(octets):
        raise NotSeal("other")
    return octets


CYRILLIC = str.maketrans("ФИСВУАфисвуа", "ABCDEFabcdef")
"""What a reader that poses as a keyboard types for digits under the Russian layout."""


def _octets(text: str) -> bytes:
    if text.startswith("{"):
        return text.encode(errors="replace")
    close = re.sub(r"[\s:]", "", text).translate(CYRILLIC)
    if re.fullmatch(r"([0-9a-fA-F]{2})+", close):
        return bytes.fromhex(close)
    try:
        return base64.b64decode(close, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _codes_in(image: bytes) -> list[tuple[str, bool]] | None:
    """Every bar code with whether it looks like a seal; None where the file is no image."""
    try:
        said = decode(FINDER, image, patience=PATIENCE_S, gate=AT_ONCE)
    except TookTooLong:
        raise NotSeal("too_long") from None
    found: list[tuple[str, bool]] | None = json.loads(said) if said else None
    return found
