"""Who is asked about: one row of a CSV file, or one JSON line, after the other.

Whatever a row is, it is answered under its number: a person, perhaps with what could not be
understood of them, or the reason why the row is nobody.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

from kordon.node.screen.lists import Unreadable
from kordon.watchlist.sources import Options
from kordon.watchlist.sources.births import read_birth
from kordon.watchlist.sources.bounds import clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.csvtext import Row, cut_rows, encoding_of, guess_delimiter
from kordon.watchlist.sources.records import BadRow
from kordon.watchlist.sources.table import SEXES, guess_columns, several

SAMPLE = 256 * 1024
LONGEST_ROW = 64 * 1024
BOUNDS = Options(max_row_bytes=LONGEST_ROW, max_field=LONGEST_ROW)
MOST_NAMES, LONGEST_NAME, MOST_DOCUMENTS, LONGEST_REF = 10, 300, 10, 200
WHO = {"name", "surname", "given_names", "other_names", "document_number"}
UNSAID = {"", "-", "--", "?", "n/a", "none", "null", "unknown", "unspecified", "x", "u", "нет"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A row: ``number`` counts rows, ``line`` lines, both from 1.

    ``unclear``: what stands in the row and was not understood, by field; it counts as
    unknown. With an ``error`` (code, text) nobody is asked about.
    """

    number: int
    line: int
    ref: str = ""
    names: tuple[str, ...] = ()
    born: tuple[int, int, int] = (0, 0, 0)
    nationalities: tuple[str, ...] = ()
    sex: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    unclear: tuple[tuple[str, str], ...] = ()
    error: tuple[str, str] | None = None


class _Bad(Exception):
    """A row that is nobody: code and text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Table:
    """An open file of persons; ``done`` tells how many bytes of ``size`` were read (0: unknown)."""

    asked: Iterator[Asked]
    size: int
    done: Callable[[], int]


@contextmanager
def open_table(file: Path, columns: Mapping[str, str], *, day_first: bool) -> Iterator[Table]:
    """The rows of a CSV file or of JSON lines, read as they are asked for; ``-`` is the input.

    ``columns``: our fields and what the file calls them, where it is not to be guessed.
    Raises ``Unreadable`` if the file is neither.
    """
    piped = str(file) == "-"
    with open(0 if piped else file, "rb", buffering=SAMPLE, closefd=not piped) as raw:
        raw = cast(BufferedReader, raw)
        sample = raw.peek(SAMPLE)
        encoding = encoding_of(sample)
        begins = sample.decode(encoding, "replace").lstrip("\ufeff \r\n\t\0")[:1]
        lines = _lines(TextIOWrapper(raw, encoding, errors="replace"))
        if begins == "{":
            rows = _json_rows(lines, dict(columns))
        else:
            rows = _csv_rows(file, lines, dict(columns))
        asked = (_asked(n, *row, day_first) for n, row in enumerate(rows, start=1))
        yield Table(asked, 0 if piped else file.stat().st_size, int if piped else raw.tell)


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines without their ends. Of one that is too long only the beginning, as too long a one."""
    first = True
    while line := stream.readline(LONGEST_ROW + 2):
        if not line.endswith("\n") and len(line) > LONGEST_ROW:
            while (rest := stream.readline(LONGEST_ROW)) and not rest.endswith("\n"):
                pass
        line = line.removesuffix("\n")
        yield line.lstrip("\ufeff") if first else line
        first = False


Cells = dict[str, str | list[str]]
_Rows = Iterator[tuple[int, Cells | BadRow]]


def _csv_rows(file: Path, lines: Iterator[str], columns: dict[str, str]) -> _Rows:
    first = list(islice(lines, 20))
    rows = cut_rows(chain(first, lines), guess_delimiter("\n".join(first)), BOUNDS)
    header = next(rows, None)
    names = tuple(clean(cell, 100) for cell in header.cells) if isinstance(header, Row) else ()
    for field, column in columns.items():
        if column not in names:
            raise Unreadable(f"{file}: there is no column {column!r} for {field}.")
    fields = guess_columns(names) | columns
    if not WHO & set(fields):
        raise Unreadable(f"{file}: no column of the first line is a name or a document number.")
    places = [(names.index(column), field) for field, column in fields.items()]
    return _cells_of(rows, places, len(names))


def _cells_of(rows: Iterator[Row | BadRow], places: list[tuple[int, str]], width: int) -> _Rows:
    for row in rows:
        if isinstance(row, BadRow):
            yield row.line, row
        elif any(row.cells[width:]):
            text = f"The row has {len(row.cells)} columns, the header {width}."
            yield row.line, BadRow(row.line, "wrong_columns", text, row.text)
        else:
            yield row.line, {f: row.cells[at] for at, f in places if at < len(row.cells)}


def _json_rows(lines: Iterator[str], columns: dict[str, str]) -> _Rows:
    for number, line in enumerate(lines, start=1):
        if not line.strip(" \t\r\0\x1a"):
            continue
        try:
            yield number, _json_cells(line, columns)
        except _Bad as bad:
            yield number, BadRow(number, bad.code, str(bad), line)


