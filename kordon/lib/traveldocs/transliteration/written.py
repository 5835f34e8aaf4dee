"""A table as text: what a state's authority writes down itself, in TOML.

name = "kg-names"
title = "Kyrgyz names"
state = "KGZ"
language = "ky"
legal_source = "the act, its number and date"

[letters]
"Ж" = "J"
"Ө" = ["O", "OE"]
"Е" = {usual = "E", first = "YE", last = "E", after = {"АОУ" = "YE"}}
"""

import re
import tomllib
from typing import Any

from kordon.lib.traveldocs.errors import MRZError
from kordon.lib.traveldocs.states import find_state
from kordon.lib.traveldocs.transliteration.shipped import TABLE_NAMES, find_table
from kordon.lib.traveldocs.transliteration.table import Letter, Table

MAX_TABLE = 65_536
"""Characters; the longest alphabet takes a tenth of it."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TEXTS = ("name", "title", "state", "language", "legal_source")
_KNOWN = frozenset({*_TEXTS, "through", "letters"})


def read_table(text: str) -> Table:
    """The table written in `text`; raises MRZError(TABLE) saying what is wrong with it.

    `name`, `title`, `state` (a code of Doc 9303) and `legal_source` are demanded. `through` names
    a table of this library that makes A-Z of the spellings; without it they are A-Z themselves.
    """
    if len(text) > MAX_TABLE:
        raise MRZError("TABLE", f"more than {MAX_TABLE} characters are no table")
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise MRZError("TABLE", f"not TOML: {error}") from None
    if strange := sorted(set(found) - _KNOWN):
        raise MRZError("TABLE", f"{strange[0]!r} is nothing a table has")
    said = {name: _text(found, name) for name in _TEXTS}
    _check(said)
    through = _text(found, "through")
    return Table(
        name=said["name"],
        title=said["title"],
        state=said["state"],
        language=said["language"],
        legal_source=said["legal_source"],
        letters=_letters(found.get("letters")),
        through=find_table(through) if through else None,
    )


def _check(said: dict[str, str]) -> None:
    if not _NAME.fullmatch(said["name"]) or said["name"] in TABLE_NAMES:
        raise MRZError("TABLE", "name is 1 to 40 of a-z 0-9 - and not the name of another table")
    if find_state(said["state"]) is None:
        raise MRZError("TABLE", "state is the code of the state whose law this is")
    if not said["title"]:
        raise MRZError("TABLE", "title is missing")


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TABLE // 16:
        raise MRZError("TABLE", f"{name} is one line of text")
    return value.strip()


def _letters(found: Any) -> dict[str, Letter]:
    if not isinstance(found, dict):
        raise MRZError("TABLE", "[letters] is missing")
    return {key: _letter(key, value) for key, value in found.items()}


def _letter(key: str, value: Any) -> Letter:
    if key != key.upper():
        raise MRZError("TABLE", f"{key!r}: rows are of capitals, small letters follow them")
    if isinstance(value, str | list):
        value = {"usual": value}
    if not isinstance(value, dict) or set(value) - {"usual", "first", "last", "after"}:
        raise MRZError("TABLE", f"{key!r}: usual, first, last and after are known")
    usual = value.get("usual")
    usual = [usual] if isinstance(usual, str) else usual
    after = value.get("after", {})
    if not isinstance(usual, list) or not isinstance(after, dict):
        raise MRZError("TABLE", f"{key!r} has no usual spelling")
    texts = [*usual, *after.values(), value.get("first", ""), value.get("last", "")]
    if not all(isinstance(each, str) for each in texts):
        raise MRZError("TABLE", f"{key!r}: spellings are text")
    pairs = tuple((before, text) for before, text in after.items())
    return Letter(tuple(usual), first=value.get("first"), last=value.get("last"), after=pairs)
