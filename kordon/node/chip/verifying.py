"""``kordon chip verify``."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from kordon.lib.traveldocs import Format, Reading, read_mrz
from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Outcome,
    Verification,
    to_json,
    verify_chip,
    verify_sod,
)
from kordon.node.chip.folder import LARGEST, read_file, read_folder
from kordon.node.chip.trusting import Gathered, gather
from kordon.node.saying import day, sentence

STATUS = {Outcome.VERIFIED: 0, Outcome.FAILED: 1, Outcome.NOT_VERIFIABLE: 3}


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "verify",
        description="Passive Authentication of a chip's files: exit 0 verified, 1 failed, "
        "3 not verifiable.",
    )
    parser.add_argument("what", metavar="DIR_OR_SOD", help="a folder of files, or EF.SOD alone")
    parser.add_argument(
        "--trust",
        action="append",
        nargs="+",
        default=[],
        metavar="FILE",
        help="master lists, certificates, revocation lists, or folders of them",
    )
    parser.add_argument("--mrz", default="", help="the printed zone, | between its lines")
    parser.add_argument(
        "--date", type=day, default=date.today(), help="the day of the check (today)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(answer=verify)


def verify(wishes: argparse.Namespace) -> int:
    """The exit status; files that cannot be read end in one sentence."""
    try:
        gathered = gather([Path(name) for some in wishes.trust for name in some])
        said = _verified(Path(wishes.what), gathered, wishes)
    except (OSError, ValueError) as error:
        print(_told(error, as_json=wishes.json), file=sys.stderr)
        return 2
    if wishes.json:
        refused = [{"file": name, "why": why} for name, why in gathered.refused]
        print(json.dumps(to_json(said) | {"refused_trust": refused}, ensure_ascii=False))
    else:
        _draw(said, gathered)
    return STATUS[said.outcome]


def _verified(path: Path, gathered: Gathered, wishes: argparse.Namespace) -> Verification:
    trust = gathered.trust()
    if not path.is_dir():
        return verify_sod(read_file(path, LARGEST), trust, on=wishes.date)
    files = read_folder(path)
    if files == ChipFiles(sod=None):
        raise ValueError(f"{path} holds no file of a chip: EF_SOD.bin, EF_COM.bin, DG1.bin …")
    return verify_chip(files, trust, on=wishes.date, mrz=_printed(wishes))


def _printed(wishes: argparse.Namespace) -> Reading | None:
    """The printed zone. What is none at all is a slip of who typed it, not of the document."""
    if not wishes.mrz:
        return None
    printed = read_mrz(wishes.mrz.replace("|", "\n"), on=wishes.date)
    if printed.format is Format.UNKNOWN:
        raise ValueError(f"--mrz is no zone: {printed.warnings[0].text}.")
    return printed


def _told(error: Exception, *, as_json: bool) -> str:
    text = sentence(error)
    if not as_json:
        return text
    return json.dumps({"error": {"code": "error", "text": text}}, ensure_ascii=False)


def _draw(said: Verification, gathered: Gathered) -> None:
    for name, why in gathered.refused:
        print(f"not taken: {name}: {why}")
    print(said.outcome)
    for found in said.findings:
        where = f" DG{found.group}" if found.group else ""
        code = "" if found.code == "OK" else f" {found.code}"
        note = f" ({found.note})" if found.note else ""
        print(f"{found.step.number:>3} {found.step:<11} {found.result:<9}{code}{where}"
              f"  {found.text}{note}")  # fmt: skip
    for each in said.path:
        print(f"    {each.subject}, {each.not_before:%Y-%m-%d} to {each.not_after:%Y-%m-%d}")
