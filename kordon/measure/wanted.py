"""Lists of a size: persons and documents looked for, and travellers who stand on them.

Loaded only inside a temporary node. Both lists are imported and approved as any list is, with
their first entry alone; the rows of the others are put beside those of the first. A person's are
made by the functions of ``watchlist`` that its appliers call. A document's are the row the
applier made, copied by SQL with another id, reference and number; a sample is compared with what
the appliers would have made. Two columns differ from theirs: ids of documents ascend, and
fingerprints, which only the next edition of a list reads, are of chance.
"""

import csv
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction

from kordon.border.commands import set_earlier_policy
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS
from kordon.journal.inserting import insert_rows
from kordon.lib.screening.spelling import CONFUSED, TAKEN_FOR
from kordon.lib.traveldocs import Format, MRZData, write_mrz
from kordon.measure import filling, loading
from kordon.measure.population import Listed, Population, Traveller, seen_at_control
from kordon.watchlist.commands import approve_edition, import_edition
from kordon.watchlist.lists import Profile
from kordon.watchlist.models import Alert, AlertDocument, AlertName, Edition
from kordon.watchlist.particulars import Category
from kordon.watchlist.rows import documents_of, fingerprint_of, listed_alert, listed_id, names_of
from kordon.watchlist.screening_index import refresh
from kordon.watchlist.sources import Kind, Name, Options, Quality, SourceRecord, to_line
from kordon.watchlist.sources.records import Document

BY = Actor(id=uuid4(), name="measure", agency="BORDER", rights=frozenset(COMMANDS))
SEED = 1
"""Of the people; not the one screening's accuracy is reported with."""
PERSONS, DOCUMENTS = "MEASURED-PERSONS", "MEASURED-DOCUMENTS"
PORTION = 10_000
CHUNK = 1_000_000
SAMPLE = 500
STATES = ("KGZ", "UZB", "TJK", "TKM", "CHN", "RUS", "TUR", "AFG")
LETTERS = "ACNPK"
SCATTERED = 48_271
"""Shares no divisor with a hundred million: so many documents have numbers of their own."""
WORDS = {
    "postgresql": {
        "id": "(lpad(to_hex(i * {step}), 12, '0') || lpad(to_hex(i), 20, '0'))::uuid",
        "fingerprint": "md5(i::text) || md5(random()::text)",
        "eight": "lpad(({what})::text, 8, '0')",
    },
    "sqlite": {
        "id": "printf('%012x%020x', i * {step}, i)",
        "fingerprint": "lower(hex(randomblob(32)))",
        "eight": "printf('%08d', {what})",
    },
}


def fill(persons: int, documents: int) -> dict[str, Any]:
    """Put so many of each on lists and build the screening base; counts, seconds and bytes."""
    begun = time.perf_counter()
    # The worker would compare the lists with who crossed before, beside whoever is measured.
    set_earlier_policy(by=BY, days=0, ground="Measured by itself")
    positions = {name: _imported(name) for name, n in _sizes(persons, documents) if n}
    _be_careless(True)
    indexes = loading.begin(Alert, AlertName, AlertDocument)
    if persons:
        _fill_persons(persons, positions[PERSONS])
    if documents:
        _fill_documents(documents)
    _tell(0, len(indexes), "indexes")
    loading.finish(indexes)
    _be_careless(False)
    filled = time.perf_counter()
    _tell(0, persons, "persons in the screening base")
    refresh()
    based = time.perf_counter()
    sample = _sample(documents)
    return {
        "fill_s": filled - begun,
        "base_s": based - filled,
        "bytes": _size(),
        "compared": len(sample),
        "different": sum(differs(i, positions[DOCUMENTS]) for i in sample),
        "rows": {model._meta.label: model._base_manager.count() for model in KEPT},
    }


KEPT: tuple[type[models.Model], ...] = (Alert, AlertName, AlertDocument)


def _sizes(persons: int, documents: int) -> tuple[tuple[str, int], ...]:
    return (PERSONS, persons), (DOCUMENTS, documents)


