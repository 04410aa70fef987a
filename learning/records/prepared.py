"""Queries that are built once and run many times.

Building a query by the ORM costs more than running it; an event is the one place that many people wait for at
once (the figures stand in ``docs/performance.md``). What is asked stays written in the ORM: only the SQL that it
gives is kept and run with other values.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Field, Model, QuerySet, UUIDField


class Prepared:
    """``build`` gives a ``values_list`` queryset for integers, UUIDs or days by name; ``rows`` runs it for others.

    ``build`` must use each value as it is: a value that decides the shape of the query belongs in another query.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        ints: Sequence[str] = (),
        uuids: Sequence[str] = (),
        days: Sequence[str] = (),
    ) -> None:
        self._build = build
        # Values that nothing else in a query has: they are found again among its parameters.
        self._marks: dict[str, Any] = {name: -(2**40) - number for number, name in enumerate(ints)}
        self._marks |= {name: UUID(int=2**120 + number) for number, name in enumerate(uuids)}
        self._marks |= {name: date(9, 9, 9 + number) for number, name in enumerate(days)}
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the queryset would give for these values."""
        compiled = self._compiled_for(connection.vendor)
        adapted = {name: _adapted(value) for name, value in values.items()}
        params = [adapted[param] if isinstance(param, _Name) else param for param in compiled.params]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, params)
            found = cursor.fetchall()
        return [tuple(row) for row in compiled.compiler.apply_converters(found, compiled.converters)]

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compiled_for(self, vendor: str) -> "_Compiled":
        """Once an engine. Runs inside the transaction of its first use, as a locking query must."""
        if vendor not in self._compiled:
            compiler = self._build(**self._marks).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            names = {_adapted(mark): _Name(name) for name, mark in self._marks.items()}
            converters = compiler.get_converters([selected for selected, _sql, _alias in compiler.select])
            self._compiled[vendor] = _Compiled(
                sql, [names.get(one, one) for one in params], compiler, converters
            )
        return self._compiled[vendor]


@dataclass(frozen=True)
class _Compiled:
    """SQL for one engine; ``compiler`` and ``converters`` turn its rows into Python's values."""

    sql: str
    params: list[Any]
    compiler: Any
    converters: Any


class _Name(str):
    """The place of a value among the parameters."""

    __slots__ = ()


_UUID: Any = UUIDField()
_DAY: Any = DateField()


def _adapted(value: Any) -> Any:
    if isinstance(value, UUID):
        return _UUID.get_db_prep_value(value, connection)
    return _DAY.get_db_prep_value(value, connection) if isinstance(value, date) else value


def insert(rows: Sequence[Model]) -> None:
    """All rows of one model in one statement; they get their primary keys, as ``bulk_create`` gives them."""
    model = type(rows[0])
    if not connection.features.can_return_rows_from_bulk_insert:
        model._default_manager.bulk_create(rows)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    line = f"({', '.join(['%s'] * len(fields))})"
    names = ", ".join(_quoted(field.column) for field in fields)
    table, key = (_quoted(name) for name in (model._meta.db_table, str(model._meta.pk.column)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES {', '.join([line] * len(rows))} RETURNING {key}",  # noqa: S608
            [_saved(field, getattr(row, field.attname)) for row in rows for field in fields],
        )
        for row, (value,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = value
            row._state.adding, row._state.db = False, connection.alias


def update(model: type[Model], key: int, values: dict[str, Any]) -> None:
    """The columns of one row by the names of their attributes."""
    fields: Iterable[Field[Any, Any]] = model._meta.concrete_fields
    chosen = [field for field in fields if field.attname in values]
    names = ", ".join(f"{_quoted(field.column)} = %s" for field in chosen)
    table, key_name = (_quoted(name) for name in (model._meta.db_table, model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {names} WHERE {key_name} = %s",  # noqa: S608 - names of our models
            [*(_saved(field, values[field.attname]) for field in chosen), key],
        )


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _saved(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
