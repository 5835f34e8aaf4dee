"""``kordon trust inspect``: what a master list holds, which certificates hold, and why not."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kordon.lib.traveldocs.chip import (
    Assessed,
    Certificate,
    ChipError,
    Code,
    MasterList,
    assess,
    key_fingerprint,
    read_master_list,
)
from kordon.node.chip.folder import read_file
from kordon.node.chip.trusting import LARGEST_LIST


def main(arguments: Sequence[str]) -> None:
    """Leave with 1 where a list's signature does not hold."""
    wishes = parser().parse_args(arguments)
    status = inspect(wishes)
    if status:
        sys.exit(status)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kordon trust")
    deeds = parser.add_subparsers(required=True, metavar="DEED")
    it = deeds.add_parser("inspect", description="Say what signed master lists hold.")
    it.add_argument("files", nargs="+", metavar="FILE", help="a CSCA master list (.ml)")
    it.add_argument("--state", default="", help="tell of this state alone, two letters")
    it.add_argument("--json", action="store_true", help="print one JSON object a list")
    return parser


def inspect(wishes: argparse.Namespace) -> int:
    """The exit status: 0 where every list is signed as it should be."""
    status = 0
    for name in wishes.files:
        try:
            listed = read_master_list(read_file(Path(name), LARGEST_LIST))
        except (OSError, ValueError) as error:
            status = 1
            _say({"file": name, "error": _why(error)}, wishes)
            continue
        _say(describe(name, listed, wishes.state.upper()), wishes)
    return status


def _why(error: OSError | ValueError) -> dict[str, str]:
    if isinstance(error, ChipError):
        hint = "" if error.code == Code.LIST_SIG_INVALID else "; is it a whole CSCA master list?"
        return {"code": error.code, "text": f"{error}{hint}"}
    words = error.strerror if isinstance(error, OSError) else None
    return {"code": "error", "text": (words or str(error)).lower()}


def describe(name: str, listed: MasterList, state: str = "") -> dict[str, Any]:
    """A list in plain values: its signer, counts, and every certificate by state."""
    judged = assess(listed.certificates, among=listed.enclosed)
    issuer = listed.issuer_of_signer([*listed.enclosed, *listed.certificates])
    states: dict[str, list[Assessed]] = defaultdict(list)
    for one in judged:
        if not state or one.certificate.country == state:
            states[one.certificate.country or "??"].append(one)
    return {
        "file": name,
        "signed_at": listed.signed_at.isoformat() if listed.signed_at else None,
        "signer": _certificate(listed.signer),
        "authority": _certificate(issuer) if issuer else None,
        "certificates": len(judged),
        "states": len({one.certificate.country for one in judged}),
        "holding": sum(one.holds for one in judged),
        "standing": dict(sorted(Counter(str(one.standing) for one in judged).items())),
        "unreadable": [
            {"place": one.place, "code": one.why.code, "text": one.why.text}
            for one in listed.unreadable
        ],
        "by_state": {code: _told(states[code]) for code in sorted(states)},
    }


def _told(judged: Iterable[Assessed]) -> list[dict[str, Any]]:
    return [
        _certificate(one.certificate) | {"standing": str(one.standing), "why": one.why}
        for one in judged
    ]


def _certificate(it: Certificate) -> dict[str, Any]:
    return {
        "subject": str(it.subject),
        "issuer": str(it.issuer),
        "serial": f"{it.serial:x}",
        "not_before": it.not_before.isoformat(),
        "not_after": it.not_after.isoformat(),
        "key": "" if isinstance(it.key, ChipError) else str(it.key),
        "key_fingerprint": key_fingerprint(it),
        "fingerprint": it.fingerprint,
    }


def _say(said: dict[str, Any], wishes: argparse.Namespace) -> None:
    if wishes.json:
        print(json.dumps(said, ensure_ascii=False))
    elif "error" in said:
        print(f"{said['file']}: refused. {said['error']['text']}")
    else:
        _draw(said, whole=bool(wishes.state))


def _draw(said: dict[str, Any], *, whole: bool) -> None:
    print(f"{said['file']}: signed {said['signed_at']} by {said['signer']['subject']}")
    if said["authority"]:
        print(f"  authority {said['authority']['subject']} {said['authority']['fingerprint']}")
    counted = ", ".join(f"{n} {how.lower()}" for how, n in said["standing"].items())
    print(
        f"  {said['certificates']} certificates of {said['states']} states; "
        f"{said['holding']} hold ({counted}); {len(said['unreadable'])} unreadable"
    )
    if whole and not said["by_state"]:
        print("  none of this state; a state is two letters, as KG")
    for code, some in said["by_state"].items():
        broken = [one for one in some if one["why"]]
        flawed = f", {len(broken)} do not hold" if broken else ""
        print(f"  {code}  {len(some):>3} certificates{flawed}")
        for one in some if whole else broken:
            print(f"      {one['standing']:<15} {one['subject']}  {one['fingerprint'][:16]}")
            if one["why"]:
                print(f"      {'':<15} {one['why']}")
