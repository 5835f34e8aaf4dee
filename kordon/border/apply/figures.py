"""The figures of each day, coarse and fine, kept up with every crossing."""

from collections import Counter
from operator import itemgetter
from typing import Any

from django.db import connection, models

from kordon.border.models import DayBreakdown, DayTotal
from kordon.journal.inserting import merge_rows

Key = tuple[Any, ...]
_KEY = itemgetter(
    *("day", "post", "direction", "status"),
    *("reasons", "nationality", "document_type", "purpose"),
)


class Figures:
    """What a run of crossings adds to the figures, and takes from them."""

    def __init__(self) -> None:
        self._breakdown: Counter[Key] = Counter()

    def count(self, row: dict[str, Any], number: int) -> None:
        """Count a crossing as it stands; an undone one did not happen."""
        if row["status"] != "undone":
            *key, reasons, nationality, document_type, purpose = _KEY(row)
            self._breakdown[(*key, bool(reasons), nationality, document_type, purpose)] += number

    def write(self) -> None:
        total: Counter[Key] = Counter()
        for key, number in self._breakdown.items():
            total[key[:5]] += number
        _add(DayTotal, total)
        _add(DayBreakdown, self._breakdown)


def _add(model: type[models.Model], counted: Counter[Key]) -> None:
    """In the order of the keys: each page of the index is then touched once."""
    changes = sorted((*key, number) for key, number in counted.items() if number)
    names = [field.attname for field in model._meta.local_concrete_fields]
    table = model._meta.db_table
    added = {"crossings": f"{table}.crossings + excluded.crossings"}
    merge_rows(model, changes, key=names[:-1], updates=added)
    for *key, number in changes:
        if number < 0:
            empty = dict(zip(names, key, strict=False), crossings=0)
            model._base_manager.filter(**empty)._raw_delete(connection.alias)
