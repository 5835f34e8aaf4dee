"""``kordon trust``: offer lists and certificates at the console of the node, and approve them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from kordon.accounts.queries import get_operator
from kordon.journal.actor import Actor
from kordon.journal.command import check_right
from kordon.trust import commands, queries
from kordon.trust.reading import LARGEST_FILE
from kordon.trust.rules import DIRECT

SHOWN = 50


class Command(BaseCommand):
    help = "Offer changes of the trust store, and decide about them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
        it = deeds.add_parser("import", help="offer a signed master list")
        it.add_argument("file", metavar="FILE", help="a CSCA master list (.ml)")
        it.add_argument("--source", required=True, help="short name of its publisher: DE, ICAO")
        it.add_argument("--title", default="", help="title of the list (default: its short name)")
        it.add_argument(
            "--accept-signer", action="store_true", help="the publisher announced another signer"
        )
        it.add_argument("--dry-run", action="store_true", help="only say what it would change")
        _approval(it)
        it = deeds.add_parser("add", help="offer certificates or a revocation list by hand")
        it.add_argument("file", metavar="FILE", help="in DER or PEM")
        kind = it.add_mutually_exclusive_group(required=True)
        kind.add_argument("--as-source", choices=sorted(DIRECT), help="whose certificates")
        kind.add_argument("--seal-signers", action="store_true", help="signers of seals")
        kind.add_argument("--revocations", action="store_true", help="it is a revocation list")
        it.add_argument("--ground", default="", help="how certificates came and were compared")
        it.add_argument(
            "--alone",
            action="store_true",
            help="believe signers of seals by themselves, where no authority is known",
        )
        _approval(it)
        it = deeds.add_parser("changes", help="list what waits, and what was")
        _common(it)
        it = deeds.add_parser("approve", help="approve a change without a second officer")
        it.add_argument("change", type=UUID, metavar="CHANGE", help="the id of the change")
        _common(it)

    def handle(self, *args: Any, **wishes: Any) -> None:
        by = _operator(wishes["login"])
        told = DEEDS[wishes["deed"]](by, wishes)
        if wishes["json"]:
            print(json.dumps(told, ensure_ascii=False))
        else:
            _draw(told)


def _common(it: ArgumentParser) -> None:
    it.add_argument("--as", dest="login", default="", help="act with this person's rights")
    it.add_argument("--json", action="store_true", help="print one JSON object")


def _approval(it: ArgumentParser) -> None:
    approval = it.add_mutually_exclusive_group()
    approval.add_argument(
        "--approve",
        action="store_true",
        help="approve it without a second officer (usual on a standalone node)",
    )
    approval.add_argument(
        "--for-approval", action="store_true", help="leave it to a second officer"
    )
    _common(it)


def _operator(login: str) -> Actor:
    try:
        return get_operator(login)
    except LookupError as error:
        raise CommandError(str(error)) from error


def _import(by: Actor, wishes: dict[str, Any]) -> dict[str, Any]:
    name, content = _read(wishes["file"])
    if not wishes["dry_run"]:
        check_right(by, "trust.offer_master_list")
    preview = queries.preview_master_list(
        by=by,
        source=wishes["source"],
        content=content,
        accept_signer=wishes["accept_signer"] or wishes["dry_run"],
    )
    read = preview.read
    told = {
        "source": wishes["source"],
        "signed_at": read.signed_at.isoformat(),
        "signer": str(read.listed.signer.subject),
        "authority": str(read.pin.subject),
        "authority_fingerprint": read.pin.fingerprint,
        "new_signer": preview.new_signer,
        "counts": read.counts,
        "states": [
            {
                "state": one.state,
                "kept": one.kept,
                "new_keys": one.new_keys,
                "lost_keys": one.lost_keys,
                "added": [each.fingerprint for each in one.added],
                "removed": [each.fingerprint for each in one.removed],
            }
            for one in preview.states
        ],
        "status": "dry_run",
    }
    if wishes["dry_run"]:
        return told
    change = commands.offer_master_list(
        by=by,
        change=uuid4(),
        source=wishes["source"],
        title=wishes["title"] or wishes["source"],
        file=(name, content),
        accept_signer=wishes["accept_signer"],
    )
    return told | _decide(by, change.id, wishes)


def _add(by: Actor, wishes: dict[str, Any]) -> dict[str, Any]:
    file = _read(wishes["file"])
    if wishes["revocations"]:
        change = commands.offer_revocation_list(by=by, change=uuid4(), file=file)
    elif wishes["seal_signers"]:
        change = commands.offer_seal_signers(
            by=by, change=uuid4(), file=file, ground=wishes["ground"], alone=wishes["alone"]
        )
    else:
        change = commands.offer_certificates(
            by=by, change=uuid4(), source=wishes["as_source"], file=file, ground=wishes["ground"]
        )
    return {"source": change.about} | _decide(by, change.id, wishes)


def _changes(by: Actor, wishes: dict[str, Any]) -> dict[str, Any]:
    rows = queries.list_changes(by=by)[:SHOWN]
    return {
        "changes": [
            {
                "change": str(row.id),
                "kind": row.kind,
                "about": row.about,
                "status": row.status,
                "asked_by": row.asked_by_name,
                "asked_at": row.asked_at.isoformat(),
                "decided_by": row.decided_by_name,
                "version": row.version,
            }
            for row in rows
        ]
    }


def _approve(by: Actor, wishes: dict[str, Any]) -> dict[str, Any]:
    return _decide(by, wishes["change"], {"approve": True, "for_approval": False})


def _decide(by: Actor, change: UUID, wishes: dict[str, Any]) -> dict[str, Any]:
    standalone = settings.KORDON_KIND == "standalone"
    told: dict[str, Any] = {"change": str(change), "status": "pending"}
    if wishes["approve"] or (standalone and not wishes["for_approval"]):
        row = commands.approve_change_at_console(by=by, change=change)
        told |= {"status": row.status, "version": row.version, "approved": commands.AT_CONSOLE}
    return told


def _read(name: str) -> tuple[str, bytes]:
    path = Path(name)
    if path.stat().st_size > LARGEST_FILE:
        raise CommandError(f"{name} is larger than {LARGEST_FILE:,} bytes.")
    return path.name, path.read_bytes()


DEEDS = {"import": _import, "add": _add, "changes": _changes, "approve": _approve}


def _draw(told: dict[str, Any]) -> None:
    console = Console(file=sys.stdout, highlight=False)
    if "changes" in told:
        table = Table(box=None)
        table.add_column("Change", no_wrap=True, min_width=36)  # whole: approve wants it
        for title in ("What", "About", "State", "Asked by", "Version"):
            table.add_column(title, overflow="fold")
        for one in told["changes"]:
            cells = ("change", "kind", "about", "status", "asked_by", "version")
            table.add_row(*("" if one[name] is None else str(one[name]) for name in cells))
        return console.print(table)
    if "signer" in told:
        console.print(f"{told['source']}, signed {told['signed_at']} by {told['signer']}")
        new = " (nobody accepted it before)" if told["new_signer"] else ""
        console.print(f"authority {told['authority']} {told['authority_fingerprint']}{new}")
        console.print(", ".join(f"{n} {name}" for name, n in told["counts"].items() if n))
        for one in told["states"]:
            if one["added"] or one["removed"]:
                console.print(
                    f"{one['state']}  {one['kept']} stay, {len(one['added'])} come, "
                    f"{len(one['removed'])} go, {one['new_keys']} new keys"
                )
    return console.print(_outcome(told))


def _outcome(told: dict[str, Any]) -> str:
    if told["status"] == "approved":
        return f"In force as version {told['version']}. {told['approved']}"
    if told["status"] == "pending":
        return f"Asked for. A second officer approves it: change {told['change']}."
    return "Nothing was changed (--dry-run)."
