"""Rows that a slow builder made once a session, put back into the transaction of any test.

The builder runs in a transaction that is rolled back; what it inserted, changed or deleted is kept as plain
rows and written again with one statement a table. Tests stay apart from each other and pay milliseconds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.test import TestCase

T = TypeVar("T")
Row = tuple[Any, ...]


@dataclass
class TableChange:
    table: str
    key: str
    columns: list[str]
    gone: list[Any] = field(default_factory=list)
    written: list[Row] = field(default_factory=list)


@dataclass
class Snapshot(Generic[T]):
    """``made`` is what the builder returned; treat it as read-only, it is shared by all tests."""

    made: T
    changes: list[TableChange]

    def restore(self) -> None:
        """Writes the rows into the current transaction."""
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            for change in self.changes:
                table = quote(change.table)
                if change.gone:
                    gone = [(key,) for key in change.gone]
                    cursor.executemany(f"DELETE FROM {table} WHERE {quote(change.key)} = %s", gone)  # noqa: S608
                if change.written:
                    names = ", ".join(map(quote, change.columns))
                    marks = ", ".join(["%s"] * len(change.columns))
                    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", change.written)  # noqa: S608


_taken = 0


def take(build: Callable[[], T]) -> Snapshot[T]:
    """Runs the builder, keeps the rows that it made, and undoes it."""
    with transaction.atomic():
        _spread_ids()
        before = {table: _rows(table, key) for table, key in _tables()}
        with TestCase.captureOnCommitCallbacks(execute=True):
            made = build()
        changes = [change for table, key in _tables() if (change := _compare(table, key, before[table][1]))]
        transaction.set_rollback(True)
    cache.clear()
    return Snapshot(made, changes)


def _tables() -> list[tuple[str, str]]:
    models: set[type[Model]] = set(apps.get_models(include_auto_created=True))
    # SQLite's full-text table follows its index entries by triggers.
    concrete = [
        m for m in models if m._meta.managed and not m._meta.proxy and not m._meta.db_table.endswith("_fts")
    ]
    return sorted((m._meta.db_table, m._meta.pk.column or "id") for m in concrete)


def _rows(table: str, key: str) -> tuple[list[str], dict[Any, Row]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        columns = [column[0] for column in cursor.description]
        place = columns.index(key)
        return columns, {row[place]: tuple(row) for row in cursor.fetchall()}


def _compare(table: str, key: str, before: dict[Any, Row]) -> TableChange | None:
    columns, after = _rows(table, key)
    gone = [pk for pk, row in before.items() if after.get(pk) != row]
    written = [row for pk, row in after.items() if before.get(pk) != row]
    return TableChange(table, key, columns, gone, written) if gone or written else None


def _spread_ids() -> None:
    """SQLite takes ids back with the rollback: later snapshots start further up, so that two never share an id.

    PostgreSQL's sequences go on counting by themselves.
    """
    global _taken
    _taken += 1
    if connection.vendor != "sqlite":
        return
    start = _taken * 100_000
    with connection.cursor() as cursor:
        for table, _key in _tables():
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
