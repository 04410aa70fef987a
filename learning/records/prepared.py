"""Queries that are built once and run many times.

Building a query by the ORM costs more than running it; an event is the one place that many people wait for at
once (the figures stand in ``docs/performance.md``). What is asked stays written in the ORM: only the SQL that it
gives is kept and run with other values.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import DateField, Model, QuerySet, UUIDField


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
        own = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(own.vendor) or self._compile(own.vendor)
        adapted = {name: _adapted(value) for name, value in values.items()}
        params = [adapted[param] if isinstance(param, _Name) else param for param in compiled.params]
        with own.cursor() as cursor:
            cursor.execute(compiled.sql, params)
            found = cursor.fetchall()
        return [tuple(row) for row in compiled.compiler.apply_converters(found, compiled.converters)]

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compile(self, vendor: str) -> "_Compiled":
        """Once an engine. Runs inside the transaction of its first use, as a locking query must."""
        compiler = self._build(**self._marks).query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        sql, params = compiler.as_sql()
        names = {_adapted(mark): _Name(name) for name, mark in self._marks.items()}
        converters = compiler.get_converters([selected for selected, _sql, _alias in compiler.select])
        compiled = _Compiled(sql, [names.get(one, one) for one in params], compiler, converters)
        self._compiled[vendor] = compiled
        return compiled


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
    model, own = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    if not own.features.can_return_rows_from_bulk_insert:
        model._default_manager.bulk_create(rows)
        return
    fields, sql = _insert_sql(own.vendor, model, len(rows))
    with own.cursor() as cursor:
        cursor.execute(
            sql,
            [field.get_db_prep_save(getattr(row, field.attname), own) for row in rows for field in fields],
        )
        for row, (value,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = value
            row._state.adding, row._state.db = False, own.alias


def update(model: type[Model], key: int, values: dict[str, Any]) -> None:
    """The columns of one row by the names of their attributes."""
    own = connections[DEFAULT_DB_ALIAS]
    fields, sql = _update_sql(own.vendor, model, tuple(values))
    with own.cursor() as cursor:
        cursor.execute(sql, [*(field.get_db_prep_save(values[field.attname], own) for field in fields), key])


@cache
def _insert_sql(vendor: str, model: type[Model], count: int) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    line = f"({', '.join(['%s'] * len(fields))})"
    names = ", ".join(_quoted(field.column) for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    lines = ", ".join([line] * count)
    return fields, f"INSERT INTO {table} ({names}) VALUES {lines} RETURNING {key}"  # noqa: S608 - names of our models


@cache
def _update_sql(vendor: str, model: type[Model], attributes: tuple[str, ...]) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.concrete_fields if field.attname in attributes]
    names = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    return fields, f"UPDATE {table} SET {names} WHERE {key} = %s"  # noqa: S608 - names of our models


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
