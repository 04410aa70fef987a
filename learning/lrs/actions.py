"""Keeping the statements of other systems: all of a request or none of it."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction

from learning.clients.enums import LrsScope
from learning.clients.models import LrsClient
from learning.lrs.inserting import insert_rows
from learning.lrs.models import ActivityDefinition, ClientStatement, StatementAttachment
from learning.lrs.refusals import conflict, forbidden
from learning.lrs.rules import Ready, is_same, made_ready
from learning.records.enums import ResultSource
from learning.records.models import Statement, StatementReference, StatementTarget
from learning.xapi.activities import merged
from learning.xapi.multipart import Part
from learning.xapi.references import activity_key, definitions_in

# A chain of references longer than this is followed no further.
_MAX_CHAIN = 50
# The version of UUID that this site derives its own ids by.
DERIVED = 5


def store_statements(
    *, client: LrsClient, statements: list[dict[str, Any]], parts: list[list[Part]], at: datetime
) -> tuple[list[str], int]:
    """Keeps valid statements of a client; gives their ids in order and how many of them were new.

    A statement that is here already and the same is no error. ``parts``: the attachments of each statement, or
    nothing. Raises Refused: 409 where an id belongs to a different statement, 403 where somebody else's statement
    would be voided.
    """
    ready = made_ready(statements, authority=client.agent(), at=at)
    attached = {one.uuid: own for one, own in zip(ready, parts, strict=False)}
    try:
        new = _store(client, ready, attached, at)
    except OperationalError:
        # Two requests with the same ids in another order waited for each other: the database let one go on.
        new = _store(client, ready, attached, at)
    return [one.body["id"] for one in ready], new


@transaction.atomic
def _store(client: LrsClient, ready: list[Ready], attached: dict[UUID, list[Part]], at: datetime) -> int:
    """How many were new."""
    _refuse_foreign_voiding(client, ready)
    _refuse_kept_ids(client, ready)
    sequences = _insert_statements(ready, at)
    new = ready
    if len(sequences) < len(ready):
        _refuse_different([one for one in ready if one.uuid not in sequences])
        new = [one for one in ready if one.uuid in sequences]
    if new:
        _insert_beside(client, new, sequences, attached)
    return len(new)


def _refuse_different(again: list[Ready]) -> None:
    """What is here already must be the same. Raises Refused, which takes back the whole request."""
    known = dict(Statement.objects.filter(uuid__in=[one.uuid for one in again]).values_list("uuid", "body"))
    for one in again:
        if not is_same(known[one.uuid], one.body):
            raise conflict(f"a different statement with the id {one.body['id']} is here already")


def _refuse_kept_ids(client: LrsClient, ready: list[Ready]) -> None:
    """Ids of version 5 are worked out from other ones, by us: nobody may take the next one before we do (decision 21)."""
    told = {one.uuid for one in ready if one.uuid.version == DERIVED}
    if not told:
        return
    known = ClientStatement.objects.filter(client=client, statement__uuid__in=told)
    left = told.difference(known.values_list("statement__uuid", flat=True))
    if left:
        raise forbidden(
            f"the id {min(left)} is a UUID of version 5: those are kept for statements of this site; use version 4"
        )


def _refuse_foreign_voiding(client: LrsClient, ready: list[Ready]) -> None:
    """A client takes back what it said itself, and nobody else's word (Part Two, 2.3.2)."""
    targets = [one.named.target for one in ready if one.named.is_voiding and one.named.target]
    if not targets:
        return
    others = Statement.objects.filter(uuid__in=targets).exclude(from_client__client=client)
    other = others.values_list("uuid", flat=True).first()
    if other is not None:
        raise forbidden(f"the statement {other} was not put in by this client, which cannot void it")


