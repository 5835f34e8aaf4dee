"""Reference pages written from the code itself, so that they cannot say anything else.

python -m kordon.node.reference           write docs/reference
python -m kordon.node.reference --check   fail if a page there is not what would be written
"""

import argparse
import dataclasses
import importlib
import os
import sys
import typing
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import Any

import django

PAGES = Path(__file__).resolve().parents[2] / "docs" / "reference"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
    django.setup()
    if "--check" not in arguments:
        PAGES.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (PAGES / name).write_text(text, encoding="utf-8")
        return 0
    for name in (stale := stale_pages()):
        print(f"docs/reference/{name} is not what the code says. Run: make reference")
    return 1 if stale else 0


def stale_pages() -> list[str]:
    """Pages that differ from what the code says, are missing, or are about nothing."""
    wanted = pages()
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    return sorted(n for n in wanted.keys() | written.keys() if wanted.get(n) != written.get(n))


def pages() -> dict[str, str]:
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "facts.md": _facts,
        "rights.md": _rights,
        "commands.md": _commands,
    }
    return {name: "\n".join(make()) + "\n" for name, make in makers.items()}


def _head(title: str, about: str) -> Iterator[str]:
    yield f"# {title}\n"
    yield "<!-- Written by `make reference` from the code. Do not edit. -->\n"
    yield f"{about}\n"


def _facts() -> Iterator[str]:
    from kordon.journal.fact import KINDS  # noqa: PLC0415  (only after django.setup)

    yield from _head(
        "Facts",
        "What can have happened. `travels` says how far the fact goes from the node where it "
        "was recorded, and so in which channel of the journal it lies (docs/journal.md).",
    )
    for kind, fact in sorted(KINDS.items()):
        yield f"## `{kind}`\n"
        if said := _said_by_its_author(fact):
            yield f"{said}\n"
        yield _travels(fact)
        hints = typing.get_type_hints(fact)
        fields = dataclasses.fields(fact)
        yield from _table(
            ("field", "type"), ((f"`{f.name}`", _type(hints[f.name])) for f in fields)
        )


def _travels(fact: Any) -> str:
    """How far it goes, who alone records it, and which kept files go with it."""
    said = f"travels: `{fact.travels.name}`"
    if fact.only_at_hq:
        said += "; recorded at headquarters only"
    if fact.file_fields:
        said += "; with the files " + ", ".join(f"`{name}`" for name in fact.file_fields)
    return said + "\n"


def _rights() -> Iterator[str]:
    from kordon.accounts.default_roles import default_roles, fixed_rights  # noqa: PLC0415
    from kordon.accounts.doors import PAGES as OF_PAGES  # noqa: PLC0415
    from kordon.journal.command import COMMANDS, QUERIES  # noqa: PLC0415
    from kordon.node import urls  # noqa: F401, PLC0415  (the views declare the rights of pages)

    yield from _head(
        "Rights",
        "A right has the name of what it lets one do: a command (changes something), a query "
        "(shows something) or a page. Roles are sets of rights; these are the roles a node "
        "begins with, and administrators change them. `everybody` is whoever is signed in.",
    )
    roles: dict[str, frozenset[str]] = {role.code: role.rights for role in default_roles()}
    roles["everybody"] = fixed_rights("everybody")
    roles["not signed in"] = fixed_rights("visitor")
    rows = []
    for right in sorted({*COMMANDS, *QUERIES, *OF_PAGES}):
        kinds: dict[str, Container[str]] = {
            "command": COMMANDS,
            "query": QUERIES,
            "page": OF_PAGES,
        }
        kind = next(name for name, known in kinds.items() if right in known)
        deed = COMMANDS.get(right) or QUERIES.get(right)
        held = ", ".join(sorted(code for code, rights in roles.items() if right in rights))
        rows.append((f"`{right}`", kind, _sentence(deed.__doc__ if deed else ""), held))
    yield from _table(("right", "kind", "does", "held by"), rows)


def _commands() -> Iterator[str]:
    from kordon.node.cli import LINES  # noqa: PLC0415

    yield from _head(
        "Commands",
        "`kordon --help` shows them in groups. Every error ends in one sentence and a non-zero "
        'exit code; with `--json`, in `{"error": {"code", "text"}}`, but for a slip in the command '
        "line itself, which is told with its usage. The node is the folder `KORDON_HOME` "
        "(docs/operations/settings.md).",
    )
    for first in dict.fromkeys(line.first for line in LINES):
        lines = [line for line in LINES if line.first == first]
        for line in lines:
            yield f"## `kordon {line.words}`\n"
            yield f"{line.does}.\n"
        for line in {(line.app, line.entry): line for line in reversed(lines)}.values():
            yield from _options(_parser(line))


def _parser(line: Any) -> argparse.ArgumentParser:
    from django.core.management import load_command_class  # noqa: PLC0415

    from kordon.node.cli import parser_of  # noqa: PLC0415

    if line.app:
        return parser_of(load_command_class(line.app, line.command), line)
    module = importlib.import_module(line.entry.split(":")[0])
    made: argparse.ArgumentParser = (
        module.parser(line.first) if "measure" in line.entry else module.parser()
    )
    return made


def _options(parser: argparse.ArgumentParser, below: str = "") -> Iterator[str]:
    """The options of a command and of each of its deeds, in our words and not argparse's:
    its own pages differ from one Python to the next."""
    rows = []
    deeds: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            deeds = dict(action.choices)
        elif action.help is not argparse.SUPPRESS and action.dest != "help":
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            if action.choices and not action.option_strings:
                shown = " or ".join(str(choice) for choice in action.choices)
            rows.append((f"`{below}{shown}`", str(action.help or "")))
    if rows:
        yield from _table(("option", "does"), rows)
    for name, deed in deeds.items():
        yield from _options(deed, below=f"{below}{name} ")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    body = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    if body:
        yield f"| {' | '.join(head)} |"
        yield "|" + "---|" * len(head)
        yield from body
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _said_by_its_author(fact: type) -> str:
    """The docstring in paragraphs; the one ``dataclass`` makes up says nothing."""
    text = (fact.__doc__ or "").strip()
    if text.startswith(f"{fact.__name__}("):
        return ""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _type(hint: Any) -> str:
    """`tuple[str, ...]`, `UUID`, `Outcome`: as the author wrote it, without module names."""
    if typing.get_origin(hint) is None:
        return "`None`" if hint is type(None) else f"`{getattr(hint, '__name__', hint)}`"
    names = [_type(each).strip("`") for each in typing.get_args(hint)]
    if "Union" in str(typing.get_origin(hint)):
        return f"`{' | '.join(names)}`"
    if typing.get_origin(hint) is typing.Literal:
        names = [repr(each) for each in typing.get_args(hint)]
    inside = ", ".join("..." if name == "Ellipsis" else name for name in names)
    return f"`{typing.get_origin(hint).__name__}[{inside}]`"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
