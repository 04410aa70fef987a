"""What an event cannot undercut: the same durable writes by a view that knows nothing else."""

from collections.abc import Mapping
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection

from office.benches.cases import FORM_HEADERS, Case, Request
from office.benches.rules import FLOOR_PATH

TABLES = ("bench_floor_period", "bench_floor_statement")


def floor_case(headers: Mapping[str, str]) -> Case:
    """A signed-in POST with one locked read, one insert, one update and a commit; its tables are made here."""
    _make_tables()
    return Case(
        "floor of an event: lock, insert, update, commit",
        lambda _number: Request("POST", FLOOR_PATH, f"statement={uuid4()}".encode()),
        {**headers, **FORM_HEADERS},
        frozenset({302}),
    )


def _make_tables() -> None:
    """A period for each person that there is, and an empty record with a key and one index beside it."""
    period, statement = TABLES
    is_postgresql = connection.vendor == "postgresql"
    key = "bigserial PRIMARY KEY" if is_postgresql else "integer PRIMARY KEY"
    uuid, body = ("uuid", "jsonb") if is_postgresql else ("char(32)", "text")
    people = connection.ops.quote_name(get_user_model()._meta.db_table)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {period} (person bigint PRIMARY KEY, count integer NOT NULL)")
        cursor.execute(f"INSERT INTO {period} SELECT id, 0 FROM {people}")  # noqa: S608 - our own names
        cursor.execute(f"CREATE TABLE {statement} (id {key}, uuid {uuid} UNIQUE, person bigint, body {body})")
        cursor.execute(f"CREATE INDEX {statement}_person ON {statement} (person)")
