"""Making every row anew from the journal, and telling whether they are the same.

Rows that facts made live in the ``models`` modules of apps; what nobody must
prove (sessions, drafts) lives elsewhere and is left alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import rfc8785
from django.apps import apps
from django.core.serializers.python import Serializer
from django.db import connection, models

from kordon.journal.models import Entry, Erasure, Node, NodeKey, PersonalRead, Unapplied
from kordon.journal.writing import BATCH, Applying, writing

OWN_ROWS: tuple[type[models.Model], ...] = (Erasure, PersonalRead, Node, NodeKey)


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """``differing`` names the tables whose rows were not what the journal says."""

    entries: int
    skipped: int
    rows: int
    differing: tuple[str, ...]


def rebuild(progress: Callable[[int], None] = lambda done: None) -> Rebuilt:
    """Delete all rows made by facts and apply the journal from its first entry.

    One transaction: whoever reads meanwhile sees the old rows, a crash leaves them.
    """
    with writing(alone=True):
        before = digests()
        applied, skipped = make_anew(progress)
        after = digests()
        rows = sum(model.objects.count() for model in fact_made())  # type: ignore[attr-defined]
    differing = tuple(sorted(name for name in after if after[name] != before[name]))
    return Rebuilt(entries=applied, skipped=skipped, rows=rows, differing=differing)


def make_anew(progress: Callable[[int], None] = lambda done: None) -> tuple[int, int]:
    """Empty every table that facts made and fill it again: entries applied, entries skipped.

    What arrived before this version knew it, and has not been applied since, waits on.
    """
    with writing():
        _empty()
        applied, skipped = 0, Unapplied.objects.count()
        entries = Entry.objects.select_related("body").filter(unapplied=None).order_by("id")
        applying = Applying()
        for entry in entries.iterator(chunk_size=2000):
            if applying.apply_again(entry):
                applied += 1
            else:
                skipped += 1
            if (applied + skipped) % BATCH == 0:
                applying.flush()
                progress(applied + skipped)
        applying.flush()
    return applied, skipped


def fact_made() -> list[type[models.Model]]:
    """Every table whose rows come from facts, and from nowhere else."""
    found = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("kordon.")
        and ".models" in model.__module__
        and model._meta.app_label != "journal"
    ]
    return [*OWN_ROWS, *found]


def digests() -> dict[str, str]:
    """One hash per table over all its rows, whatever their physical order or automatic ids."""
    return {model._meta.label: _digest(model) for model in fact_made()}


def _digest(model: type[models.Model]) -> str:
    total = 0
    for line in _lines(model):
        # A sum of hashes does not depend on order and needs no memory for sorting.
        total = (total + int.from_bytes(hashlib.sha256(line).digest())) % 2**256
    return f"{total:064x}"


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    automatic = isinstance(model._meta.pk, models.AutoField)
    serializer = Serializer()
    rows = model._base_manager.iterator(chunk_size=2000)
    for item in serializer.serialize(rows, use_natural_foreign_keys=False):
        yield rfc8785.dumps(
            _plain([None if automatic else item["pk"], item["fields"]])  # type: ignore[arg-type]
        )


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | str):
        return value
    return str(value)


def _empty() -> None:
    """Empty the tables together; the order among them does not matter."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in reversed(fact_made()):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # nosec B608
