"""The ``kordon`` command: one thin layer over the framework's commands.

This file imports almost nothing, so that ``kordon mrz read`` starts at once.
Every error a user can cause ends in one sentence on standard error, and as
``{"error": …}`` there when ``--json`` was asked for.
"""

import argparse
import difflib
import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from kordon import __version__

REFUSED, MISUSED, INTERRUPTED = 1, 2, 130


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the help page.

    ``app`` holds the Django command (called like the first word, or ``command``), or
    ``entry`` is called as it is.
    """

    words: str
    group: str
    does: str
    app: str = ""
    command: str = ""
    entry: str = ""

    @property
    def first(self) -> str:
        return self.words.split()[0]


def _django(app: str, group: str, words: str, does: str, command: str = "") -> Line:
    name = command or words.split()[0]
    return Line(words=words, group=group, does=does, app=f"kordon.{app}", command=name)


def _plain(entry: str, group: str, words: str, does: str) -> Line:
    return Line(words=words, group=group, does=does, entry=f"kordon.{entry}")


NODE, CHECK, PROVE = "A node", "Documents and lists", "The record, and what is claimed of it"

LINES = (
    _plain(
        "node.demonstration:main",
        NODE,
        "demo",
        "Start a demonstration with invented travellers",
    ),
    _django("node", NODE, "init", "Make a node in KORDON_HOME and its first administrator"),
    _django("node", NODE, "post enrol", "Make a post here and have it enrolled at headquarters"),
    _django("node", NODE, "post rotate-key", "Give this post a new key"),
    _django("node", NODE, "post status", "How this post and its link to headquarters are"),
    _django("node", NODE, "run", "Serve the node's pages, with its worker beside"),
    _django("node", NODE, "worker", "Run the worker alone, where the pages run elsewhere"),
    _django("node", NODE, "screener", "Search for headquarters on another machine"),
    _django("node", NODE, "backup", "Write everything of the node to one file, while it works"),
    _plain("node.keeping:main", NODE, "restore", "Put a backup back, or prove that it could be"),
    _django("network", NODE, "go-on", "Let a restored headquarters record again", "go_on"),
    _django("network", NODE, "parcel make", "Write what a line would carry to a file", "parcel"),
    _django("network", NODE, "parcel take", "Take over such a file, checked like a line", "parcel"),
    _django("network", NODE, "network configure", "Write what the broker is started with"),
    _django("network", NODE, "network rotate-hq-key", "Give headquarters another key"),
    _plain(
        "node.mrz:main", CHECK, "mrz read", "Read MRZs from standard input, answer each in JSON"
    ),
    _plain("node.mrz:main", CHECK, "mrz write", "Write MRZs of JSON lines, names in any script"),
    _plain("node.mrz:main", CHECK, "mrz transliterate", "Spell names in A-Z by a chosen table"),
    _plain("node.page:main", CHECK, "page read", "Read the MRZ of a scanned or photographed page"),
    _plain("node.seal:main", CHECK, "seal read", "Say what a visible digital seal says"),
    _plain("node.seal:main", CHECK, "seal verify", "Verify a seal, and compare it with zones"),
    _plain("node.seal:main", CHECK, "seal write", "Make, sign and draw a seal"),
    _django(
        "border", CHECK, "check", "Check a traveller as the first line does", "check_traveller"
    ),
    _django("watchlist", CHECK, "watchlist import", "Take a list over: preview, differences, undo"),
    _plain("node.chip:main", CHECK, "chip verify", "Verify the files of a chip by lists at hand"),
    _plain(
        "node.reader:main",
        CHECK,
        "reader simulate",
        "Hand in recorded documents as a reader at a booth would",
    ),
    _django("trust", CHECK, "trust import", "Offer a signed list of states' authorities"),
    _django("trust", CHECK, "trust add", "Offer certificates or a revocation list by hand"),
    _django("trust", CHECK, "trust changes", "What of the trust store waits, and what was"),
    _django("trust", CHECK, "trust approve", "Approve a change without a second officer"),
    _plain(
        "node.chip.inspecting:main",
        CHECK,
        "trust inspect",
        "Say what a master list holds, which certificates hold, and why not",
    ),
    _plain(
        "node.screen:main",
        CHECK,
        "screen",
        "Look for the persons of a file in lists, or score pairs of names",
    ),
    _django("node", CHECK, "calibrate", "Count what each threshold would show and find here"),
    _django("node", CHECK, "refit", "Fit weights on what officers decided, and report"),
    _django("node", PROVE, "journal verify", "Find whatever was changed, added, taken or cut"),
    _django("node", PROVE, "journal head", "Print the signed heads, to be kept elsewhere"),
    _django("node", PROVE, "journal rebuild", "Make every row anew from the journal"),
    _plain("measure.frame:bench", PROVE, "bench", "Measure what this machine can do"),
    _plain("measure.frame:prove", PROVE, "prove", "Prove what is claimed, by trying to break it"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    # Our matrices are small: a second thread would win nothing and keep a core from other work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        return show_help()
    if words[0] in {"-V", "--version"}:
        return print(f"kordon {__version__}")
    line = line_of(words)
    if line is None:
        _end(_unknown(words[0]), words, MISUSED)
    try:
        run(line, words)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing may complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REFUSED)
    return None


def line_of(words: Sequence[str]) -> Line | None:
    """The line of both words, where a word has deeds of two kinds; else of the first."""
    for count in (2, 1):
        for line in LINES:
            if line.words.split()[:count] == list(words[:count]):
                return line
    return None


def run(line: Line, words: list[str]) -> None:
    """Hand ``words`` to the command of this line."""
    if line.entry:
        module, name = line.entry.split(":")
        getattr(importlib.import_module(module), name)(words[1:])
    else:
        _run_django(line, words)


def _run_django(line: Line, words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
    import django  # noqa: PLC0415  (half a second that `kordon mrz read` need not pay)
    from django.core.management import CommandError, load_command_class  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    django.setup()
    from kordon.journal.identity import NotInitialised  # noqa: PLC0415
    from kordon.journal.refusal import Refusal  # noqa: PLC0415
    from kordon.node.listening import CannotStart  # noqa: PLC0415

    command = load_command_class(line.app, line.command)
    parser = parser_of(command, line)
    wishes = vars(parser.parse_args(words[1:]))
    try:
        command.execute(**{**wishes, "skip_checks": True})
    except NotInitialised as error:
        _end(f"There is no node in {error} yet. Make one with: kordon init", words)
    except Refusal as error:
        _end(str(error) or error.code, words, code=error.code)
    except (CommandError, CannotStart, OSError, DatabaseError) as error:
        if wishes.get("traceback"):
            raise
        _end(_sentence(error), words)


def parser_of(command: Any, line: Line) -> argparse.ArgumentParser:
    """The options of a Django command, without the framework's own."""
    # Set so, misuse ends in usage and not in a traceback.
    command._called_from_command_line = True
    made: argparse.ArgumentParser = command.create_parser(
        "kordon", line.first, formatter_class=argparse.HelpFormatter
    )
    _hide_the_frameworks_options(made)
    return made


