"""Inserting thousands of rows in one prepared statement.

``bulk_create`` builds a statement of its own for every few rows, which costs more than the
database does. What it does beside (defaults, expressions, returned keys) is not needed here:
rows come complete out of an applier.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Prepare = Callable[[Any, BaseDatabaseWrapper], Any]
Column = tuple[str, str, Prepare | None]
_AS_THEY_ARE = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)


def insert_rows(rows: Iterable[models.Model]) -> None:
    """Insert complete, unsaved rows, all of one model, in their order.

    Automatic primary keys are left to the database and not read back.
    """
    rows = list(rows)
    if not rows:
        return
    # The connection itself: going through django.db.connection for each value costs a tenth.
    here = connections[DEFAULT_DB_ALIAS]
    statement, columns = _prepared(type(rows[0]), here.vendor)
    with here.cursor() as cursor:
        cursor.executemany(statement, [_values(row, columns, here) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, here.alias


def insert_row(row: models.Model) -> int:
    """Insert one complete, unsaved row; returns the automatic primary key that it got."""
    here = connections[DEFAULT_DB_ALIAS]
    statement, columns = _prepared(type(row), here.vendor)
    key = here.ops.quote_name(type(row)._meta.pk.column or "id")
    with here.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING {key}", _values(row, columns, here))
        number: int = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, here.alias
    return number


def put_row(row: models.Model, *, by: Sequence[str]) -> None:
    """Insert one complete row, or put it in the place of the one that is the same in ``by``,
    the columns of a unique constraint."""
    here = connections[DEFAULT_DB_ALIAS]
    statement, columns = _prepared(type(row), here.vendor)
    quote = here.ops.quote_name
    changes = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for _, column, _ in columns)
    key = ", ".join(map(quote, by))
    statement += f" ON CONFLICT ({key}) DO UPDATE SET {changes}"  # nosec B608
    with here.cursor() as cursor:
        cursor.execute(statement, _values(row, columns, here))
    row._state.adding, row._state.db = False, here.alias


def _values(row: models.Model, columns: Sequence[Column], here: BaseDatabaseWrapper) -> list[Any]:
    return [
        prepare(getattr(row, name), here) if prepare else getattr(row, name)
        for name, _, prepare in columns
    ]


@cache
def _prepared(model: type[models.Model], vendor: str) -> tuple[str, list[Column]]:
    """The statement and, per column, what makes a Python value one of the database."""
    quote = connection.ops.quote_name
    columns = [
        (field.attname, field.column or field.attname, _preparation(field))
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField)
    ]
    names = ", ".join(quote(column) for _, column, _ in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", columns  # noqa: S608  # nosec B608


def _preparation(field: "models.Field[Any, Any]") -> Prepare | None:
    if type(field).__module__.startswith("django.") and isinstance(field, _AS_THEY_ARE):
        return None
    return field.get_db_prep_save
