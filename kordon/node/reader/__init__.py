"""``kordon reader simulate``: recorded documents, handed in as a reader at a booth would."""

import argparse
import json
import os
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from kordon.lib.traveldocs.chip import ChipError, read_dg1
from kordon.lib.traveldocs.seal import SealError
from kordon.node.chip.folder import list_folder, read_file
from kordon.node.saying import sentence
from kordon.node.seal.given import seal_octets

VARIABLE = "KORDON_READER_TOKEN"
PATIENCE_S = 30
LONGEST_PAUSE_S = 86_400
PAGES = ("page.jpg", "page.png")
ZONE, PORTRAIT, SEAL, SEAL_ZONE = "mrz.txt", "portrait.jpg", "seal", "seal.txt"


class Refused(Exception):
    """The post did not take it, and said why."""


def main(arguments: Sequence[str]) -> None:
    """Leave with 1 where the post refused a document, or could not be reached."""
    wishes = parser().parse_args(arguments)
    try:
        simulate(wishes)
    except (OSError, HTTPException, ValueError, Refused) as error:
        print(_told(error, wishes), file=sys.stderr)
        sys.exit(1)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon reader")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    it = deeds.add_parser(
        "simulate",
        description="Hand in the documents of a folder: its files, or those of each folder in it.",
    )
    it.add_argument(
        "folder",
        metavar="FOLDER",
        help=f"EF_SOD, DG1 …; beside them or alone {ZONE}, {PORTRAIT}, {PAGES[0]} if any; "
        f"{SEAL}.png, .bin, .hex or .json with a seal, and the zone of its paper in {SEAL_ZONE}",
    )
    it.add_argument("--to", default="http://127.0.0.1:8000", help="address of the post")
    it.add_argument("--booth", required=True, help="the booth the reader stands at")
    it.add_argument("--token", default="", help=f"token of the machine (default: {VARIABLE})")
    it.add_argument("--pause", type=_seconds, default=5.0, help="seconds between two documents")
    it.add_argument("--json", action="store_true", help="print one JSON object a document")
    return parser


def simulate(wishes: argparse.Namespace) -> None:
    """Hand in each document, in the order of their names."""
    token = wishes.token or os.environ.get(VARIABLE, "")
    if not token:
        raise ValueError(f"A token is needed: --token, or {VARIABLE}.")
    for number, folder in enumerate(_documents(Path(wishes.folder))):
        if number:
            time.sleep(wishes.pause)
        reading = str(uuid4())
        told = {"booth": wishes.booth, **_read(folder)}
        _send(wishes.to, f"/api/v1/readings/{reading}", told, token)
        said = {
            "reading": reading,
            "folder": str(folder),
            "files": sorted(told["files"]),
            "seal": bool(told["seal"]),
            "page": bool(told["page"]),
        }
        print(json.dumps(said) if wishes.json else f"{folder}: handed in at {wishes.booth}.")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_PAUSE_S:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to {LONGEST_PAUSE_S}")
    return seconds


def _documents(folder: Path) -> list[Path]:
    """The folder itself where it holds a document, else those in it."""
    found = [one for one in (folder, *sorted(_folders(folder))) if _is_document(one)]
    if not found:
        raise ValueError(
            f"There is no document in {folder}: no {ZONE}, no files of a chip, no seal, no page."
        )
    return found[:1] if found[0] == folder else found


def _folders(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if one.is_dir())


def _is_document(folder: Path) -> bool:
    if any(list_folder(folder)) or (folder / ZONE).is_file():
        return True
    return any(file is not None for file in (_seal_file(folder), _page_file(folder)))


def _page_file(folder: Path) -> Path | None:
    """The picture of the page, as the reader's camera took it."""
    return next((folder / name for name in PAGES if (folder / name).is_file()), None)


def _seal_file(folder: Path) -> Path | None:
    """``seal.png``, ``seal.bin`` … as the reader saved it; the first by name."""
    named = (one for one in folder.glob(f"{SEAL}.*") if one.name != SEAL_ZONE and one.is_file())
    return min(named, default=None)


def _read(folder: Path) -> dict[str, Any]:
    files = dict(list_folder(folder))
    portrait = folder / PORTRAIT
    return {
        "mrz": _zone(folder, files),
        "files": {name: b64encode(content).decode() for name, content in files.items()},
        "portrait": b64encode(read_file(portrait)).decode() if portrait.exists() else "",
        "page": b64encode(read_file(page)).decode() if (page := _page_file(folder)) else "",
        **_seal(folder),
    }


def _seal(folder: Path) -> dict[str, str]:
    """The octets of the seal, and the zone of what bears it, as far as they were recorded."""
    file, zone = _seal_file(folder), folder / SEAL_ZONE
    return {
        "seal": b64encode(_seal_octets(file)).decode() if file else "",
        "seal_zone": _text(zone) if zone.exists() else "",
    }


def _seal_octets(file: Path) -> bytes:
    try:
        return seal_octets(str(file))
    except SealError as error:
        raise ValueError(f"{file}: {error.text}.") from None


def _zone(folder: Path, files: dict[str, bytes]) -> str:
    """The printed zone as recorded; where the page was not photographed either, the reader is
    taken to have seen that of DG1.
    """
    recorded = folder / ZONE
    if recorded.exists():
        return _text(recorded)
    if _page_file(folder) is not None:
        return ""
    try:
        return "\n".join(read_dg1(files.get("DG1", b""), on=date.today()).lines)
    except ChipError:
        return ""


def _text(path: Path) -> str:
    return read_file(path, 1000).decode("ascii", "replace").strip()


def _send(address: str, path: str, told: dict[str, Any], token: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{address} is no address of a post.")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname, parts.port, timeout=PATIENCE_S)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        line.request("PUT", parts.path.rstrip("/") + path, json.dumps(told), headers)
        answer = line.getresponse()
        content = answer.read(65_536)
    finally:
        line.close()
    if answer.status != 200:
        raise Refused(_why(answer.status, content))


def _why(status: int, content: bytes) -> str:
    try:
        said = json.loads(content)
        return f"The post refused it ({status}, {said['code']}): {said['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"The post answered {status}."


def _told(error: Exception, wishes: argparse.Namespace) -> str:
    text = sentence(error)
    if isinstance(error, OSError | HTTPException) and not getattr(error, "filename", None):
        text = f"{wishes.to} cannot be reached: {text}. Is the post running, and --to its address?"
    return json.dumps({"error": {"code": "error", "text": text}}) if wishes.json else text