def _imported(name: str) -> int:
    """An edition with the first entry alone, in force; the position of its rows."""
    first = _person(Population(SEED).listing(0)) if name == PERSONS else _document(0)
    profile = Profile(
        list=name,
        title=name,
        format="table",
        category=Category.ENTRY_BAN if name == PERSONS else Category.DOCUMENT_STOLEN,
        legal_basis="Measured, never met",
    )
    row = {"ref": first.source_ref}
    if name == PERSONS:
        row |= {"name": first.names[0].text, "birth date": "1970-01-01"}
    for document in first.documents:
        row |= {"document number": document.number, "issuer": document.issuer}
    text, edition = io.StringIO(), uuid4()
    csv.writer(text).writerows((row.keys(), row.values()))
    import_edition(
        by=BY,
        edition=edition,
        profile=profile,
        content=text.getvalue().encode(),
        filename=f"{name.lower()}.csv",
        options=Options(kind=first.kind.value),
    )
    approve_edition(by=replace(BY, id=uuid4()), edition=edition)
    return Alert.objects.get(pk=listed_id(name, first.source_ref)).position


def _fill_persons(number: int, position: int) -> None:
    edition, people = Edition.objects.get(list=PERSONS), Population(SEED)
    for first in range(1, number, PORTION):
        some = [_person(each) for each in people.listings(first, min(first + PORTION, number))]
        _tell(first, number, "persons")
        with transaction.atomic():
            insert_rows(
                listed_alert(edition, it, fingerprint_of(edition, to_line(it)), position)
                for it in some
            )
            insert_rows(
                row for it in some for row in names_of(listed_id(PERSONS, it.source_ref), it)
            )


def _person(listed: Listed) -> SourceRecord:
    return SourceRecord(
        kind=Kind.PERSON,
        source_ref=f"P{listed.number:08}",
        names=tuple(Name(text, Quality(quality)) for text, quality in listed.names),
        births=listed.births,
        nationalities=listed.nationalities,
        sex=listed.sex,
    )


def _fill_documents(number: int) -> None:
    """Copies of the applier's rows for the documents 1 to ``number``."""
    first = listed_id(DOCUMENTS, _document(0).source_ref)
    known = f"'{first.hex}'"
    with connection.cursor() as cursor:
        for model, key in ((Alert, "id"), (AlertDocument, "alert_id")):
            table = model._meta.db_table
            one = f"SELECT * FROM {table} WHERE {key} = {known}"  # noqa: S608  # nosec B608
            cursor.execute(f"CREATE TEMP TABLE one AS {one}")
            for begin in range(1, number, CHUNK):
                end = min(begin + CHUNK, number)
                _tell(begin, number, f"documents into {table}")
                with transaction.atomic():
                    cursor.execute(_copies(model, begin, end, number))
            cursor.execute("DROP TABLE one")


def _copies(model: type[models.Model], first: int, last: int, number: int) -> str:
    """The rows of ``one`` again, as those of documents ``first`` to ``last``."""
    words = WORDS[connection.vendor]
    eight = words["eight"]
    id = words["id"].format(step=2**48 // number)
    places = f"CAST(3 * (i % {len(STATES)}) + 1 AS int)"
    letter = f"substr('{LETTERS}', CAST(i % {len(LETTERS)} + 1 AS int), 1)"
    digits = eight.format(what=f"i * {SCATTERED} % 100000000")
    own = {
        Alert: {
            "id": id,
            "source_ref": f"'D' || {eight.format(what='i')}",
            "fingerprint": words["fingerprint"],
        },
        AlertDocument: {
            "alert_id": id,
            "issuer": f"substr('{''.join(STATES)}', {places}, 3)",
            **dict.fromkeys(("number", "plain", "confusable"), f"{letter} || {digits}"),
        },
    }[model]
    fields = [field for field in model._meta.concrete_fields if not _automatic(field)]
    columns = [str(field.column) for field in fields]
    values = ", ".join(own.get(column, f"one.{column}") for column in columns)
    numbers = filling.WORDS[connection.vendor]["numbers"].format(first=first, last=last)
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608  # nosec B608
        f"SELECT {values} FROM ({numbers}) AS n CROSS JOIN one"
    )


def _automatic(field: Any) -> bool:
    return isinstance(field, models.AutoField)


