"""Many rows in one INSERT without a model instance for each: a batch of statements waits for nothing else.

PostgreSQL gets one array for each column, which costs less than a thousand parameters; SQLite gets a list of values.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, DateTimeField, Field, JSONField, Model, UUIDField

# Rows of one INSERT on SQLite, far below its limit of parameters.
_CHUNK = 400
# The columns that are given back, and the unique column of ``unless_known``.
_Ending = tuple[tuple[str, ...], str]


def insert_rows(
    model: type[Model],
    names: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
    *,
    returning: tuple[str, ...] = (),
    unless_known: str = "",
) -> list[tuple[Any, ...]]:
    """Inserts rows whose values stand in the order of ``names`` (attribute names of the model's columns).

    Gives the ``returning`` columns of every row that was inserted, in no certain order. ``unless_known``: a unique
    column; a row whose value is there already is left out (after waiting for whoever is just writing it).
    """
    if not rows:
        return []
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        return _in_arrays(model, names, rows, (returning, unless_known))
    found: list[tuple[Any, ...]] = []
    for begin in range(0, len(rows), _CHUNK):
        found += _in_values(model, names, rows[begin : begin + _CHUNK], (returning, unless_known))
    return found


def _in_arrays(
    model: type[Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]], ending: _Ending
) -> list[tuple[Any, ...]]:
    columns = dict(zip(_fields(model, names), zip(*rows, strict=True), strict=True))
    plain = [_literal(field, column) for field, column in columns.items() if not isinstance(field, JSONField)]
    # One text for all bodies: an array of texts would escape each quotation mark of each of them.
    texts = [
        json.dumps(column, ensure_ascii=False)
        for field, column in columns.items()
        if isinstance(field, JSONField)
    ]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_array_sql(model, names, ending), [*plain, *texts])
        return cursor.fetchall() if ending[0] else []


def _literal(field: Any, column: Sequence[Any]) -> str:
    """A column as PostgreSQL writes down an array: cheaper than to adapt each value by itself."""
    if isinstance(field, UUIDField):
        told = ["NULL" if value is None else value.hex for value in column]
    elif isinstance(field, DateTimeField):
        told = ["NULL" if value is None else f'"{value.isoformat()}"' for value in column]
    elif isinstance(field, CharField):
        told = ['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in column]
    else:
        told = ["NULL" if value is None else str(value) for value in column]
    return "{" + ",".join(told) + "}"


@cache
def _array_sql(model: type[Model], names: tuple[str, ...], ending: _Ending) -> str:
    own, fields = connections[DEFAULT_DB_ALIAS], _fields(model, names)
    plain = [field for field in fields if not isinstance(field, JSONField)]
    bodies = [field for field in fields if isinstance(field, JSONField)]
    arrays = ", ".join(f"%s::{field.db_type(own)}[]" for field in plain)
    sources = [f"unnest({arrays})", *["jsonb_array_elements(%s::jsonb)"] * len(bodies)]
    given = ", ".join(_quoted(field.column) for field in [*plain, *bodies])
    chosen = ", ".join(_quoted(field.column) for field in fields)
    return (
        f"{_into(model, names)} SELECT {chosen} FROM ROWS FROM ({', '.join(sources)}) AS given({given})"  # noqa: S608
        f"{_ending(model, ending)}"
    )


def _in_values(
    model: type[Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]], ending: _Ending
) -> list[tuple[Any, ...]]:
    own = connections[DEFAULT_DB_ALIAS]
    fields = _fields(model, names)
    params = [
        field.get_db_prep_save(value, own) for row in rows for field, value in zip(fields, row, strict=True)
    ]
    line = f"({', '.join(['%s'] * len(fields))})"
    lines = ", ".join([line] * len(rows))
    sql = f"{_into(model, names)} VALUES {lines}{_ending(model, ending)}"
    with own.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall() if ending[0] else []
    kept = _fields(model, ending[0])
    return [tuple(_read(field, value, own) for field, value in zip(kept, row, strict=True)) for row in found]


def _read(field: Any, value: Any, own: Any) -> Any:
    for convert in [*own.ops.get_db_converters(field.get_col(field.model._meta.db_table))]:
        value = convert(value, None, own)
    return value


def _into(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(_quoted(field.column) for field in _fields(model, names))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns})"


def _ending(model: type[Model], ending: _Ending) -> str:
    returning, known = ending
    conflict = f" ON CONFLICT ({_quoted(known)}) DO NOTHING" if known else ""
    if not returning:
        return conflict
    return f"{conflict} RETURNING " + ", ".join(_quoted(f.column) for f in _fields(model, returning))


@cache
def _fields(model: type[Model], names: tuple[str, ...]) -> list["Field[Any, Any]"]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _quoted(name: str | None) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(str(name))