def _hide_the_frameworks_options(parser: argparse.ArgumentParser) -> None:
    framework = {"version", "verbosity", "settings", "pythonpath", "no_color", "force_color"}
    for action in parser._actions:
        if action.dest in framework | {"traceback", "skip_checks"}:
            action.help = argparse.SUPPRESS


def _sentence(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or str(error)).lower()}."
    return str(error).strip().split("\n")[0] or type(error).__name__


def _unknown(word: str) -> str:
    known = list(dict.fromkeys(line.first for line in LINES))
    near = difflib.get_close_matches(word, known, n=1)
    meant = f" Did you mean: kordon {near[0]}?" if near else " See: kordon --help"
    return f"There is no command {word!r}.{meant}"


def _end(text: str, words: list[str], status: int = REFUSED, *, code: str = "error") -> NoReturn:
    if "--json" in words:
        text = json.dumps({"error": {"code": code, "text": text}}, ensure_ascii=False)
    print(text, file=sys.stderr)
    sys.exit(status)


def show_help() -> None:
    """The page of all commands, in groups."""
    from rich.console import Console  # noqa: PLC0415
    from rich.padding import Padding  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False)
    console.print(f"\n[bold]kordon[/] {__version__}: border management.  kordon COMMAND --help\n")
    for group in dict.fromkeys(line.group for line in LINES):
        console.print(f"[bold]{group}[/]")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(style="cyan", no_wrap=True, min_width=17)
        table.add_column()
        for line in LINES:
            if line.group == group:
                table.add_row(line.words, line.does)
        console.print(Padding(table, (0, 0, 1, 2)))
    console.print("The node lives in the folder KORDON_HOME names; other settings stand in")
    console.print("docs/operations/settings.md. Most commands take [cyan]--json[/].\n")
