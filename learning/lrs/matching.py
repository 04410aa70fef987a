"""In which ways a statement may fit a question: each is a query of its own that an index answers.

Our own statements are found by their columns, those of other systems by their keys.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.clients.models import LrsClient
from learning.clients.rules import SITE_KEY
from learning.lrs.filters import Many
from learning.records.enums import Verb
from learning.records.models import Statement, StatementReference, StatementTarget
from learning.xapi.actors import actor_key
from learning.xapi.checks import Invalid, uuid
from learning.xapi.references import activity_key, verb_key

Statements = QuerySet[Statement]
_OF_SITE = Q(from_client__client__key=SITE_KEY)


def branches(client: LrsClient, asked: Many) -> Iterator[Statements]:
    for is_target in (False, True) if asked.is_narrowed else (False,):
        for branch in _fitting(client, asked, standing=not is_target):
            yield _referring_to(client, branch) if is_target else branch


def _fitting(client: LrsClient, asked: Many, *, standing: bool) -> Iterator[Statements]:
    """Statements that themselves fit, whenever they were stored."""
    may = client.reading
    if may.own and may.clients and not asked.is_narrowed:
        yield standing_of(Statement.objects.all()) if standing else Statement.objects.all()
        return
    if may.own and (ours := _fitting_own(asked)) is not None:
        for branch in ours:
            yield standing_of(branch) if standing else branch
    rows = of_clients(client)
    if rows is not None:
        for branch in _fitting_foreign(rows, asked):
            yield standing_of(branch) if standing else branch


def _referring_to(client: LrsClient, targets: Statements) -> Statements:
    """Statements whose object is, at once or over others, one of these (Part Three, 2.1.3)."""
    edges = StatementTarget.objects.filter(target__in=targets.values("uuid"))
    visible = Statement.objects.filter(pk__in=edges.values("statement"))
    return standing_of(visible.filter(_readable(client)))


def _readable(client: LrsClient) -> Q:
    may = client.reading
    if may.clients:
        return Q() if may.own else Q(from_client__isnull=False) & ~_OF_SITE
    ours = Q(from_client__isnull=True) if may.own else Q(pk__in=[])
    return ours | Q(from_client__client=client) if may.mine else ours


def own() -> Statements:
    return Statement.objects.own()


def of_clients(client: LrsClient) -> Statements | None:
    """What other systems put in, as far as this one may read it.

    What content of ours said about our learners is open to those who may read our own record.
    """
    if client.reading.clients:
        rows = Statement.objects.filter(from_client__isnull=False)
        return rows if client.reading.own else rows.exclude(_OF_SITE)
    return Statement.objects.filter(from_client__client=client) if client.reading.mine else None


def standing_of(statements: Statements) -> Statements:
    """Not voided: a voiding statement never is, any other by one of the same system (own ones by ours)."""
    voiding = StatementTarget.objects.filter(target=OuterRef("uuid"), is_voiding=True)
    same = voiding.filter(statement__from_client__client=OuterRef("from_client__client"))
    ours = voiding.filter(statement__voids__isnull=False)
    return statements.filter(
        Q(from_client__is_voiding=True)
        | Q(from_client__isnull=False) & ~Exists(same)
        | Q(from_client__isnull=True) & ~Exists(ours)
    )


def _fitting_own(asked: Many) -> list[Statements] | None:
    """None where none of ours can fit: they name our own activities and learners only."""
    rows = own()
    if asked.verb is not None:
        if asked.verb not in set(Verb):
            return None
        rows = rows.filter(verb=asked.verb)
    if asked.registration is not None:
        rows = rows.filter(registration=asked.registration)
    if asked.activity is not None:
        about = _about(asked.activity, related=asked.related_activities)
        if about is None:
            return None
        rows = rows.filter(about, voids__isnull=True)
    return [rows] if asked.agent is None else _of_actor(rows, asked.agent, related=asked.related_agents)


def _of_actor(rows: Statements, agent: dict[str, Any], *, related: bool) -> list[Statements]:
    key = keyed(agent)
    if related and key == actor_key(own_authority()):
        return [rows]
    names = StatementReference.objects.filter(key=key, **({} if related else {"is_direct": True}))
    branches = [rows.filter(pk__in=names.values("statement"))]
    name = agent.get("account", {})
    if name.get("homePage") == settings.SITE_BASE_URL and is_uuid(name.get("name")):
        branches.append(rows.filter(learner__uuid=UUID(name["name"]), voids__isnull=True))
    return branches


def _about(iri: str, *, related: bool) -> Q | None:
    """Our own address of an activity or course."""
    kind, _slash, name = iri.removeprefix(f"{settings.SITE_BASE_URL}/xapi/").partition("/")
    if not is_uuid(name):
        return None
    if kind == "activities":
        return Q(activity__uuid=name)
    if kind != "courses":
        return None
    return Q(course__uuid=name) if related else Q(course__uuid=name, activity__isnull=True)


def _fitting_foreign(rows: Statements, asked: Many) -> list[Statements]:
    if asked.verb is not None:
        rows = rows.filter(from_client__verb_key=verb_key(asked.verb))
    if asked.registration is not None:
        rows = rows.filter(from_client__registration=asked.registration)
    branches = [rows]
    if asked.agent is not None:
        key = keyed(asked.agent)
        branches = _by_key(rows, key, related=asked.related_agents, columns=("actor_key", "object_key"))
        if asked.related_agents:
            branches += _by_authority(rows, asked.agent)
    if asked.activity is not None:
        key = activity_key(asked.activity)
        related = asked.related_activities
        branches = [
            each
            for branch in branches
            for each in _by_key(branch, key, related=related, columns=("object_key",))
        ]
    return branches


def _by_key(rows: Statements, key: UUID, *, related: bool, columns: tuple[str, ...]) -> list[Statements]:
    names = StatementReference.objects.filter(key=key, **({} if related else {"is_direct": True}))
    direct = [rows.filter(**{f"from_client__{column}": key}) for column in columns]
    return [*direct, rows.filter(pk__in=names.values("statement"))]


def _by_authority(rows: Statements, agent: dict[str, Any]) -> list[Statements]:
    name = agent.get("account", {})
    told = str(name.get("name", "")).removeprefix("client:")
    if name.get("homePage") != settings.SITE_BASE_URL or not is_uuid(told):
        return []
    return [rows.filter(from_client__client__uuid=told)]


def keyed(agent: dict[str, Any]) -> UUID:
    """The key of an actor who has an identifier, as every parameter must."""
    key = actor_key(agent)
    if key is None:
        raise LookupError("an anonymous group has no key")
    return key


def own_authority() -> dict[str, Any]:
    """Who vouches for the statements of our own learners: this site."""
    return {"objectType": "Agent", "account": {"homePage": settings.SITE_BASE_URL, "name": "fukumana"}}


def is_uuid(text: object) -> bool:
    try:
        uuid(text)
    except Invalid:
        return False
    return True
