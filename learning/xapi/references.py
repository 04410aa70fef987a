"""What a statement names, as keys by which it is found again (Part Three, 2.1.3)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from learning.xapi.actors import actor_key, digest
from learning.xapi.statements import CONTEXT_ACTIVITIES, VOIDED


def activity_key(iri: str) -> UUID:
    return digest("activity", iri)


def verb_key(iri: str) -> UUID:
    return digest("verb", iri)


@dataclass
class Named:
    """Keys of a statement: of its actor, verb and object, and of everything else that it names.

    ``others`` maps a key to whether a plain filter finds it too (a member of the acting group does; an activity of
    the context only with ``related_activities``). ``target`` is the statement that it refers to as its object.
    """

    actor: UUID | None
    verb: UUID
    object: UUID | None = None
    target: UUID | None = None
    is_voiding: bool = False
    registration: UUID | None = None
    others: dict[UUID, bool] = field(default_factory=dict)

    def add(self, key: UUID | None, *, is_direct: bool) -> None:
        if key is not None:
            self.others[key] = is_direct or self.others.get(key, False)


def named(statement: dict[str, Any]) -> Named:
    """The keys of a valid statement."""
    actor, verb = statement["actor"], statement["verb"]["id"]
    found = Named(actor=actor_key(actor), verb=verb_key(verb))
    _members(found, actor, is_direct=True)
    _object(found, statement["object"])
    found.is_voiding = verb == VOIDED and found.target is not None
    context = statement.get("context")
    if context:
        registration = context.get("registration")
        found.registration = UUID(registration) if registration else None
        _context(found, context)
    return found


def actors_in(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An actor and the members of a group."""
    yield value
    yield from value.get("member", ())


def actors_of_context(context: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """contextAgents and contextGroups of 2.0."""
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        for one in context.get(name, ()):
            yield one[inner]


def _object(found: Named, thing: dict[str, Any]) -> None:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        found.object = activity_key(thing["id"])
    elif kind == "StatementRef":
        found.target = UUID(thing["id"])
    elif kind == "SubStatement":
        _inside(found, thing)
    else:
        found.object = actor_key(thing)
        _members(found, thing, is_direct=True)


def _inside(found: Named, inner: dict[str, Any]) -> None:
    """Everything that a sub-statement names is found by the broad filters only."""
    for one in actors_in(inner["actor"]):
        found.add(actor_key(one), is_direct=False)
    thing = inner["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        found.add(activity_key(thing["id"]), is_direct=False)
    elif kind in ("Agent", "Group"):
        for one in actors_in(thing):
            found.add(actor_key(one), is_direct=False)
    if inner.get("context"):
        _context(found, inner["context"])


def _members(found: Named, actor: dict[str, Any], *, is_direct: bool) -> None:
    for member in actor.get("member", ()):
        found.add(actor_key(member), is_direct=is_direct)


def _context(found: Named, context: dict[str, Any]) -> None:
    for name in ("instructor", "team"):
        if name in context:
            for one in actors_in(context[name]):
                found.add(actor_key(one), is_direct=False)
    for actor in actors_of_context(context):
        for one in actors_in(actor):
            found.add(actor_key(one), is_direct=False)
    activities = context.get("contextActivities")
    if activities:
        for name in CONTEXT_ACTIVITIES:
            for activity in _listed(activities.get(name)):
                found.add(activity_key(activity["id"]), is_direct=False)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def definitions_in(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """IRI and definition of every activity that the statement defines."""
    for activity in _activities(statement):
        if activity.get("definition"):
            yield activity["id"], activity["definition"]


def activities_in(statement: dict[str, Any]) -> Iterator[str]:
    """IRI of every activity that the statement names."""
    for activity in _activities(statement):
        yield activity["id"]


def _activities(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    thing = part["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        yield thing
    elif kind == "SubStatement":
        yield from _activities(thing)
    activities = part.get("context", {}).get("contextActivities")
    if activities:
        for name in CONTEXT_ACTIVITIES:
            yield from _listed(activities.get(name))
