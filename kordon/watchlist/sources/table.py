"""Tables of one's own making: CSV or XLSX, with columns named by whoever hands them in.

``FIELDS`` are the fields a column may be mapped to. Without a mapping the header's words
are understood where they are the usual English or Russian ones.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from kordon.watchlist.sources.births import iso_date, read_birth
from kordon.watchlist.sources.bounds import BadRows, Options, clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.csvtext import Row, decode, guess_delimiter, read_rows
from kordon.watchlist.sources.opensanctions import quality_of
from kordon.watchlist.sources.records import (
    Document,
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
)
from kordon.watchlist.sources.spreadsheet import read_sheet
from kordon.watchlist.sources.un import document_type

# Our field, and what headers call it. Several names, weak names, documents stand apart by ";".
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "id", "reference", "number of entry", "no", "№", "номер записи", "код"),
    "name": (
        "name", "full name", "fullname", "names", "фио", "ф.и.о.", "имя полностью", "наименование",
    ),
    "surname": ("surname", "last name", "family name", "lastname", "фамилия"),
    "given_names": ("given names", "given name", "first name", "firstname", "имя", "имена"),
    "patronymic": ("patronymic", "middle name", "отчество"),
    "other_names": ("other names", "aliases", "alias", "aka", "другие имена", "псевдонимы"),
    "weak_names": ("weak names", "weak aliases", "nickname", "nicknames", "клички", "прозвища"),
    "birth_date": (
        "birth date", "birthdate", "date of birth", "dob", "born", "дата рождения", "год рождения",
    ),
    "nationality": (
        "nationality", "nationalities", "citizenship", "country", "гражданство", "национальность",
    ),
    "sex": ("sex", "gender", "пол"),
    "place": ("place", "place of birth", "birth place", "address", "место рождения", "адрес"),
    "document_number": (
        "document number", "document", "documents", "passport", "passport number",
        "номер документа", "паспорт", "номер паспорта",
    ),
    "document_type": ("document type", "type", "вид документа", "тип документа"),
    "issuer": ("issuer", "issuing state", "issuing country", "страна выдачи", "кем выдан"),
    "plate": ("plate", "registration number", "number plate", "госномер", "гос. номер"),
    "plate_country": ("plate country", "vehicle country", "страна регистрации"),
    "legal_basis": ("legal basis", "basis", "основание", "правовое основание"),
    "listed_on": ("listed on", "date", "listed", "дата внесения", "дата"),
    "remarks": ("remarks", "comments", "notes", "примечание", "примечания"),
}  # fmt: skip
SEXES = {"m": "M", "male": "M", "м": "M", "муж": "M", "мужской": "M", "муж.": "M"} | {
    "f": "F", "female": "F", "ж": "F", "жен": "F", "женский": "F", "жен.": "F", "w": "F",
}  # fmt: skip
_SEPARATOR = re.compile(r"\s*;\s*")


class BadCell(Exception):
    """A row whose content cannot be taken over; says why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read_table(content: bytes, options: Options) -> Parsed:
    """Every row of a CSV file or of the first sheet of an XLSX workbook.

    Unlike the lists of others, a row of one's own with an unreadable date or country is a
    bad row: whoever handed it in can mend it.
    """
    bad = BadRows(options.max_bad_listed)
    rows = _rows(content, options, bad)
    first = next(rows, None)
    if first is None:
        raise SourceError("empty", "The table has no rows.")
    header = tuple(clean(cell, 100) for cell in first.cells)
    columns = _check_columns(options.columns, header) or guess_columns(header)
    if not {"name", "surname", "document_number", "plate"} & set(columns):
        raise SourceError(
            "no_columns",
            "No column is known as a name, a document number or a plate. Say which is which.",
        )
    records = _read_records(rows, header, columns, options, bad)
    return Parsed(
        format="table",
        records=tuple(records.values()),
        bad=tuple(bad.kept),
        bad_rows=bad.count,
        rows=len(records) + bad.count,
        header=header,
        columns=columns,
    )


def read_header(content: bytes, options: Options) -> tuple[str, ...]:
    """The column names of a table, to choose from. Raises ``SourceError`` as ``read_table``."""
    first = next(_rows(content, options, BadRows(0)), None)
    return tuple(clean(cell, 100) for cell in first.cells) if first else ()


