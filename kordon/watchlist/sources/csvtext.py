"""Text and comma-separated rows out of bytes of unknown encoding, row by row, with lines.

One damaged row never takes its neighbours with it: a quote that is not closed within a few
lines costs only the line it stands on.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kordon.watchlist.sources.bounds import BadRows, Options
from kordon.watchlist.sources.records import BadRow, SourceError

DELIMITERS = (",", ";", "\t", "|")
MAX_LINES_OF_A_ROW = 50
READ_AT_ONCE = 500
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Row:
    """``line`` is where it begins, counted from 1; ``text`` how it stood there."""

    line: int
    cells: list[str]
    text: str


def decode(content: bytes, encoding: str = "") -> str:
    """Text of UTF-8, UTF-16 or windows-1251 (what Cyrillic spreadsheets still write).

    Bytes that cannot be read become U+FFFD; rows that hold it are bad rows.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding or name, errors="replace")
    try:
        return content.decode(encoding or encoding_of(content), errors="replace")
    except LookupError as error:
        raise SourceError("unknown_encoding", f"There is no encoding {encoding!r}.") from error


def encoding_of(content: bytes) -> str:
    """What the beginning of a text is most likely written in: UTF-8, UTF-16 or windows-1251."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return name
    sample = content[: 256 * 1024]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
    replaced = content.decode("utf-8", errors="replace")
    damaged = replaced.count("\ufffd")
    beyond_ascii = sum(1 for c in replaced if c > "\x7f") if damaged else 0
    # Damaged UTF-8 still holds mostly whole letters; windows-1251 read as UTF-8 hardly any.
    return "cp1251" if damaged * 3 > beyond_ascii else "utf-8"


def guess_delimiter(text: str) -> str:
    """The one that cuts the first lines into the most, and equally many, columns."""
    lines = [line for line in text[:100_000].split("\n")[:20] if line.strip()]

    def worth(delimiter: str) -> tuple[int, int]:
        counts = [_count_outside_quotes(line, delimiter) for line in lines]
        first = counts[0] if counts else 0
        return (first > 0) * sum(1 for count in counts if count == first), first

    return max(DELIMITERS, key=worth)


def _count_outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def read_rows(
    text: str, delimiter: str, options: Options, bad: BadRows, *, width: int = 0, file: str = ""
) -> Iterator[Row]:
    """The rows that can be cut; blank lines are none, others are told to ``bad``.

    ``width``: how many cells a row must have (0: any). Every non-blank line is either
    part of a row or a bad row.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for rows, row in enumerate(cut_rows(iter(lines), delimiter, options, width), start=1):
        if rows > options.max_rows:
            raise SourceError("too_many_rows", f"The file has over {options.max_rows:,} rows.")
        if isinstance(row, Row):
            yield row
        else:
            bad.add(row.line, row.code, row.text, excerpt=row.excerpt, file=file)


def cut_rows(
    lines: Iterator[str], delimiter: str, options: Options, width: int = 0
) -> Iterator[Row | BadRow]:
    """Rows and bad rows in their order, with no more than some hundred lines in memory.

    ``lines`` without their ends. Every non-blank line is part of a row or a bad row.
    """
    held, at, before = list[str](), 0, 0
    while True:
        if len(held) - at < MAX_LINES_OF_A_ROW:
            before += at
            held = held[at:] + [line.replace("\0", "") for line in islice(lines, READ_AT_ONCE)]
            at = 0
        if at >= len(held):
            return
        if not held[at].strip(" \x1a\ufeff"):
            at += 1
            continue
        row, used, reason = _read_row(held, at, delimiter, options, width)
        line = before + at + 1
        yield replace(row, line=line) if row else BadRow(line, *reason, held[at])
        at += used


_NO_REASON = ("", "")


def _read_row(
    lines: Sequence[str], at: int, delimiter: str, options: Options, width: int
) -> tuple[Row | None, int, tuple[str, str]]:
    """A row, or why there is none; and how many lines it took."""
    used = _closed_after(lines, at, options.max_row_bytes)
    if not used:
        return None, 1, ("unclosed_quote", "A quotation mark is opened and never closed.")
    text = "\n".join(lines[at : at + used])
    reason = _unreadable(text, options)
    if not reason:
        cells = _cut(text, delimiter)
        if cells is None:
            reason = ("bad_quoting", "The quotation marks of this row do not fit.")
        elif width and len(cells) != width:
            reason = ("wrong_columns", f"The row has {len(cells)} columns instead of {width}.")
        elif max(map(len, cells)) > options.max_field:
            reason = ("too_long", f"A field is longer than {options.max_field:,} characters.")
        else:
            return Row(at + 1, cells, text), used, _NO_REASON
    # Of several lines only the first is bad: the others may be rows of their own.
    return None, 1, reason


def _unreadable(text: str, options: Options) -> tuple[str, str] | None:
    if len(text) > options.max_row_bytes:
        return "too_long", f"The row is longer than {options.max_row_bytes:,} characters."
    if "\ufffd" in text:
        return "bad_encoding", "The row holds bytes that are no text in the file's encoding."
    return None


def _closed_after(lines: Sequence[str], at: int, longest: int) -> int:
    """How many lines until every quotation mark has its partner; 0 if none is near."""
    open_quote, length = False, 0
    for used, line in enumerate(lines[at : at + MAX_LINES_OF_A_ROW], 1):
        open_quote ^= line.count('"') % 2 == 1
        length += len(line)
        if not open_quote:
            return used
        if length > longest:
            break
    return 0


def _cut(text: str, delimiter: str) -> list[str] | None:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return None
    # More than one row: the quotes fit by number, not by place.
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 else None
