"""``kordon page``: the zone of a page read from a scan or a photograph, without the framework."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from errno import EINVAL
from pathlib import Path
from typing import NoReturn

from kordon.lib.traveldocs.page import Outcome, PageError, PageReading, read_page, to_json
from kordon.lib.traveldocs.page.picture import MAX_OCTETS
from kordon.node.saying import day

NOT_READ = 1


def main(arguments: Sequence[str]) -> None:
    """Read one image; exit code 1 unless the page was read."""
    wishes = parser().parse_args(arguments)
    try:
        with Path(wishes.image).open("rb") as file:
            page = read_page(file.read(MAX_OCTETS + 1), on=wishes.date)
        if wishes.portrait is not None:
            _save_portrait(page, wishes.portrait)
    except PageError as error:
        _end(wishes, str(error.code), error.text)
    except OSError as error:
        _end(wishes, "FILE", f"{error.filename}: {(error.strerror or str(error)).lower()}")
    print(json.dumps(to_json(page), ensure_ascii=False) if wishes.json else _told(page))
    if page.reading is None:
        sys.exit(NOT_READ)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon page")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    deed: argparse.ArgumentParser = deeds.add_parser(
        "read",
        description="Read the machine readable zone on a scan or a photograph of a page (JPEG, "
        "PNG, TIFF, BMP, WebP), whichever way it lies. Exit code 1 unless it was read.",
    )
    deed.add_argument("image", metavar="IMAGE", help="the file")
    deed.add_argument(
        "--date",
        type=day,
        default=date.today(),
        help="the day to resolve two-digit years against (today)",
    )
    deed.add_argument("--portrait", metavar="FILE", help="write the holder's portrait there")
    deed.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _save_portrait(page: PageReading, name: str) -> None:
    """Raises OSError; without a portrait the page is told all the same, and the lack of it."""
    if page.portrait is None:
        print(f"{name}: not written, no portrait was found on the page", file=sys.stderr)
        return
    try:
        page.portrait.save(name)
    except ValueError:
        raise OSError(EINVAL, "name it .jpg or .png", name) from None


def _told(page: PageReading) -> str:
    """For people: the outcome, the lines, what is doubtful."""
    if page.outcome is Outcome.NO_ZONE or page.seen is None:
        return str(Outcome.NO_ZONE)
    shown = page.reading or page.seen
    said = [f"{page.outcome} {shown.format}", *shown.lines]
    said += [
        f"line {each.line}, position {each.position}: seen as {each.read}, must be {each.put}"
        for each in page.changes
    ]
    for each in page.doubts:
        others = f", or {' or '.join(each.others)}" if each.others else ""
        where = f"line {each.line}, position {each.position} ({each.field})"
        said.append(f"{where}: {each.character}{others}?")
    if page.reading is None:
        said += [f"refused: {', '.join(shown.refusals)}"] if shown.refusals else []
    return "\n".join(said)


def _end(wishes: argparse.Namespace, code: str, text: str) -> NoReturn:
    if wishes.json:
        text = json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False)
    sys.exit(text)
