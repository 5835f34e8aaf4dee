"""``kordon seal verify``."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from kordon.lib.traveldocs import Reading, read_mrz
from kordon.lib.traveldocs.seal import (
    Outcome,
    SealError,
    Verdict,
    verdict_to_json,
    verify_seal,
)
from kordon.node.seal.given import add_seal, answer, day, end, seal_octets
from kordon.node.seal.trusted import trust_of

EXITS = {Outcome.VALID: 0, Outcome.INVALID: 1, Outcome.NOT_VERIFIABLE: 3}


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "verify",
        description="Verify a seal. Exit 0 for VALID, 1 for INVALID, 3 for NOT_VERIFIABLE.",
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
    except SealError as error:
        end(wishes, error.code, error.text)
    trouble = ""
    try:
        octets: bytes | None = seal_octets(wishes.seal)
    except SealError as error:
        octets, trouble = None, error.text
    said = verify_seal(
        octets,
        trust,
        on=wishes.date,
        document=_zone(wishes.mrz, wishes.date),
        passport=_zone(wishes.passport, wishes.date),
    )
    if wishes.json:
        answer(verdict_to_json(said) | ({"trouble": trouble} if trouble else {}))
    else:
        _print(said, trouble)
    return EXITS[said.outcome]


def _zone(text: str | None, on: date) -> Reading | None:
    return None if text is None else read_mrz(text, on=on)


def _print(said: Verdict, trouble: str) -> None:
    print(said.outcome if said.outcome is Outcome.VALID else f"{said.outcome} ({said.status})")
    for each in said.findings:
        print(f"{each.step.number:2} {each.step:10} {each.result:8} {trouble or each.text}")
        trouble = ""
