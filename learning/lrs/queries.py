"""Statements, definitions and names as they are given out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef

from courses.catalog.models import Activity, Course
from learning.clients.models import LrsClient
from learning.clients.rules import SITE_UUID
from learning.lrs.filters import Many, One
from learning.lrs.matching import Statements, branches, is_uuid, of_clients, own, own_authority, standing_of
from learning.lrs.models import ActivityDefinition
from learning.lrs.rules import told_moment
from learning.records.enums import ResultSource
from learning.records.models import Statement
from learning.records.rules import ACTIVITY_TYPES
from learning.xapi.actors import actor_key
from learning.xapi.references import activity_key

# A statement gets its moment shortly before the transaction that keeps it: so much may still be on its way.
_ON_ITS_WAY = timedelta(seconds=1)
# How many statements are looked through for the names of an agent.
_LATEST = 100


@dataclass(frozen=True)
class Found:
    """One statement as it is given out, and whether it is about a learner of ours."""

    sequence: int
    body: dict[str, Any]
    is_own: bool


@dataclass(frozen=True)
class Page:
    """Statements in the order asked for; ``next_after`` begins the next page, None where this is the last."""

    found: list[Found]
    next_after: int | None


def find_one(client: LrsClient, asked: One) -> Found | None:
    """The statement if it is there, may be read and is (not) voided as asked."""
    visible = [own()] if client.reading.own else []
    visible += [rows] if (rows := of_clients(client)) is not None else []
    for statements in visible:
        standing = standing_of(statements)
        row = (
            statements.filter(uuid=asked.uuid)
            .annotate(is_standing=Exists(standing.filter(pk=OuterRef("pk"))))
            .first()
        )
        if row is not None and row.is_standing != asked.voided:
            return _told(row)
    return None


def find_many(client: LrsClient, asked: Many) -> Page:
    """One page. Each way in which a statement may fit is a query of its own that an index answers."""
    order = "pk" if asked.ascending else "-pk"
    wanted = asked.limit + 1
    keys: set[int] = set()
    for branch in branches(client, asked):
        keys.update(_in_window(branch, asked).order_by(order).values_list("pk", flat=True)[:wanted])
    chosen = sorted(keys, reverse=not asked.ascending)[: asked.limit]
    rows = Statement.objects.in_bulk(chosen)
    found = [_told(rows[key]) for key in chosen]
    return Page(found, chosen[-1] if len(keys) > asked.limit else None)


def consistent_through(at: datetime) -> datetime:
    """Everything stored before this moment can be read (Part Three, 2.1.3)."""
    return (oldest_writer(at) or at) - _ON_ITS_WAY


def oldest_writer(now: datetime) -> datetime | None:
    """When the oldest transaction that is writing began, by our own clock and rather too early than too late.

    SQLite has one writer, which nobody overtakes: None. PostgreSQL's own workers (autovacuum, ANALYZE) take transaction
    numbers as well, for seconds at a time; they write no statements, and forwarding must not wait for them.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp() - min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        age: timedelta | None = cursor.fetchone()[0]
    return None if age is None else now - age


def definitions_of(iris: set[str]) -> dict[str, dict[str, Any]]:
    """What is known of these activities; one query."""
    rows = ActivityDefinition.objects.filter(key__in=[activity_key(iri) for iri in iris])
    return dict(rows.values_list("iri", "definition"))


def definition_of(iri: str) -> dict[str, Any] | None:
    """What is known of one activity: ours from the catalog, any other from what was told."""
    kind, _slash, name = iri.removeprefix(f"{settings.SITE_BASE_URL}/xapi/").partition("/")
    if not is_uuid(name) or kind not in ("activities", "courses"):
        return definitions_of({iri}).get(iri)
    if kind == "courses":
        title = Course.objects.filter(uuid=name).values_list("title", flat=True).first()
        return {"type": ACTIVITY_TYPES["course"], "name": {"ja": title}} if title else None
    row = Activity.objects.filter(uuid=name).values_list("kind", "title").first()
    return {"type": ACTIVITY_TYPES[row[0]], "name": {"ja": row[1]}} if row else None


def names_of(client: LrsClient, agent: dict[str, Any]) -> list[str]:
    """Names that readable statements gave the agent, the latest first. Our own statements name nobody."""
    rows = of_clients(client)
    key = actor_key(agent)
    if rows is None or key is None:
        return []
    latest = (
        rows.filter(from_client__actor_key=key).order_by("-pk").values_list("body__actor__name", flat=True)
    )
    return [name for name in latest[:_LATEST] if isinstance(name, str)]


def _in_window(rows: Statements, asked: Many) -> Statements:
    if asked.since is not None:
        rows = rows.filter(stored__gt=asked.since)
    if asked.until is not None:
        rows = rows.filter(stored__lte=asked.until)
    if asked.after is not None:
        rows = rows.filter(pk__gt=asked.after) if asked.ascending else rows.filter(pk__lt=asked.after)
    return rows


def _told(row: Statement) -> Found:
    """Our own bodies hold what was recorded; who vouches for it and since when it is here is added."""
    if row.source != ResultSource.CLIENT:
        told = {**row.body, "stored": told_moment(row.stored), "authority": own_authority()}
        return Found(row.pk, told, is_own=True)
    return Found(row.pk, row.body, is_own=_is_of_site(row.body))


def _is_of_site(body: dict[str, Any]) -> bool:
    """Content that this site launched speaks about our learners, too."""
    told: object = body.get("authority", {}).get("account", {}).get("name")
    return told == f"client:{SITE_UUID}"
