"""Writing thousands of rows in one prepared statement, or, on PostgreSQL, in one stream.

``bulk_create`` builds a statement of its own for every few rows, which costs more than the
database does. What it does beside (defaults, expressions, returned keys) is not needed here:
rows come complete out of an applier.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

Prepare = Callable[[Any, BaseDatabaseWrapper], Any]
Column = tuple[str, str, Prepare | None]
Values = Sequence[Any]
_AS_THEY_ARE = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)
_AS_POSTGRES_TAKES_THEM = (
    *(models.UUIDField, models.DateTimeField, models.DateField, models.BinaryField),
)
STREAMED = 50
"""From so many rows on a stream costs PostgreSQL less than one statement over arrays."""


M = TypeVar("M", bound=models.Model)


def unsaved(model: type[M], columns: Mapping[str, Any]) -> M:
    """An unsaved row from all its columns, by attribute; no default is filled in.

    A model's constructor costs as much as sealing the entry.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(columns)
    return row


def insert_rows(rows: Iterable[models.Model]) -> None:
    """Insert complete, unsaved rows, all of one model, in their order.

    Automatic primary keys are left to the database and not read back.
    """
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0])
    names = column_names(model)
    values = attrgetter(*names)  # of one name alone it gives no tuple
    insert_values(model, [values(row) if names[1:] else (values(row),) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def column_names(model: type[models.Model]) -> tuple[str, ...]:
    """The attributes that hold the columns of a row, but for automatic keys, in their order."""
    return tuple(field.attname for field in _fields(model))


def insert_values(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Insert rows given as their columns, in the order the model names them.

    Automatic primary keys are not among them.
    """
    if not rows:
        return
    # The connection itself: going through django.db.connection for each value costs a tenth.
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "postgresql" and len(rows) >= STREAMED:
        _stream(model, rows, here)
        return
    statement, columns = _prepared(model, here.vendor)
    prepared = _prepare_all(rows, columns, here)
    with here.cursor() as cursor:
        if len(prepared) == 1:
            cursor.execute(statement, prepared[0])
        elif here.vendor == "postgresql":
            cursor.execute(_from_arrays(model), _arrays(prepared))
        else:
            cursor.executemany(statement, prepared)


def _stream(model: type[models.Model], rows: Sequence[Values], here: BaseDatabaseWrapper) -> None:
    statement, types, columns = _streamed(model)
    prepared = _prepare_all(rows, columns, here)
    # A full disk or a lost server must look as it does from every other statement.
    with here.cursor() as cursor, here.wrap_database_errors, cursor.copy(statement) as stream:
        stream.set_types(types)
        for values in prepared:
            stream.write_row(values)


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


def merge_rows(
    model: type[models.Model],
    rows: Sequence[Values],
    *,
    key: Sequence[str],
    updates: Mapping[str, str],
) -> None:
    """Insert rows given as their columns, each with a ``key`` of its own.

    Where a row with that key is already there, ``updates`` says what becomes of its columns,
    in SQL that knows the new row as ``excluded``.
    """
    if not rows:
        return
    here = connections[DEFAULT_DB_ALIAS]
    statement, columns = _prepared(model, here.vendor)
    changes = ", ".join(f"{name} = {value}" for name, value in updates.items())
    merged = f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"  # nosec B608
    prepared = _prepare_all(rows, columns, here)
    with here.cursor() as cursor:
        if here.vendor == "postgresql":
            # One statement over arrays: a thousand statements cost ten times as much.
            cursor.execute(_from_arrays(model) + merged, _arrays(prepared))
        else:
            cursor.executemany(statement + merged, prepared)


def _arrays(rows: Sequence[Values]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _prepare_all(
    rows: Sequence[Values], columns: Sequence[Column], here: BaseDatabaseWrapper
) -> Sequence[Values]:
    """The values as the database takes them; whole columns at a time."""
    strange = {place: prepare for place, (_, _, prepare) in enumerate(columns) if prepare}
    if not strange:
        return rows
    turned = list(zip(*rows, strict=True))
    made = [
        [prepare(value, here) for value in column] if (prepare := strange.get(place)) else column
        for place, column in enumerate(turned)
    ]
    return list(zip(*made, strict=True))


@cache
def _prepared(model: type[models.Model], vendor: str) -> tuple[str, list[Column]]:
    """The statement and, per column, what makes a Python value one of the database."""
    quote = connection.ops.quote_name
    columns = [
        (field.attname, field.column or field.attname, _preparation(field, vendor))
        for field in _fields(model)
    ]
    names = ", ".join(quote(column) for _, column, _ in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", columns  # noqa: S608  # nosec B608


@cache
def _streamed(model: type[models.Model]) -> tuple[str, list[str], list[Column]]:
    """The statement, the types of its columns, and the columns. Binary costs both ends less."""
    quote, columns = connection.ops.quote_name, _prepared(model, "postgresql")[1]
    names = ", ".join(quote(column) for _, column, _ in columns)
    types = [(field.db_type(connection) or "").partition("(")[0] for field in _fields(model)]
    # The driver's own way for JSON costs as much as all other columns of the row together.
    types = ["text" if kind == "jsonb" else kind for kind in types]
    columns = [
        (name, column, _binary_json if prepare is _json else prepare)
        for name, column, prepare in columns
    ]
    return (
        f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN (FORMAT BINARY)",
        types,
        columns,
    )


@cache
def _from_arrays(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or field.attname) for field in _fields(model))
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in _fields(model))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608  # nosec B608


def _fields(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    fields = model._meta.local_concrete_fields
    return [field for field in fields if not isinstance(field, models.AutoField)]


def _preparation(field: "models.Field[Any, Any]", vendor: str) -> Prepare | None:
    """What the framework would do, and, for the most frequent kinds, without its detours."""
    kind = type(field)
    if kind.__module__.startswith("django.") and isinstance(field, _AS_THEY_ARE):
        return None
    if vendor == "postgresql" and kind in _AS_POSTGRES_TAKES_THEM:
        return None
    if kind is models.JSONField and field.encoder is None:  # type: ignore[attr-defined]
        return _json
    if vendor == "sqlite" and kind in _FOR_SQLITE:
        return _FOR_SQLITE[kind]
    return field.get_db_prep_save


def _json(value: Any, here: BaseDatabaseWrapper) -> str | None:
    return None if value is None else json.dumps(value)


def _binary_json(value: Any, here: BaseDatabaseWrapper) -> str | None:
    """As PostgreSQL sends and receives it: a version, then the text."""
    return None if value is None else f"\x01{json.dumps(value)}"


def _hex(value: UUID | None, here: BaseDatabaseWrapper) -> str | None:
    return None if value is None else value.hex


def _utc(value: datetime | None, here: BaseDatabaseWrapper) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


_FOR_SQLITE: dict[type, Prepare] = {models.UUIDField: _hex, models.DateTimeField: _utc}
