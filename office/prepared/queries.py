"""Queries that are built once and run many times.

Building a query by the ORM costs more than running it, and PostgreSQL takes longer to plan it than to answer it (the
figures stand in ``docs/performance.md``). What is asked stays written in the ORM: only the SQL that it gives is kept,
here and on PostgreSQL in the session of each connection, and run with other values.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import DateField, Model, QuerySet, UUIDField
from psycopg import Cursor

# Nothing is kept in PostgreSQL's session of its own accord, however often it is asked: only what is prepared here.
_NOT_BY_ITSELF = 2**31
_M = TypeVar("_M", bound=Model)
_PLACE = re.compile(r"(%%|%s)")


class Prepared:
    """``build`` gives a ``values_list`` queryset for integers, UUIDs, days or texts by name; ``rows`` runs it for others.

    ``build`` must use each value as it is: a value that decides the shape of the query belongs in another query.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        ints: Sequence[str] = (),
        uuids: Sequence[str] = (),
        days: Sequence[str] = (),
        texts: Sequence[str] = (),
    ) -> None:
        self._build = build
        # Values that nothing else in a query has: they are found again among its parameters.
        self._marks: dict[str, Any] = {name: -(2**40) - number for number, name in enumerate(ints)}
        self._marks |= {name: UUID(int=2**120 + number) for number, name in enumerate(uuids)}
        self._marks |= {name: date(9, 9, 9 + number) for number, name in enumerate(days)}
        self._marks |= {name: f"\ue000{number}" for number, name in enumerate(texts)}
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the queryset would give for these values."""
        own = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(own.vendor) or self._compile(own.vendor)
        adapted = {name: _adapted(value) for name, value in values.items()}
        params = [adapted[param] if isinstance(param, _Name) else param for param in compiled.params]
        with keeping_cursor(own) as cursor:
            cursor.execute(compiled.sql, params)
            found = cursor.fetchall()
        return [tuple(row) for row in compiled.compiler.apply_converters(found, compiled.converters)]

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compile(self, vendor: str) -> "_Compiled":
        """Once an engine. Runs inside the transaction of its first use, as a locking query must."""
        own = connections[DEFAULT_DB_ALIAS]
        compiler = self._build(**self._marks).query.get_compiler(connection=own)
        sql, params = compiler.as_sql()
        names = {_adapted(mark): _Name(name) for name, mark in self._marks.items()}
        params = [names.get(one, one) if isinstance(one, (int, str, date, UUID)) else one for one in params]
        converters = compiler.get_converters([selected for selected, _sql, _alias in compiler.select])
        if vendor == "postgresql":
            sql, params = _written_out(own, sql, params)
        compiled = _Compiled(sql, params, compiler, converters)
        self._compiled[vendor] = compiled
        return compiled


def columns(model: type[Model], *names: str) -> tuple[str, ...]:
    """Names of columns in the order in which ``loaded`` takes their values."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


def loaded(model: type[_M], names: Sequence[str], values: Iterator[Any]) -> _M:
    """An instance of which only these columns were read; it takes as many values as there are names."""
    return model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names))))


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


def _written_out(own: Any, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
    """The values that never change as part of the SQL: PostgreSQL plans with them and need not guess their types."""
    left: Iterator[Any] = iter(params)
    parts, kept = [], []
    for part in _PLACE.split(sql):
        value = next(left) if part == "%s" else None
        if part == "%s" and not isinstance(value, _Name):
            parts.append(own.ops.compose_sql("%s", [value]).replace("%", "%%"))
        else:
            parts.append(part)
            kept += [value] if part == "%s" else []
    return "".join(parts), kept


def keeping_cursor(own: Any) -> Any:
    """One that lets PostgreSQL keep the plan for the connection, unless a pooler hands out its sessions in turn.

    An installation behind such a pooler says so by Django's ``DISABLE_SERVER_SIDE_CURSORS``.
    """
    if own.vendor != "postgresql" or own.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return own.cursor()
    own.ensure_connection()
    session = own.connection
    session.prepare_threshold = _NOT_BY_ITSELF
    usual, session.cursor_factory = session.cursor_factory, _KeepingCursor
    try:
        return own.cursor()
    finally:
        session.cursor_factory = usual


class _KeepingCursor(Cursor[Any]):
    """Sends the values apart from the SQL, which PostgreSQL plans once a connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_KeepingCursor":
        super().execute(query, params, **{**options, "prepare": True})
        return self

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        """Remembered also when only the values are sent: Django's log of queries reads it."""
        self._query = converted = super()._convert_query(query, params)
        return converted
