"""Questions whose SQL is made once, for those asked with every request: making it anew costs
ten times what the database needs to answer.

    @compiled(person=UUIDField(), day=DateField())
    def _postings(person, day):
        return Posting.objects.filter(person=person, since__lte=day)

    _postings(person=…, day=…)      a list: of rows, or of tuples after ``values_list``

Nothing but the SQL is kept; what it finds is read anew every time.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import RelatedPopulator

M = TypeVar("M", bound=Model)
R = TypeVar("R")
Fields = dict[str, "Field[Any, Any] | None"]
Key = tuple[Any, ...]


class _Given(Expression):
    """Stands in the SQL for a value that is given when the question is asked.

    ``place`` is where it stands in a list of values; None where it is the only one.
    """

    def __init__(self, name: str, field: "Field[Any, Any]", place: int | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.kind, self.place = name, field, place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def value(self, values: dict[str, Any], here: Any) -> Any:
        given = values[self.name]
        return self.kind.get_db_prep_value(
            given if self.place is None else given[self.place], here, prepared=False
        )


def compiled(
    **fields: "Field[Any, Any] | None",
) -> Callable[[Callable[..., "QuerySet[M, R]"]], Callable[..., list[R]]]:
    """Let the queryset that ``func`` makes of its arguments be a question compiled once.

    ``fields`` say what kind of value each argument is; None: one that the statement itself
    depends on, such as a limit, of which there are few. A tuple stands for a list (``__in``);
    there is one statement for every length. Neither ``defer`` nor ``prefetch_related``, nor
    ``values_list`` with ``flat``.
    """

    def declare(func: Callable[..., "QuerySet[M, R]"]) -> Callable[..., list[R]]:
        known: dict[Key, _Question | None] = {}

        @wraps(func)
        def ask(**values: Any) -> list[R]:
            # The connection itself: django.db.connection looks it up for every attribute.
            here = connections[DEFAULT_DB_ALIAS]
            key = (here.vendor, *(_shape(fields[name], it) for name, it in values.items()))
            if key not in known:
                marks = {name: _mark(name, fields[name], it) for name, it in values.items()}
                known[key] = _compile(func(**marks), here.alias)
            question = known[key]
            return question.ask(values, here) if question else []

        return ask

    return declare


def _shape(field: "Field[Any, Any] | None", value: Any) -> Any:
    """What of a value the statement depends on."""
    if field is None:
        return value
    return len(value) if isinstance(value, tuple) else None


def _mark(name: str, field: "Field[Any, Any] | None", value: Any) -> Any:
    if field is None:
        return value
    if isinstance(value, tuple):
        return [_Given(name, field, place) for place in range(len(value))]
    return _Given(name, field)


class _Question:
    """A statement and how rows are made of what it finds."""

    def __init__(self, rows: Any, alias: str) -> None:
        compiler: Any = rows.query.get_compiler(alias)
        self._statement, self._parameters = compiler.as_sql()
        select = compiler.select
        self._kind: Any = compiler.klass_info if rows._fields is None else None
        self._converters = compiler.get_converters([it[0] for it in select[: compiler.col_count]])
        if self._kind:
            places = self._kind["select_fields"]
            self._own = slice(places[0], places[-1] + 1)
            self._names = [column[0].target.attname for column in select[self._own]]
            related = self._kind.get("related_klass_infos", ())
            populator: Any = RelatedPopulator
            self._related = [populator(each, select, alias) for each in related]

    def ask(self, values: dict[str, Any], here: Any) -> list[Any]:
        parameters = [
            it.value(values, here) if isinstance(it, _Given) else it for it in self._parameters
        ]
        with here.cursor() as cursor:
            cursor.execute(self._statement, parameters)
            rows = cursor.fetchall()
        rows = [self._converted(row, here) for row in rows]
        return [self._model(row, here.alias) for row in rows] if self._kind else rows

    def _converted(self, row: tuple[Any, ...], here: Any) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, here)
        return tuple(values)

    def _model(self, row: tuple[Any, ...], alias: str) -> Any:
        made = self._kind["model"].from_db(alias, self._names, row[self._own])
        for each in self._related:
            each.populate(row, made)
        return made


def _compile(rows: "QuerySet[Any, Any]", alias: str) -> _Question | None:
    """None where nothing can be found, as by an empty list."""
    try:
        return _Question(rows, alias)
    except EmptyResultSet:
        return None
