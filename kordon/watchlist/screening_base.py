"""Generations of the index on disk: made from the rows, named by how far they know them.

``KORDON_HOME/index/POSITION-SEAL/`` is a generation, ``current`` says which one counts. It is
replaced by rename once the generation is safely on disk, so that a crash at any step leaves
the old one. A generation of another life of the database is never used: its seal tells.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from kordon.lib import screening
from kordon.lib.screening import Born, IndexUnusable, Listing
from kordon.watchlist.models import Alert, AlertDocument, AlertName
from kordon.watchlist.rules import Status
from kordon.watchlist.sources.countries import to_alpha3
from kordon.watchlist.sources.records import Kind, Quality

if TYPE_CHECKING:
    from kordon.lib.screening import Index

SHAPE = 3
"""Counted up when listings are made otherwise; an index of another shape is made anew."""
WIDEST_RANGE = 15
CHUNK = 2_000


@dataclass(frozen=True)
class Mark:
    """How far rows are known: the last entry that touched one, and its seal."""

    position: int = 0
    seal: str = ""


def look(known: Mark) -> tuple[Mark, bool]:
    """Up to where the rows go now, and whether this database has the entry of ``known``.

    Asked before every search, hence one plain statement: 0.1 ms instead of 1.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [known.position])
        position, seal, known_seal = cursor.fetchone()
    now = Mark(position, seal or "") if position is not None else Mark()
    return now, not known.position or known_seal == known.seal


_LOOK = """
SELECT last.position,
       (SELECT seal FROM journal_entry WHERE id = last.position),
       (SELECT seal FROM journal_entry WHERE id = %s)
FROM (SELECT MAX(position) AS position FROM watchlist_alert) AS last
"""


def touched_after(mark: Mark) -> QuerySet[Alert]:
    """Persons whose rows were touched after an entry, in force or not."""
    return Alert.objects.filter(kind=Kind.PERSON, position__gt=mark.position)


def in_force_after(mark: Mark) -> QuerySet[Alert]:
    """Of these, the ones in force."""
    return touched_after(mark).filter(status=Status.IN_FORCE).order_by("id")


Columns = tuple[UUID, list[list[int]], list[list[int]], list[str], str, list[str]]
Pairs = Iterable[tuple[str, str]]


def listings_of(alerts: QuerySet[Alert]) -> Iterator[Listing]:
    """What the index needs to know of each alert. Columns, not objects: it is asked of all."""
    rows = alerts.values_list(
        "id", "births", "birth_ranges", "nationalities", "sex", "places", "valid_from",
        "valid_until", "review_on",
    )  # fmt: skip
    found = rows.iterator(chunk_size=CHUNK)
    while part := list(islice(found, CHUNK)):
        ids = [id for id, *_ in part]
        names, documents = _names_of(ids), _documents_of(ids)
        for *columns, first, last, review in part:
            id = columns[0]
            known, held = names.get(id, ()), documents.get(id, ())
            listing = listing_of(tuple(columns), known, held)
            yield replace(listing, days=_days(first, last, review))


def listing_of(columns: Columns, names: Pairs, documents: Pairs) -> Listing:
    """One alert as the index knows it: id, births, ranges, nationalities, sex, places; its names
    with their quality, its documents with their states."""
    id, births, ranges, nationalities, sex, places = columns
    known = tuple(names)
    return Listing(
        key=str(id),
        names=tuple(text for text, quality in known if quality != Quality.WEAK),
        births=_births(births, ranges),
        nationalities=tuple(nationalities),
        sex=sex,
        weak_names=tuple(text for text, quality in known if quality == Quality.WEAK),
        places=_towns(places),
        documents=tuple(documents),
    )


