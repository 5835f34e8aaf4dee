"""``kordon seal verify``."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from kordon.lib.traveldocs import Format, Reading, read_mrz
from kordon.lib.traveldocs.seal import (
    Outcome,
    SealError,
    Verdict,
    verdict_to_json,
    verify_seal,
)
from kordon.node.saying import day
from kordon.node.seal.given import FILE, add_seal, answer, seal_octets, sentence_of
from kordon.node.seal.trusted import trust_of

MISUSED = 2
EXITS = {Outcome.VALID: 0, Outcome.INVALID: 1, Outcome.NOT_VERIFIABLE: 3}


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "verify",
        description="Verify a seal. Exit 0 for VALID, 1 for INVALID, 3 for NOT_VERIFIABLE; "
        "2 where a file is not there or an option is wrong.",
    )
    add_seal(parser)
    files: dict[str, Any] = {
        "metavar": "FILE",
        "type": Path,
        "nargs": "+",
        "action": "extend",
        "default": [],
    }
    parser.add_argument(
        "--trust",
        **files,
        help="what is believed, in DER or PEM: certificates of authorities, of signers without "
        "one, revocation lists, CSCA master lists",
    )
    parser.add_argument(
        "--signer", **files, help="certificates of signers, believed if a trusted authority is"
    )
    parser.add_argument(
        "--also-for",
        metavar="FINGERPRINT=STATE",
        action="append",
        default=[],
        help="let a signer sign for another state's issuer; eight digits or more",
    )
    parser.add_argument("--trials", action="store_true", help="accept seals made for trials")
    parser.add_argument(
        "--mrz", metavar="ZONE", help="the zone of what bears the seal, | between its lines"
    )
    parser.add_argument("--passport", metavar="ZONE", help="the zone of the holder's passport")
    parser.add_argument(
        "--date", type=day, default=date.today(), help="the day of the check (today)"
    )
    parser.set_defaults(answer=verify)


def verify(wishes: argparse.Namespace) -> int:
    try:
        trust = trust_of(wishes.trust, wishes.signer, wishes.also_for, tests_too=wishes.trials)
        octets, trouble = _octets(wishes.seal)
        zones = (_zone("--mrz", wishes), _zone("--passport", wishes))
    except SealError as error:
        print(sentence_of(wishes, error.code, error.text), file=sys.stderr)
        return MISUSED
    said = verify_seal(octets, trust, on=wishes.date, document=zones[0], passport=zones[1])
    if wishes.json:
        answer(verdict_to_json(said) | ({"trouble": trouble} if trouble else {}))
    else:
        _print(said, trouble)
    return EXITS[said.outcome]


def _octets(given: str) -> tuple[bytes | None, str]:
    """The octets, or why there is no seal to be seen; raises SealError(FILE)."""
    try:
        return seal_octets(given), ""
    except SealError as error:
        if error.code == FILE:
            raise
        return None, error.text


def _zone(option: str, wishes: argparse.Namespace) -> Reading | None:
    """A zone as typed. What is none at all is a slip of who typed it, not of the document."""
    text = getattr(wishes, option[2:])
    if text is None:
        return None
    zone = read_mrz(text, on=wishes.date)
    if zone.format is Format.UNKNOWN:
        raise SealError("ZONE", f"{option} is no zone: {zone.warnings[0].text}")
    return zone


def _print(said: Verdict, trouble: str) -> None:
    print(said.outcome if said.outcome is Outcome.VALID else f"{said.outcome} ({said.status})")
    for each in said.findings:
        print(f"{each.step.number:2} {each.step:10} {each.result:8} {trouble or each.text}")
        trouble = ""