def number_of(i: int) -> str:
    return f"{LETTERS[i % len(LETTERS)]}{i * SCATTERED % 100_000_000:08}"


def _document(i: int) -> SourceRecord:
    """Document ``i`` as the list has it. No letter of its number looks like a digit."""
    document = Document("passport", number_of(i), STATES[i % len(STATES)])
    return SourceRecord(kind=Kind.DOCUMENT, source_ref=f"D{i:08}", documents=(document,))


def _sample(number: int) -> range:
    return range(1, number, max(1, number // SAMPLE))


def differs(i: int, position: int) -> bool:
    """Whether the rows of a document are others than the appliers would have made."""
    edition, record = Edition.objects.get(list=DOCUMENTS), _document(i)
    held = Alert.objects.get(source=DOCUMENTS, source_ref=record.source_ref)
    due = listed_alert(edition, record, held.fingerprint, position)
    due.id = held.id
    rows = list(held.documents.all())
    dues = documents_of(held.id, record)
    return _columns(held) != _columns(due) or list(map(_columns, rows)) != list(map(_columns, dues))


def _columns(row: models.Model) -> dict[str, Any]:
    fields = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in fields if not _automatic(field)}


def _be_careless(really: bool) -> None:
    """SQLite while it is filled; not while it is measured."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if really:
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
    if not really:
        connection.close()  # the next one begins as every connection of a node does


def _tell(done: int, number: int, what: str) -> None:
    if done % 100_000 < PORTION:
        print(f"  {done:,} of {number:,} {what} …", file=sys.stderr, flush=True)


def _size() -> int:
    """Bytes of the database."""
    if connection.vendor == "sqlite":
        files = Path(settings.DATABASES["default"]["NAME"]).parent.glob("*.sqlite3*")
        return sum(file.stat().st_size for file in files)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
    return size


def innocent(number: int) -> list[str]:
    """Zones of people who stand on no list."""
    people = Population(SEED)
    return [_zone(people.innocent(i), f"X{i:08}") for i in range(number)]


def by_name(listed: int, number: int) -> list[tuple[str, str]]:
    """Zones of some of the first ``listed`` persons, as a passport control sees them, whose full
    and right birth date stands on the list; and the alert that must be found."""
    people = Population(SEED)
    found: list[tuple[str, str]] = []
    for i in _spread(listed):
        if len(found) == number:
            break
        person = people.listing(i)
        if i and person.born_in_full and person.rightly_born:
            zone = _zone(seen_at_control(people, i), f"X{i:08}")
            found.append((zone, str(listed_id(PERSONS, _person(person).source_ref))))
    return found


def by_document(listed: int, number: int, *, misread: bool) -> list[tuple[str, str]]:
    """Zones of people on no list with one of the first ``listed`` documents; and the alert that
    must be found. ``misread``: with one digit taken for a letter that looks like it."""
    people, step = Population(SEED), 2**48 // max(1, listed)
    found: list[tuple[str, str]] = []
    for i in _spread(listed):
        if len(found) == number:
            break
        document = _document(i).documents[0]
        shown = _misread(document.number) if misread else document.number
        if i and (shown != document.number) == misread:
            zone = _zone(people.innocent(1_000_000 + i), shown, document.issuer)
            found.append((zone, str(UUID(int=i * step << 80 | i))))
    return found


def _spread(listed: int) -> Iterator[int]:
    """Numbers below ``listed``, scattered over all of them."""
    return (i * 7_919 % listed for i in range(1, listed))


def _misread(number: str) -> str:
    for taken, confused in zip(TAKEN_FOR, CONFUSED, strict=True):
        if taken in number[1:]:
            return number[0] + number[1:].replace(taken, confused, 1)
    return number


def _zone(person: Traveller, number: str, issuer: str = "") -> str:
    document = MRZData(
        document_code="PP",
        issuer=issuer or person.nationality,
        surname=person.surname,
        given_names=person.given,
        number=number,
        nationality=person.nationality,
        birth=date(*person.born),
        sex=person.sex,
        expiry=date.today() + timedelta(days=900),
    )
    return "\n".join(write_mrz(Format.TD3, document))