def _documents_of(alerts: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Issuing state and number of the documents of each alert."""
    documents: dict[UUID, list[tuple[str, str]]] = {}
    rows = AlertDocument.objects.filter(alert__in=alerts).order_by("place")
    for alert, issuer, number in rows.values_list("alert_id", "issuer", "number"):
        documents.setdefault(alert, []).append((issuer, number))
    return documents


def _towns(places: list[str]) -> tuple[str, ...]:
    """The towns and districts of places as lists write them: `Kabul, Afghanistan`."""
    parts = (part.strip() for place in places for part in place.split(","))
    return tuple(dict.fromkeys(part for part in parts if part and not to_alpha3(part)))


def _names_of(alerts: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Text and quality of the names of each alert, in their order."""
    names: dict[UUID, list[tuple[str, str]]] = {}
    rows = AlertName.objects.filter(alert__in=alerts).order_by("place")
    for alert, text, quality in rows.values_list("alert_id", "text", "quality"):
        names.setdefault(alert, []).append((text, quality))
    return names


def _births(births: list[list[int]], ranges: list[list[int]]) -> tuple[Born, ...]:
    """A range of birth years is given as its years; too wide a one says nothing."""
    made: list[Born] = [(year, month, day) for year, month, day in births]
    for first, last in ranges:
        if last - first <= WIDEST_RANGE:
            made += [(year, 0, 0) for year in range(first, last + 1)]
    return tuple(made)


def _days(first: date | None, *ends: date | None) -> tuple[int, int]:
    """The days on which `rules.is_live` may say yes."""
    last = [end.toordinal() for end in ends if end]
    return first.toordinal() if first else 0, min(last, default=0)


def _folder() -> Path:
    return Path(settings.KORDON_HOME) / "index"


def made_at() -> float | None:
    """When the base on disk was written, in seconds since the epoch; None if there is none."""
    try:
        return (_folder() / "current").stat().st_mtime
    except FileNotFoundError:
        return None


def said_on_disk() -> Mark:
    """Up to where the base on disk knows the rows; nowhere if there is none of ours."""
    try:
        said = json.loads((_folder() / "current").read_text())
        mark = Mark(said["position"], said["seal"]) if said["shape"] == SHAPE else Mark()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Mark()
    return mark if look(mark)[1] else Mark()


def open_base(mark: Mark) -> "Index | None":
    """Map a generation, every byte of it checked; None if it is gone or damaged."""
    try:
        return screening.Index.open(_folder() / _name(mark))
    except (FileNotFoundError, IndexUnusable):
        return None  # it is made anew from the rows


def write_base(mark: Mark) -> "Index":
    """Index every person in force and let this generation count.

    What is given back is the file, mapped: its memory is that of all processes.
    """
    keep(screening.Index.build(listings_of(in_force_after(Mark()))), mark)
    return screening.Index.open(_folder() / _name(mark))


def keep(index: "Index", mark: Mark) -> None:
    """Put a generation safely on disk, let it count, and clear away older ones."""
    name = _name(mark)
    _folder().mkdir(parents=True, exist_ok=True)
    index.save(_folder() / name)
    said = {"shape": SHAPE, "position": mark.position, "seal": mark.seal}
    _replace(_folder() / "current", json.dumps(said))
    _drop_generations(keep={name})


def drop_base() -> None:
    """Let no generation count."""
    (_folder() / "current").unlink(missing_ok=True)


def _name(mark: Mark) -> str:
    return f"{mark.position}-{mark.seal[:12]}"


def _replace(path: Path, text: str) -> None:
    """Let a file say something else, safely on disk, at once or not at all."""
    fresh = path.with_suffix(f".{os.getpid()}")
    with fresh.open("w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _drop_generations(keep: Iterable[str]) -> None:
    """Those who have an old one open keep reading it until they look again."""
    for there in _folder().iterdir():
        if there.is_dir() and there.name not in set(keep):
            shutil.rmtree(there, ignore_errors=True)
        elif there.is_file() and there.name != "current":
            there.unlink(missing_ok=True)  # left behind by a writer that died
