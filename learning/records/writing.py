"""What one event changes, in one statement: each statement of its own would be one more wait for the database.

On PostgreSQL the rows of several tables go as one statement whose parts give their new keys to each other
(``WITH … INSERT … RETURNING``), and the session of the connection keeps its plan. SQLite has no such statement and no
wait either: there they are written one after another, in the same order.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

from learning.records.prepared import insert, update
from office.prepared.queries import keeping_cursor


@dataclass
class Writing:
    """A few rows to insert and to change; nothing is written before ``send``, which belongs in a transaction.

    A row may name a row that was added before and has no key yet: ``Completion(statement=statement)``.
    """

    _parts: list["_Part"] = field(default_factory=list)

    def add(self, *rows: Model) -> None:
        """Rows of one model; after ``send`` they have their keys."""
        self._parts.append(_Part(type(rows[0]), rows=rows))

    def change(self, model: type[Model], key: int, values: dict[str, Any]) -> None:
        """The columns of one row by the names of their attributes."""
        self._parts.append(_Part(model, key=key, values=values))

    def send(self) -> None:
        """Raises IntegrityError; then nothing of it is written."""
        parts, self._parts = self._parts, []
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
            _send_at_once(parts)
            return
        for part in parts:
            if part.rows:
                for row in part.rows:
                    _name_keys(row)
                insert(part.rows)
            else:
                update(part.model, part.key, part.values)


@dataclass(frozen=True)
class _Part:
    """Rows to insert, or the key and values of one to change."""

    model: type[Model]
    rows: tuple[Model, ...] = ()
    key: int = 0
    values: dict[str, Any] = field(default_factory=dict)


# The place of a row among those of a Writing: of which part, and which one there.
_Place = tuple[int, int]
# What the SQL is made from: model, and for each row (or the one change) its columns with the place of a row that
# they name, if that has no key yet.
_Shape = tuple[type[Model], bool, tuple[tuple[tuple[str, _Place | None], ...], ...]]


def _send_at_once(parts: list[_Part]) -> None:
    own = connections[DEFAULT_DB_ALIAS]
    places: dict[int, _Place] = {}
    shapes: list[_Shape] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        if part.rows:
            lines = [_values_of(row, places) for row in part.rows]
            places |= {id(row): (number, index) for index, row in enumerate(part.rows)}
        else:
            lines = [[(one, part.values[one.attname]) for one in _fields(part.model, tuple(part.values))]]
        columns = []
        for line in lines:
            columns.append(
                tuple((one.attname, value if isinstance(value, tuple) else None) for one, value in line)
            )
            params += [
                one.get_db_prep_save(value, own) for one, value in line if not isinstance(value, tuple)
            ]
        params += [] if part.rows else [part.key]
        shapes.append((part.model, bool(part.rows), tuple(columns)))
    with keeping_cursor(own) as cursor:
        cursor.execute(_sql(tuple(shapes)), params)
        found = sorted(cursor.fetchall())
    rows = [row for part in parts for row in part.rows]
    for row, (_part, key) in zip(rows, found, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, own.alias
        _name_keys(row)


def _values_of(row: Model, places: dict[int, _Place]) -> list[tuple[Any, Any]]:
    """Columns and values; in the place of a key that is not there yet, where its row stands."""
    values = []
    for one in _fields(type(row), None):
        value = getattr(row, one.attname)
        if value is None and one.is_relation and one.is_cached(row):
            related = one.get_cached_value(row)
            value = places.get(id(related)) if related is not None and related.pk is None else value
        values.append((one, value))
    return values


def _name_keys(row: Model) -> None:
    """The key of a row that got it after it was named."""
    for one in _fields(type(row), None):
        if one.is_relation and getattr(row, one.attname) is None and one.is_cached(row):
            related = one.get_cached_value(row)
            if related is not None:
                setattr(row, one.attname, related.pk)


@cache
def _fields(model: type[Model], attributes: tuple[str, ...] | None) -> list[Any]:
    """The columns but the key, or those of these names."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    return fields if attributes is None else [one for one in fields if one.attname in attributes]


@cache
def _sql(shapes: tuple[_Shape, ...]) -> str:
    parts, keys = [], []
    for number, (model, is_new, lines) in enumerate(shapes):
        table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
        named = {one.attname: one for one in model._meta.concrete_fields}
        drawn = [[_value(named[name], place, shapes) for name, place in line] for line in lines]
        names = [_quoted(named[name].column) for name, _place in lines[0]]
        if is_new:
            rows = ", ".join(f"({', '.join(line)})" for line in drawn)
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {rows} RETURNING {key}"  # noqa: S608 - our names
            keys.append(f"SELECT {number}, {key} FROM w{number}")  # noqa: S608
        else:
            changes = ", ".join(f"{name} = {value}" for name, value in zip(names, drawn[0], strict=True))
            sql = f"UPDATE {table} SET {changes} WHERE {key} = %s::bigint"  # noqa: S608 - our names
        parts.append(f"w{number} AS ({sql})")
    return f"WITH {', '.join(parts)} {' UNION ALL '.join(keys) or 'SELECT 0, 0 WHERE false'}"


def _value(one: Any, place: _Place | None, shapes: tuple[_Shape, ...]) -> str:
    """A value as the type of its column; the keys of a part come in the order of its rows."""
    if place is None:
        kind = one.rel_db_type(connection) if one.is_relation else one.db_type(connection)
        # Without its length: a cast to that would cut off what is too long, and the column refuses it.
        return f"%s::{kind.partition('(')[0]}"
    number, index = place
    key = _quoted(shapes[number][0]._meta.pk.column)
    return f"(SELECT {key} FROM w{number} ORDER BY 1 OFFSET {index} LIMIT 1)"  # noqa: S608


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
