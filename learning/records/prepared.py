"""Rows written without building a query each time: an event is the one place that many people wait for at once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

from office.prepared.queries import Prepared

__all__ = ["Prepared", "insert", "update"]


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
