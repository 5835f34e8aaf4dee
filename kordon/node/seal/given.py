"""What the deeds of ``kordon seal`` are given: seals in any shape, files, days."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from kordon.lib.traveldocs.seal import SealError
from kordon.lib.traveldocs.seal.images import read_image

FILE = "FILE"
"""A file that cannot be opened: nothing was said of any seal."""
LARGEST_FILE = 32 * 1024 * 1024
LONGEST_NAME = 255
HEXADECIMAL = frozenset("0123456789abcdefABCDEF \t\r\n")


def add_seal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "seal",
        metavar="IMAGE_OR_HEX",
        help="an image of the bar code, a file of its octets, hexadecimal digits or JSON, "
        "or those digits themselves; - for standard input",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def seal_octets(given: str) -> bytes:
    """The octets of the bar code; raises SealError(READ_ERROR, FILE)."""
    octets = _of_digits(given)
    if octets is not None and (len(given) > LONGEST_NAME or not Path(given).exists()):
        return octets
    data = sys.stdin.buffer.read(LARGEST_FILE) if given == "-" else file_octets(Path(given))
    if data[:1] == b"\xdc" or data[:16].lstrip().startswith(b"{"):
        return data
    if len(data) < 100_000 and (octets := _of_digits(data.decode("latin-1"))) is not None:
        return octets
    return read_image(data).octets


def _of_digits(text: str) -> bytes | None:
    return bytes.fromhex(text) if text.strip() and _is_digits(text) else None


def _is_digits(text: str) -> bool:
    return set(text) <= HEXADECIMAL and not any(len(each) % 2 for each in text.split())


def file_octets(path: Path) -> bytes:
    """Raises SealError(FILE) with the words of the system."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        raise SealError(FILE, f"{path}: {(words or str(error)).lower()}") from None


def answer(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def end(wishes: argparse.Namespace, code: str, text: str) -> NoReturn:
    """One sentence on standard error, as every command of Kordon ends."""
    sys.exit(sentence_of(wishes, code, text))


def sentence_of(wishes: argparse.Namespace, code: str, text: str) -> str:
    if not wishes.json:
        return text
    return json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False)