def _json_cells(line: str, columns: dict[str, str]) -> Cells:
    if len(line) > LONGEST_ROW:
        raise _Bad("too_long", f"The line is longer than {LONGEST_ROW:,} characters.")
    if "\ufffd" in line:
        raise _Bad("bad_encoding", "The line holds bytes that are no text.")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise _Bad("bad_json", "The line is not JSON.") from None
    if not isinstance(told, dict):
        raise _Bad("bad_json", "The line is not a JSON object.")
    cells: Cells = {}
    for field, name in (_json_fields(tuple(told)) | columns).items():
        if field == "document_number":
            _add_documents(cells, told.get(name))
        else:
            cells.setdefault(field, _json_value(name, told.get(name)))
    return cells


@lru_cache(maxsize=64)
def _json_fields(names: tuple[str, ...]) -> dict[str, str]:
    return guess_columns(names)


def _json_value(name: str, value: Any) -> str | list[str]:
    """Text, a whole number as text, nothing as "", or a list of such."""
    if isinstance(value, list):
        return [text for each in value if isinstance(text := _json_value(name, each), str)]
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _Bad("bad_value", f"{name[:40]!r} is no text and no list of texts.")


def _add_documents(cells: Cells, value: Any) -> None:
    """``"AC123"``, ``["AC123"]`` or ``[{"number": "AC123", "issuer": "KGZ"}]``."""
    each = value if isinstance(value, list) else [value]
    if not any(isinstance(one, dict) for one in each):
        cells["document_number"] = _json_value("documents", value)
        return
    pairs = [one if isinstance(one, dict) else {"number": one} for one in each]
    cells["document_number"] = [_text("number", one.get("number")) for one in pairs]
    cells["issuer"] = [_text("issuer", one.get("issuer")) for one in pairs]


def _text(name: str, value: Any) -> str:
    text = _json_value(name, value)
    if not isinstance(text, str):
        raise _Bad("bad_value", f"{name!r} is no text.")
    return text


def _asked(number: int, line: int, row: Cells | BadRow, day_first: bool) -> Asked:
    if isinstance(row, BadRow):
        return Asked(number=number, line=line, error=(row.code, row.text))
    ref = _one(row, "ref")[:LONGEST_REF]
    try:
        return _person(number, line, ref, row, day_first)
    except _Bad as bad:
        return Asked(number=number, line=line, ref=ref, error=(bad.code, str(bad)))


def _person(number: int, line: int, ref: str, row: Cells, day_first: bool) -> Asked:
    unclear: list[tuple[str, str]] = []

    def understood(field: str, text: str, value: Any) -> Any:
        if not value and text.casefold() not in UNSAID:
            unclear.append((field, text[:80]))
        return value

    birth = _one(row, "birth_date")
    born = read_birth(birth, day_first=day_first)
    sex = _one(row, "sex")
    states = [understood("nationality", t, to_alpha3(t)) for t in _many(row, "nationality")]
    issuers = [understood("issuer", t, to_alpha3(t)) for t in _many(row, "issuer")]
    asked = Asked(
        number=number,
        line=line,
        ref=ref,
        names=_names(row),
        born=understood("birth_date", birth, born and born.birth) or (0, 0, 0),
        nationalities=tuple(dict.fromkeys(filter(None, states))),
        sex=understood("sex", sex, SEXES.get(sex.casefold(), "")),
        documents=_documents(_many(row, "document_number"), issuers),
        unclear=tuple(unclear),
    )
    if not asked.names and not asked.documents:
        raise _Bad("no_name", "The row has no name and no document.")
    return asked


def _names(row: Cells) -> tuple[str, ...]:
    whole = " ".join(_one(row, part) for part in ("given_names", "patronymic", "surname"))
    others = (*_many(row, "other_names"), *_many(row, "weak_names"))
    texts = (clean(text, 2 * LONGEST_NAME) for text in (*_many(row, "name"), whole, *others))
    names = tuple(dict.fromkeys(filter(None, texts)))
    if len(names) > MOST_NAMES:
        raise _Bad("too_many", f"The row has more than {MOST_NAMES} names.")
    if any(len(name) > LONGEST_NAME for name in names):
        raise _Bad("too_long", f"A name is longer than {LONGEST_NAME} characters.")
    return names


def _documents(numbers: list[str], issuers: list[str]) -> tuple[tuple[str, str], ...]:
    """As in lists: an issuer for each number, or one for all."""
    if len(numbers) > MOST_DOCUMENTS:
        raise _Bad("too_many", f"The row has more than {MOST_DOCUMENTS} documents.")
    if len(issuers) != len(numbers):
        issuers = (issuers if len(issuers) == 1 else [""]) * len(numbers)
    pairs = zip((number[:60] for number in numbers), issuers, strict=True)
    return tuple((number, issuer) for number, issuer in pairs if number)


def _one(row: Cells, field: str) -> str:
    value = row.get(field, "")
    return clean(value if isinstance(value, str) else " ".join(value), LONGEST_ROW)


def _many(row: Cells, field: str) -> list[str]:
    value = row.get(field, "")
    return several(value) if isinstance(value, str) else [text.strip() for text in value]
