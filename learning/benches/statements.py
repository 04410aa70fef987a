"""A part of the bench «packages»: statements a second through ``/xapi/statements`` beside raw multi-row INSERT.

The raw side writes the same bodies into a bare table (key, two indexes, JSON) by one INSERT of 500 rows and a commit:
what the database alone can do with one connection. The goal stands in ``docs/performance.md``: at least half of it,
with validation, indexes for the filters and HTTP.
"""

import base64
import json
import time
from statistics import median
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from learning.clients.actions import create_client
from learning.clients.enums import LrsScope
from office.benches.actions import BenchRun
from office.benches.cases import Case, Request, limit_case, session_headers
from people.accounts.models import User

BATCH = 100
_RAW_ROWS = 500
_TABLE = "bench_raw_statement"


def bench_statements(run: BenchRun) -> None:
    """The limit, one statement and a batch of 100 for each POST; then the raw rate. ``run.say`` tells the ratio."""
    person, _made = User.objects.get_or_create(username="bench-statements")
    headers = _headers()
    measured = run.measure(
        "statements of another system",
        [
            limit_case(session_headers(person)),
            Case("1 statement a POST", lambda number: _post(1, number), headers),
            Case(f"{BATCH} statements a POST", lambda number: _post(BATCH, number), headers),
        ],
    )
    raw = raw_rates(run.options.rounds, run.options.seconds)
    rates = [rate * BATCH for rate in measured.cases[2].rates]
    ratios = [ours / theirs for ours, theirs in zip(rates, raw, strict=False)]
    run.report.conditions["statements a second, in batches of 100"] = _told(rates)
    run.report.conditions["rows a second by raw multi-row INSERT"] = _told(raw)
    run.report.conditions["ratio, goal 0.5"] = _told(ratios, digits=2)
    run.say(f"statements against raw multi-row INSERT: {median(ratios):.2f}")


def raw_rates(rounds: int, seconds: float) -> list[float]:
    """Rows a second of each round, one connection."""
    _make_table()
    try:
        return [_raw_rate(seconds) for _round in range(rounds)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {_TABLE}")


def sample(number: int) -> dict[str, Any]:
    """A statement as a learning system sends it: actor, result, context with a parent; about 700 bytes."""
    person, lesson = number % 5000, number % 40
    return {
        "id": str(uuid4()),
        "actor": {"account": {"homePage": "https://lms.example.jp", "name": f"person-{person}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {
            "id": f"https://lms.example.jp/courses/1/lessons/{lesson}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/lesson",
                "name": {"ja": f"第{lesson}回"},
            },
        },
        "result": {
            "score": {"scaled": 0.8, "raw": 8, "min": 0, "max": 10},
            "success": True,
            "duration": "PT42.5S",
        },
        "context": {
            "registration": str(uuid4()),
            "contextActivities": {"parent": [{"id": "https://lms.example.jp/courses/1"}]},
            "language": "ja",
        },
        "timestamp": "2026-11-22T10:00:00.000+09:00",
    }


def _post(count: int, number: int) -> Request:
    body = json.dumps([sample(number * count + place) for place in range(count)]).encode()
    return Request("POST", "/xapi/statements", body)


def _headers() -> dict[str, str]:
    scopes = [LrsScope.STATEMENTS_WRITE, LrsScope.DEFINE]
    issued = create_client(name="bench", scopes=scopes, valid_to=None, by=None, at=timezone.now())
    key = base64.b64encode(f"{issued.client.key}:{issued.secret}".encode()).decode()
    return {
        "Authorization": f"Basic {key}",
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
    }


def _make_table() -> None:
    is_postgresql = connection.vendor == "postgresql"
    key = "bigserial PRIMARY KEY" if is_postgresql else "integer PRIMARY KEY"
    kind, moment, uuid = ("jsonb", "timestamptz", "uuid") if is_postgresql else ("text", "text", "text")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        cursor.execute(
            f"CREATE TABLE {_TABLE} (id {key}, uuid {uuid} UNIQUE, stored {moment}, actor {uuid}, body {kind})"
        )
        cursor.execute(f"CREATE INDEX {_TABLE}_actor ON {_TABLE} (actor, id)")


def _raw_rate(seconds: float) -> float:
    line = ", ".join(["(%s, %s, %s, %s)"] * _RAW_ROWS)
    sql = f"INSERT INTO {_TABLE} (uuid, stored, actor, body) VALUES {line}"  # noqa: S608 - our own name
    stored, written, spent = timezone.now().isoformat(), 0, 0.0
    while spent < seconds:
        params: list[Any] = []
        for number in range(_RAW_ROWS):
            body = sample(number)
            params += [body["id"], stored, str(uuid4()), json.dumps(body)]
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
        spent += time.perf_counter() - begun
        written += _RAW_ROWS
    return written / spent


def _told(values: list[float], *, digits: int = 0) -> str:
    return " / ".join(f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
