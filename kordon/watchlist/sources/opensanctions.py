"""OpenSanctions ``targets.simple.csv``: one row per target, lists separated by ";".

https://www.opensanctions.org/docs/bulk/csv/. Its countries are those a target has to do
with, nationality among them; they are used as nationalities, which can only speak for a match.
"""

from collections import Counter

from kordon.watchlist.sources.births import iso_date, read_birth
from kordon.watchlist.sources.bounds import BadRows, Options, clean
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.csvtext import decode, read_rows
from kordon.watchlist.sources.records import (
    Document,
    Kind,
    Name,
    Parsed,
    Quality,
    SourceError,
    SourceRecord,
)

NEEDED = ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers")


def read_opensanctions(content: bytes, options: Options) -> Parsed:
    """Every person of the file. Raises ``SourceError`` if it has not the columns."""
    text = decode(content, options.encoding).lstrip("\ufeff")
    bad = BadRows(options.max_bad_listed)
    first_line = text.split("\n", 1)[0]
    header = [cell.strip().strip('"').lower() for cell in first_line.split(",")]
    if not set(NEEDED) <= set(header):
        raise SourceError("not_this_format", f"The columns must be {', '.join(NEEDED)} and others.")
    rows = read_rows(text, ",", options, bad, width=len(header))
    next(rows, None)
    records: dict[str, SourceRecord] = {}
    skipped: Counter[str] = Counter()
    for row in rows:
        fields = dict(zip(header, row.cells, strict=True))
        ref = clean(fields["id"], 120)
        if fields["schema"] != "Person":
            skipped[clean(fields["schema"], 40) or "no schema"] += 1
        elif not ref or not clean(fields["name"], 300):
            bad.add(row.line, "no_name", "The row has no id or no name.", row.text)
        elif ref in records:
            bad.add(row.line, "duplicate_reference", f"{ref} stands twice.", row.text)
        else:
            records[ref] = _record(ref, fields, options)
    return Parsed(
        format="opensanctions",
        records=tuple(records.values()),
        bad=tuple(bad.kept),
        bad_rows=bad.count,
        rows=len(records) + bad.count + sum(skipped.values()),
        skipped=dict(skipped),
        header=tuple(header),
    )


def _record(ref: str, fields: dict[str, str], options: Options) -> SourceRecord:
    births = [read_birth(text) for text in _several(fields["birth_date"])]
    countries = [to_alpha3(text) for text in _several(fields["countries"])]
    names = [Name(clean(fields["name"], 300))]
    names += [Name(text, quality_of(text)) for text in _several(fields["aliases"])]
    return SourceRecord(
        kind=Kind.PERSON,
        source_ref=ref,
        names=tuple(dict.fromkeys(name for name in names if name.text)),
        births=tuple(dict.fromkeys(b.birth for b in births if b and b.birth)),
        nationalities=tuple(dict.fromkeys(code for code in countries if code)),
        places=tuple(_several(fields.get("addresses", "")))[:50],
        documents=tuple(
            Document("other", text[:60]) for text in _several(fields["identifiers"]) if text
        )[:50],
        remarks=clean(fields.get("sanctions", ""), options.max_field),
        programme=clean(fields.get("dataset", ""), 200),
        listed_on=iso_date(fields.get("first_seen", "")),
        notes=tuple(
            f"birth date not understood: {text}"
            for text, birth in zip(_several(fields["birth_date"]), births, strict=True)
            if birth is None
        ),
    )


def _several(cell: str) -> list[str]:
    return [text for part in cell.split(";") if (text := clean(part, 300))]


def quality_of(text: str) -> Quality:
    """Names in no Latin letter are the original script; the format marks no weak ones."""
    latin = any("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" for c in text.lower())
    return Quality.GOOD if latin else Quality.ORIGINAL_SCRIPT