def _insert_beside(
    client: LrsClient, new: list[Ready], sequences: dict[UUID, int], attached: dict[UUID, list[Part]]
) -> None:
    """What the statements are found by, their attachments, and what they tell of activities."""
    insert_rows(
        ClientStatement,
        ("statement_id", "client_id", "actor_key", "verb_key", "object_key", "registration", "is_voiding"),
        [
            (
                sequences[one.uuid],
                client.pk,
                one.named.actor,
                one.named.verb,
                one.named.object,
                one.named.registration,
                one.named.is_voiding,
            )
            for one in new
        ],
    )
    insert_rows(
        StatementReference,
        ("statement_id", "key", "is_direct"),
        [(sequences[one.uuid], key, direct) for one in new for key, direct in one.named.others.items()],
    )
    _insert_targets([one for one in new if one.named.target], sequences)
    _insert_attachments(sequences, attached)
    if client.may(LrsScope.DEFINE):
        _learn_definitions([one.body for one in new])


def _insert_statements(new: list[Ready], at: datetime) -> dict[UUID, int]:
    """The sequence of each new statement by its UUID; those that are here already are not in it."""
    source = ResultSource.CLIENT.value
    rows = [(one.uuid, source, "", "", False, one.timestamp, at, one.body) for one in new]
    names = ("uuid", "source", "verb", "move_on", "counts", "timestamp", "stored", "body")
    return dict(insert_rows(Statement, names, rows, returning=("uuid", "sequence"), unless_known="uuid"))


def _insert_attachments(sequences: dict[UUID, int], attached: dict[UUID, list[Part]]) -> None:
    parts = [
        StatementAttachment(
            statement_id=sequence, sha2=part.sha2, content_type=part.content_type[:255], content=part.content
        )
        for uuid, sequence in sequences.items()
        for part in {part.sha2: part for part in attached.get(uuid, ())}.values()
    ]
    if parts:
        StatementAttachment.objects.bulk_create(parts)


def _insert_targets(new: list[Ready], sequences: dict[UUID, int]) -> None:
    """Every statement that can be reached over references, from the new ones and from those that waited for them."""
    if not new:
        return
    next_ones: dict[UUID, set[UUID]] = defaultdict(set)
    for one in new:
        if one.named.target is not None:
            next_ones[one.uuid].add(one.named.target)
    known = StatementTarget.objects.filter(statement__uuid__in=[one.named.target for one in new])
    for uuid, target in known.values_list("statement__uuid", "target"):
        next_ones[uuid].add(target)
    edges = [
        StatementTarget(
            statement_id=sequences[one.uuid],
            target=target,
            is_voiding=one.named.is_voiding and target == one.named.target,
        )
        for one in new
        for target in _reached(one.uuid, next_ones)
    ]
    waiting = StatementTarget.objects.filter(target__in=[one.uuid for one in new])
    edges += [
        StatementTarget(statement_id=pk, target=target)
        for pk, uuid in waiting.values_list("statement_id", "target")
        for target in _reached(uuid, next_ones)
    ]
    StatementTarget.objects.bulk_create(edges, ignore_conflicts=True)


def _reached(begin: UUID, next_ones: dict[UUID, set[UUID]]) -> list[UUID]:
    found: dict[UUID, None] = {}
    waiting = [*next_ones[begin]]
    while waiting and len(found) < _MAX_CHAIN:
        uuid = waiting.pop()
        if uuid not in found and uuid != begin:
            found[uuid] = None
            waiting += next_ones.get(uuid, ())
    return list(found)


def _learn_definitions(bodies: list[dict[str, Any]]) -> None:
    """Merges what the statements tell of activities into what is known; the site's own activities are its own."""
    told: dict[str, dict[str, Any]] = {}
    for body in bodies:
        for iri, definition in definitions_in(body):
            if not iri.startswith(f"{settings.SITE_BASE_URL}/xapi/"):
                told[iri] = merged(told.get(iri, {}), definition)
    if not told:
        return
    keys = {activity_key(iri): iri for iri in told}
    known = dict(ActivityDefinition.objects.filter(key__in=list(keys)).values_list("key", "definition"))
    wholes = {key: merged(known.get(key, {}), told[iri]) for key, iri in keys.items()}
    changed = [
        ActivityDefinition(key=key, iri=keys[key], definition=wholes[key])
        for key in sorted(wholes)
        if wholes[key] != known.get(key)
    ]
    if changed:
        # In one order everywhere, so that two requests never wait for each other.
        ActivityDefinition.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["key"], update_fields=["definition"]
        )
