"""``kordon watchlist``: import an edition of a list at the console of the node."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from kordon.accounts.queries import get_operator
from kordon.journal.actor import Actor
from kordon.journal.command import check_right
from kordon.watchlist import commands, queries
from kordon.watchlist.comparing import Difference
from kordon.watchlist.edition_commands import AT_CONSOLE
from kordon.watchlist.lists import KNOWN, Profile
from kordon.watchlist.particulars import Category
from kordon.watchlist.sources import FORMATS, Kind, Options, Parsed, SourceError, pack

SHOWN = 20
PARTS = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")


class Command(BaseCommand):
    help = "Import an edition of a watchlist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="import")
        it = deeds.add_parser("import", help="read a list's file and put it in force")
        it.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder (ofac)")
        it.add_argument("--format", required=True, choices=sorted(FORMATS), help="its format")
        it.add_argument("--list", default="", help="short name of the list (default: as usual)")
        it.add_argument("--title", default="", help="title of the list")
        it.add_argument(
            "--category",
            default="",
            choices=["", *Category],
            metavar="CATEGORY",
            help="what its entries mean here: " + ", ".join(Category),
        )
        it.add_argument("--legal-basis", default="", help="legal basis of its entries")
        it.add_argument("--legal-review", default="", help="who reviewed it (arrest only)")
        it.add_argument("--kind", default="person", choices=list(Kind), help="rows of a table are")
        it.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="a column of a table, for example name=ФИО; may be repeated",
        )
        it.add_argument("--dry-run", action="store_true", help="only say what it would change")
        it.add_argument(
            "--accept-shrinking", action="store_true", help="many entries may disappear"
        )
        approval = it.add_mutually_exclusive_group()
        approval.add_argument(
            "--approve",
            action="store_true",
            help="put it in force without a second officer (usual on a standalone node)",
        )
        approval.add_argument(
            "--for-approval", action="store_true", help="leave it to a second officer"
        )
        it.add_argument("--as", dest="login", default="", help="act with this person's rights")
        it.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **wishes: Any) -> None:
        profile = _profile(wishes)
        name, content = _gather(wishes["files"], wishes["format"])
        options = Options(kind=wishes["kind"], columns=_columns(wishes["column"]))
        by = _operator(wishes["login"])
        if not wishes["dry_run"]:
            check_right(by, "watchlist.import_edition")
        try:
            parsed, difference = queries.preview_edition(
                by=by, profile=profile, content=content, options=options
            )
            told = _told(profile, parsed, difference)
            if not wishes["dry_run"]:
                told |= _import(by, profile, name, content, options, wishes)
        except SourceError as error:
            raise CommandError(f"{name}: {error}") from error
        if wishes["json"]:
            print(json.dumps(told, ensure_ascii=False))
        else:
            _draw(told, parsed)


def _operator(login: str) -> Actor:
    try:
        return get_operator(login)
    except LookupError as error:
        raise CommandError(str(error)) from error


def _profile(wishes: dict[str, Any]) -> Profile:
    usual = KNOWN[wishes["format"]]
    return Profile(
        format=usual.format,
        list=wishes["list"] or usual.list,
        title=wishes["title"] or wishes["list"] or usual.title,
        category=Category(wishes["category"] or usual.category),
        legal_basis=wishes["legal_basis"] or usual.legal_basis,
        legal_review=wishes["legal_review"],
    )


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for text in given:
        field, equals, column = text.partition("=")
        if not equals:
            raise CommandError(f"--column needs FIELD=COLUMN, not {text!r}.")
        columns[field] = column
    return columns


def _gather(files: list[str], format: str) -> tuple[str, bytes]:
    """One file as it is; OFAC's several files, or their folder, as one archive."""
    paths = [Path(text) for text in files]
    if len(paths) == 1 and paths[0].is_dir() and format == "ofac":
        paths = [paths[0] / part for part in PARTS if (paths[0] / part).exists()]
        if not paths:
            raise CommandError(f"There is no sdn.csv in {files[0]}.")
        name = Path(files[0]).name
    else:
        name = paths[0].name
    size = sum(path.stat().st_size for path in paths)
    if size > Options().max_bytes:
        raise CommandError(f"{name} is larger than {Options().max_bytes:,} bytes.")
    if len(paths) == 1:
        return name, paths[0].read_bytes()
    if format != "ofac":
        raise CommandError("Only OFAC's list comes in several files; give one file.")
    return f"{name}.zip", pack({path.name.lower(): path.read_bytes() for path in paths})


def _import(
    by: Actor,
    profile: Profile,
    name: str,
    content: bytes,
    options: Options,
    wishes: dict[str, Any],
) -> dict[str, Any]:
    edition = commands.import_edition(
        by=by,
        edition=uuid4(),
        profile=profile,
        content=content,
        filename=name,
        options=options,
        accept_shrinking=wishes["accept_shrinking"],
    )
    standalone = settings.KORDON_KIND == "standalone"
    if wishes["approve"] or (standalone and not wishes["for_approval"]):
        edition = commands.approve_edition_at_console(by=by, edition=edition.id)
    return {
        "edition": str(edition.id),
        "status": edition.status,
        "original": edition.original,
        "approved": AT_CONSOLE if edition.approved_alone else "",
    }


def _told(profile: Profile, parsed: Parsed, difference: Difference) -> dict[str, Any]:
    return {
        "list": profile.list,
        "title": profile.title,
        "category": profile.category.value,
        "as_of": parsed.as_of,
        "rows": parsed.rows,
        "records": len(parsed.records),
        "skipped": dict(parsed.skipped),
        "joined": dict(parsed.joined),
        "bad": parsed.bad_rows,
        "new": len(difference.new),
        "changed": len(difference.changed),
        "removed": len(difference.removed),
        "bad_rows": [
            {"file": r.file, "line": r.line, "code": r.code, "text": r.text, "excerpt": r.excerpt}
            for r in parsed.bad
        ],
        "status": "dry_run",
    }


def _draw(told: dict[str, Any], parsed: Parsed) -> None:
    console = Console(file=sys.stdout, highlight=False)
    console.print(f"[bold]{told['title']}[/bold]" + (f", {told['as_of']}" if told["as_of"] else ""))
    console.print(
        f"{told['rows']} rows: {told['records']} entries, {told['bad']} bad rows"
        + "".join(f", {count} {what} left out" for what, count in parsed.skipped.items())
        + "".join(f", {count} {what} joined" for what, count in parsed.joined.items())
    )
    console.print(f"{told['new']} new, {told['changed']} changed, {told['removed']} removed")
    if parsed.bad:
        table = Table("Line", "Reason", "Begins with", box=None)
        for row in parsed.bad[:SHOWN]:
            table.add_row(f"{row.file} {row.line}".strip(), row.text, row.excerpt[:60])
        console.print(table)
        if parsed.bad_rows > SHOWN:
            console.print(f"… and {parsed.bad_rows - SHOWN} more; --json lists them.")
    console.print(_outcome(told))


def _outcome(told: dict[str, Any]) -> str:
    if told["status"] == "in_force":
        return f"In force. {told['approved']}"
    if told["status"] == "pending":
        return f"Imported. A second officer puts it in force: edition {told['edition']}."
    return "Nothing was imported (--dry-run)."