def _rows(content: bytes, options: Options, bad: BadRows) -> Iterator[Row]:
    if content.startswith(b"PK\x03\x04"):
        return read_sheet(content, options, bad)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError("not_this_format", "This is an old .xls file; save it as .xlsx or CSV.")
    text = decode(content, options.encoding).lstrip("\ufeff")
    delimiter = options.delimiter or guess_delimiter(text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise SourceError("bad_delimiter", "The delimiter must be one character, no quote.")
    return read_rows(text, delimiter, options, bad)


def _check_columns(columns: Mapping[str, str], header: tuple[str, ...]) -> dict[str, str]:
    """The mapping as it was given. Raises ``SourceError`` if it does not fit the header."""
    for field, column in columns.items():
        if field not in FIELDS:
            raise SourceError("unknown_field", f"There is no field {field!r}.")
        if column not in header:
            raise SourceError("unknown_column", f"There is no column {column!r}.")
    return dict(columns)


def guess_columns(header: tuple[str, ...]) -> dict[str, str]:
    """Our fields by the header's words; what is not understood stays unmapped."""
    words = {" ".join(re.split(r"[\s_]+", cell.lower())).strip(): cell for cell in header}
    return {
        field: words[name]
        for field, names in FIELDS.items()
        for name in (next((name for name in names if name in words), ""),)
        if name
    }


def _read_records(
    rows: Iterator[Row],
    header: tuple[str, ...],
    columns: Mapping[str, str],
    options: Options,
    bad: BadRows,
) -> dict[str, SourceRecord]:
    places = {field: header.index(column) for field, column in columns.items()}
    kind = Kind(options.kind) if options.kind in set(Kind) else Kind.PERSON
    records: dict[str, SourceRecord] = {}
    for row in rows:
        if len(row.cells) > len(header) and any(row.cells[len(header) :]):
            text = f"The row has {len(row.cells)} columns, the header {len(header)}."
            bad.add(row.line, "wrong_columns", text, row.text)
            continue
        cells = {f: row.cells[at] for f, at in places.items() if at < len(row.cells)}
        try:
            record = _record(cells, kind, options)
            if record.source_ref in records:
                raise BadCell("duplicate_reference", f"{record.source_ref} stands there twice.")
        except BadCell as error:
            bad.add(row.line, error.code, str(error), row.text)
        else:
            records[record.source_ref] = record
    return records


def _record(cells: Mapping[str, str], kind: Kind, options: Options) -> SourceRecord:
    cells = {field: clean(text, options.max_field) for field, text in cells.items()}
    get = cells.get
    births = [_birth(text, options) for text in several(get("birth_date", ""))]
    record = SourceRecord(
        kind=kind,
        source_ref=get("ref", "")[:120] or _reference(cells),
        names=_names(cells),
        births=tuple(dict.fromkeys(born for born, _ in births if born)),
        birth_ranges=tuple(dict.fromkeys(years for _, years in births if years)),
        nationalities=tuple(dict.fromkeys(map(_country, several(get("nationality", ""))))),
        sex=_sex(get("sex", "")),
        places=tuple(several(get("place", "")))[:50],
        documents=_documents(cells),
        plate=get("plate", "")[:20],
        plate_country=_country(get("plate_country", "")),
        remarks=get("remarks", ""),
        legal_basis=get("legal_basis", "")[:500],
        listed_on=iso_date(get("listed_on", "")),
    )
    _check_identity(record)
    return record


def _check_identity(record: SourceRecord) -> None:
    missing = {
        Kind.PERSON: ("no_name", "The row has no name.", bool(record.names)),
        Kind.DOCUMENT: ("no_number", "The row has no document number.", bool(record.documents)),
        Kind.VEHICLE: ("no_plate", "The row has no number plate.", bool(record.plate)),
    }
    code, text, there = missing[record.kind]
    if not there:
        raise BadCell(code, text)


def _reference(cells: Mapping[str, str]) -> str:
    """A reference from the content: the same row has the same one in every edition."""
    content = "\x1f".join(f"{field}={cells[field]}" for field in sorted(cells))
    return "row-" + hashlib.sha256(content.encode()).hexdigest()[:16]


def _names(cells: Mapping[str, str]) -> tuple[Name, ...]:
    whole = " ".join(cells.get(f, "") for f in ("surname", "given_names", "patronymic"))
    texts = chain([whole.strip()], several(cells.get("name", "")))
    names = [Name(text[:300], _quality(text)) for text in texts if text.strip()]
    names += [Name(t[:300], _quality(t)) for t in several(cells.get("other_names", ""))]
    names += [Name(t[:300], Quality.WEAK) for t in several(cells.get("weak_names", ""))]
    return tuple(dict.fromkeys(names))


def _quality(text: str) -> Quality:
    """Here a Cyrillic name is a good name: the table is from this region."""
    cyrillic = any("\u0400" <= c <= "\u052f" for c in text)
    return Quality.GOOD if cyrillic else quality_of(text)


def _birth(
    text: str, options: Options
) -> tuple[tuple[int, int, int] | None, tuple[int, int] | None]:
    born = read_birth(text, day_first=options.day_first)
    if born is None:
        raise BadCell("bad_date", f"{text[:40]!r} is not understood as a date.")
    return born.birth, born.years


def _country(text: str) -> str:
    code = to_alpha3(text) if text else ""
    if text and not code:
        raise BadCell("unknown_country", f"{text[:60]!r} is not known as a country.")
    return code


def _sex(text: str) -> str:
    sex = SEXES.get(text.lower(), "")
    if not sex and text and text.lower() not in {"x", "u", "unknown", "-"}:
        raise BadCell("bad_sex", f"{text[:20]!r} is not understood as a sex.")
    return sex


def _documents(cells: Mapping[str, str]) -> tuple[Document, ...]:
    numbers = several(cells.get("document_number", ""))
    issuers = [_country(text) for text in several(cells.get("issuer", ""))]
    words = cells.get("document_type", "")
    kind = document_type(words) if words else "passport"
    if len(issuers) == len(numbers):
        return tuple(Document(kind, n[:60], i) for n, i in zip(numbers, issuers, strict=True))
    issuer = issuers[0] if len(issuers) == 1 else ""
    return tuple(Document(kind, number[:60], issuer) for number in numbers)


def several(text: str) -> list[str]:
    """The values of a cell, which stand apart by ";"."""
    return [part for part in _SEPARATOR.split(text.strip()) if part]
