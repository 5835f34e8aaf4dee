"""``kordon screen``: persons of a file against the node's lists or lists given, with reasons."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

# First of all: it tells the compiled matching where to keep itself between two calls.
import kordon.node.settings  # noqa: F401
from kordon.lib.screening import THRESHOLD
from kordon.node.screen import answering, people, working
from kordon.node.screen.lists import Unreadable
from kordon.node.screen.pairs import score_pairs
from kordon.node.screen.progress import progress
from kordon.node.screen.telling import CSV, JSON, header
from kordon.watchlist.sources import FIELDS, FORMATS

LIMIT = 10
REFUSED, MISUSED, BAD_ROWS = 1, 2, 3


def main(arguments: Sequence[str]) -> None:
    """Exit code 0: every row was answered; 3: all others were; 1: nothing could be."""
    made = parser()
    wishes = made.parse_args(arguments)
    if wishes.pairs:
        _write_pairs(wishes)
        return
    wishes.queries = wishes.queries or wishes.file
    if wishes.queries is None:
        made.error("name a file of persons, or - for the standard input")
    if not wishes.list and (wishes.threshold is not None or wishes.format):
        made.error("--threshold and --format are for lists given with --list")
    bad = _screen(wishes)
    if bad:
        print(f"{bad} rows are nobody: see their error.", file=sys.stderr)
        sys.exit(BAD_ROWS)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kordon screen",
        description="Look for the persons of a file in the lists of this node, or in lists given"
        " as files (that needs no node); or score pairs of names. One answer for each row, in"
        " their order, with every reason.",
    )
    add = parser.add_argument
    what = parser.add_mutually_exclusive_group()
    file_help = "persons: CSV or JSON lines; - is the standard input"
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help=file_help)
    what.add_argument("--queries", type=Path, help="the same, written as an option")
    what.add_argument("--pairs", type=Path, help="CSV with the columns name1 and name2")
    add("--list", type=Path, nargs="+", default=[], help="lists to look in, instead of the node's")
    add("--format", choices=FORMATS, help="of the lists, if not to be guessed")
    add(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="FIELD=COLUMN",
        help="a column of FILE, for example name=ФИО; may be repeated",
    )
    add("--month-first", action="store_true", help="dates are written 08/12/1974 for 12 August")
    add("--threshold", type=float, help=f"least score to show, with --list (usual: {THRESHOLD:g})")
    add("--limit", type=_number, default=LIMIT, help="most candidates for one person")
    add("--output", type=Path, help="write there instead of to the standard output")
    add("--output-format", choices=(JSON, CSV), default=JSON, help="JSON lines, or a table")
    add("--processes", type=_number, default=_cores(), help="how many work (usual: all cores)")
    add("--as", dest="login", default="", help="ask the node with this person's rights")
    add("--json", action="store_true", help=argparse.SUPPRESS)
    return parser


def _column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or field not in FIELDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=COLUMN of {', '.join(FIELDS)}")
    return field, column


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("a number from 1 to 1000")
    return int(text)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write_pairs(wishes: argparse.Namespace) -> None:
    try:
        for answer in score_pairs(wishes.pairs):
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    except (Unreadable, OSError) as error:
        sys.exit(str(error))


def _screen(wishes: argparse.Namespace) -> int:
    """Answer every row; how many were nobody. Whatever else goes wrong ends in a sentence."""
    try:
        if wishes.list:
            return _in_files(wishes)
        return _at_node(wishes)
    except BrokenProcessPool:
        sys.exit("A process that searched has ended; what was written is not all.")
    except BrokenPipeError:
        raise
    except (Unreadable, OSError) as error:
        sys.exit(str(error))


def _in_files(wishes: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="kordon-screen-") as folder:
        if not answering.prepare(Path(folder), wishes.list, wishes.format):
            raise Unreadable("There is no person and no document in these lists.")
        return _answer(wishes, folder)


def _at_node(wishes: argparse.Namespace) -> int:
    from kordon.journal.identity import NotInitialised  # noqa: PLC0415

    try:
        answering.start_node()
    except NotInitialised as error:
        raise Unreadable(
            f"There is no node in {error} yet. Name the lists to look in: --list FILE …"
        ) from error
    from django.db import DatabaseError  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kordon.journal.refusal import Refusal  # noqa: PLC0415
    from kordon.watchlist import screening_index  # noqa: PLC0415

    try:
        screening_index.load(timezone.localdate())  # written here once, mapped by every process
        return _answer(wishes, "")
    except (LookupError, Refusal, DatabaseError) as error:
        raise Unreadable(str(error) or type(error).__name__) from error


def _answer(wishes: argparse.Namespace, folder: str) -> int:
    threshold = THRESHOLD if wishes.threshold is None else wishes.threshold
    told = answering.Wishes(folder, wishes.login, threshold, wishes.limit, wishes.output_format)
    columns, day_first = dict(wishes.column), not wishes.month_first
    bad = 0
    with (
        people.open_table(wishes.queries, columns, day_first=day_first) as table,
        _output(wishes.output) as output,
        progress(table, output) as show,
    ):
        output.write(header(wishes.output_format))
        for part in working.answer_all(table.asked, told, wishes.processes):
            output.write(part.text)
            bad += part.bad
            show(part)
    return bad


@contextmanager
def _output(file: Path | None) -> Iterator[IO[str]]:
    """The standard output; or a file that is there only when all of it is."""
    if file is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    fresh = file.with_name(f"{file.name}.part")
    with fresh.open("w", encoding="utf-8") as stream:
        yield stream
    fresh.replace(file)
