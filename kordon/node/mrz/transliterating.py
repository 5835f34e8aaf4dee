"""``kordon mrz transliterate``."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from kordon.lib.traveldocs import (
    TABLE_NAMES,
    MRZError,
    Table,
    find_table,
    read_table,
    transliterate,
)
from kordon.node.mrz.lines import answer, read_lines, told

LARGEST_FILE = 262_144


def add_parser(deeds: Any) -> None:
    parser: argparse.ArgumentParser = deeds.add_parser(
        "transliterate",
        description="Spell names in A-Z and <, one identifier per line. Prints one JSON object for "
        "each; exit 1 if a letter had no row in the table.",
    )
    add_table_options(parser)
    parser.add_argument("--tables", action="store_true", help="list the tables and end")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(answer=spell)


def add_table_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table", metavar="NAME", help="table of letters: " + ", ".join(TABLE_NAMES)
    )
    parser.add_argument("--table-file", metavar="FILE", help="a state's own table, in TOML")
    parser.add_argument(
        "--choose",
        metavar="LETTER=A-Z",
        action="append",
        default=[],
        help="an alternative that the table offers, for example Ü=UE; may be repeated",
    )


def spell(wishes: argparse.Namespace) -> bool:
    """Whether every name could be spelled."""
    if wishes.tables:
        for name in TABLE_NAMES:
            answer(_about(find_table(name)))
        return True
    table = table_of(wishes)
    if table is None:
        end(wishes, MRZError("TABLE", "name a table with --table or --table-file"))
    good = True
    for number, line in read_lines():
        said: dict[str, Any] = {"line": number, "text": line}
        try:
            said["spelled"] = transliterate(line, table)
        except MRZError as error:
            said["error"], good = told(error), False
        answer(said)
    return good


def table_of(wishes: argparse.Namespace) -> Table | None:
    """The table that was asked for, if one was; ends the process if it cannot be had."""
    try:
        if wishes.table_file:
            table = read_table(_text_of(Path(wishes.table_file)))
        elif wishes.table:
            table = find_table(wishes.table)
        elif wishes.choose:
            raise MRZError("TABLE", "--choose chooses from a table: name one")
        else:
            return None
        choices = dict(_choice(each) for each in wishes.choose)
        return table.choosing(choices) if choices else table
    except MRZError as error:
        end(wishes, error)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE).decode("utf-8")
    except OSError as error:
        raise MRZError("TABLE", f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise MRZError("TABLE", f"{path} is not UTF-8") from None


def _choice(text: str) -> tuple[str, str]:
    letter, is_one, wanted = text.partition("=")
    if not is_one:
        raise MRZError("TABLE", f"--choose is written as Ü=UE, not as {text}")
    return letter, wanted


def _about(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "state": table.state,
        "language": table.language,
        "legal_source": table.legal_source,
        "letters": len(table.letters),
    }


def end(wishes: argparse.Namespace, error: MRZError) -> NoReturn:
    """One sentence on standard error, as every command of Kordon ends."""
    text = error.text
    if wishes.json:
        text = json.dumps({"error": told(error)}, ensure_ascii=False)
    sys.exit(text)
