"""``kordon journal``: verify it, export its heads, make all rows anew from it."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from kordon.journal.rebuilding import rebuild
from kordon.journal.verifying import (
    BadWitness,
    UnknownNode,
    Verdict,
    Witness,
    export_heads,
    read_witness,
    verify,
)
from kordon.node.starting import check_identity

FAULTY = 1


class Command(BaseCommand):
    help = "Examine the record of this node, or make its rows anew from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="find whatever was changed, added, taken or cut")
        verify.add_argument("--against", metavar="FILE", type=Path, help="heads exported earlier")
        verify.add_argument("--key", metavar="HEX", help="the public key, if not this node's own")
        verify.add_argument("--node", metavar="NAME", help="only the chains of this node")
        deeds.add_parser("head", help="print the signed heads, one JSON object a line")
        rebuild = deeds.add_parser("rebuild", help="make every row anew from the journal")
        for part in (verify, rebuild):
            part.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, deed: str, **wishes: Any) -> None:
        check_identity()
        getattr(self, f"_{deed}")(**wishes)

    def _verify(
        self, *, against: Path | None, key: str | None, node: str | None, json: bool, **_: Any
    ) -> None:
        try:
            verdict = verify(_witnesses(against), key=_checked(key), node=node)
        except UnknownNode as error:
            raise CommandError(f"Nothing of a node {error} is held here.") from error
        self._print(_of(verdict)) if json else self._say(verdict)
        if verdict.faults:
            sys.exit(FAULTY)

    def _head(self, **_: Any) -> None:
        for witness in export_heads():
            self.stdout.write(witness.to_json())

    def _rebuild(self, *, json: bool, **_: Any) -> None:
        done = rebuild()
        if json:
            return self._print(asdict(done))
        self.stdout.write(f"{done.rows} rows made anew from {done.entries} entries.")
        if done.skipped:
            self.stdout.write(f"{done.skipped} entries are erased or of a kind unknown here.")
        if done.differing:
            self.stdout.write(f"Not as the journal says, now mended: {', '.join(done.differing)}.")
        else:
            self.stdout.write("Every row was as the journal says.")
        return None

    def _say(self, verdict: Verdict) -> None:
        for fault in verdict.faults:
            self.stdout.write(f"FAULT  {fault.channel} {fault.number}: {fault.text} [{fault.code}]")
        for head in verdict.heads:
            self.stdout.write(f"holds  {head.channel} to {head.number}, sealed {head.seal[:16]}…")
        erased = f", {verdict.erased} rightly erased" if verdict.erased else ""
        self.stdout.write(
            f"{verdict.entries} entries examined{erased}, {len(verdict.faults)} faults."
        )

    def _print(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False))


def _of(verdict: Verdict) -> dict[str, Any]:
    return {"ok": not verdict.faults, **asdict(verdict)}


def _witnesses(file: Path | None) -> list[Witness]:
    if file is None:
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    try:
        return [read_witness(line) for line in lines if line.strip()]
    except BadWitness as error:
        raise CommandError(f"{file}: {error}.") from error


def _checked(key: str | None) -> str | None:
    """A public key is 32 bytes in hex; say so before it is used."""
    if key is not None and (len(key) != 64 or not set(key.lower()) <= set("0123456789abcdef")):
        raise CommandError("--key must be 64 hexadecimal digits.")
    return key.lower() if key else None
