"""The first sheet of an XLSX workbook as rows of text, read safely.

Office Open XML (ECMA-376 part 1, §18): a bounded archive, each part read as plain XML
without document types, cells placed sparsely, so that a sheet that claims a million columns
costs nothing. Formulas give their stored result; dates come out as ISO 8601.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import date, timedelta

from kordon.watchlist.sources.bounds import BadRows, Options, clean, unzip
from kordon.watchlist.sources.csvtext import Row
from kordon.watchlist.sources.records import SourceError
from kordon.watchlist.sources.xmlstream import Element, walk

MAX_COLUMNS = 500
_CELL = re.compile(r"^([A-Z]{1,3})\d{1,7}$")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DATE_CODE = re.compile(r"[ymd]", re.I)
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_sheet(content: bytes, options: Options, bad: BadRows) -> Iterator[Row]:
    """The rows of the first sheet that are not blank; ``line`` is the sheet's row number."""
    parts = unzip(content, options)
    book = _Book(parts, options)
    count = 0
    for element in walk(parts[book.sheet], frozenset({"row"})):
        if element.tag != "row":
            continue
        count += 1
        if count > options.max_rows:
            raise SourceError("too_many_rows", f"The sheet has over {options.max_rows:,} rows.")
        number = element.attributes.get("r", "")
        line = int(number) if number.isdecimal() and len(number) < 8 else count
        cells = book.cells(element)
        text = " | ".join(cell for cell in cells if cell)
        if not text:
            continue
        if max(map(len, cells)) > options.max_field:
            bad.add(line, "too_long", f"A cell is longer than {options.max_field:,}.", text)
        else:
            yield Row(line, cells, text)


class _Book:
    """What the sheet's cells refer to: shared texts, date styles, the epoch."""

    def __init__(self, parts: dict[str, bytes], options: Options) -> None:
        if "xl/workbook.xml" not in parts:
            raise SourceError("not_this_format", "This is not an XLSX workbook.")
        self._options = options
        self.sheet, self._epoch = _find_sheet(parts)
        self._texts = list(_shared_texts(parts.get("xl/sharedStrings.xml", b"")))
        self._dates = _date_styles(parts.get("xl/styles.xml", b""))

    def cells(self, row: Element) -> list[str]:
        """The texts of a row, in their columns."""
        placed: dict[int, str] = {}
        for nth, cell in enumerate(row.all("c")):
            column = _column(cell.attributes.get("r", ""), nth)
            if column < MAX_COLUMNS:
                placed[column] = clean(self._text(cell), self._options.max_field + 1)
        return [placed.get(column, "") for column in range(max(placed, default=-1) + 1)]

    def _text(self, cell: Element) -> str:
        kind, value = cell.attributes.get("t", "n"), cell.first("v")
        if kind == "inlineStr":
            return "".join(_texts_of(part) for part in cell.all("is"))
        if kind == "s":
            known = value.isdecimal() and len(value) < 9 and int(value) < len(self._texts)
            return self._texts[int(value)] if known else ""
        if kind == "n":
            return self._number(value, cell.attributes.get("s", "0"))
        return value

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self._dates and 0 < number < 200_000:
            return (self._epoch + timedelta(days=int(number))).isoformat()
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        return value


def _find_sheet(parts: dict[str, bytes]) -> tuple[str, date]:
    """Where the first sheet lies, and day 0 of its dates (§18.17.4.1)."""
    target, epoch = "", date(1899, 12, 30)
    first = ""
    for element in walk(parts["xl/workbook.xml"], frozenset()):
        if element.tag == "workbookPr" and element.attributes.get("date1904") in {"1", "true"}:
            epoch = date(1904, 1, 1)
        if element.tag == "sheet" and not first:
            ids = (v for k, v in element.attributes.items() if k.endswith("}id"))
            first = next(ids, "")
    for element in walk(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"), frozenset()):
        if element.attributes.get("Id") == first:
            target = element.attributes.get("Target", "")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
    if posixpath.normpath(path) not in parts:
        raise SourceError("not_this_format", "The workbook has no sheet.")
    return posixpath.normpath(path), epoch


def _shared_texts(content: bytes) -> Iterator[str]:
    for element in walk(content or b"<r/>", frozenset({"si"})):
        if element.tag == "si":
            yield _texts_of(element)


def _texts_of(element: Element) -> str:
    """Plain and rich text runs, without the phonetic ones (§18.4.8)."""
    runs = [part.text if part.tag == "t" else "" for part in element.parts]
    rich = ["".join(t.text for t in part.all("t")) for part in element.all("r")]
    return "".join(runs) + "".join(rich)


def _date_styles(content: bytes) -> set[str]:
    """Indexes of the cell formats that show a date."""
    formats = set(_DATE_FORMATS)
    dates: set[str] = set()
    for element in walk(content or b"<r/>", frozenset({"numFmt", "cellXfs"})):
        if element.tag == "numFmt":
            code = _NOT_CODE.sub("", element.attributes.get("formatCode", ""))
            number = element.attributes.get("numFmtId", "")
            if _DATE_CODE.search(code) and number.isdecimal() and len(number) < 9:
                formats.add(int(number))
        if element.tag == "cellXfs":
            for index, xf in enumerate(element.all("xf")):
                number = xf.attributes.get("numFmtId", "")
                if number.isdecimal() and len(number) < 9 and int(number) in formats:
                    dates.add(str(index))
    return dates


def _column(reference: str, nth: int) -> int:
    """ "C7" is column 2; a cell without a reference follows the one before."""
    found = _CELL.match(reference)
    if not found:
        return nth
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1
