"""What a GET of statements asks for (Part Three, 2.1.3), read from its parameters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from learning.lrs.enums import StatementFormat
from learning.lrs.incoming import Incoming
from learning.lrs.refusals import bad
from learning.xapi.actors import actor, actor_key
from learning.xapi.checks import Invalid, iri, moment, uuid
from learning.xapi.documents import read_json

DEFAULT_LIMIT = 100
MOST = 500
_ONE = ("statementId", "voidedStatementId")
_MANY = (
    "agent",
    "verb",
    "activity",
    "registration",
    "related_activities",
    "related_agents",
    "since",
    "until",
    "limit",
    "ascending",
)
_HOW = ("format", "attachments")


@dataclass(frozen=True)
class One:
    """One statement by its id; ``voided``: only if it was taken back, else only if it was not."""

    uuid: UUID
    voided: bool


@dataclass(frozen=True)
class Many:
    """Which statements, and which page of them. ``after``: sequence behind which the page begins."""

    agent: dict[str, Any] | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = DEFAULT_LIMIT
    ascending: bool = False
    after: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether a statement that refers to another one may be asked for by way of that one."""
        return any(one is not None for one in (self.agent, self.verb, self.activity, self.registration))


def asked(request: Incoming) -> One | Many:
    """Raises Refused."""
    request.only(*_ONE, *_MANY, *_HOW)
    return _one(request) or _many(request, None)


def asked_further(request: Incoming) -> Many:
    """The address that ``more`` gave. Raises Refused."""
    request.only(*_MANY, *_HOW, "after")
    after = request.needed("after")
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise bad("the parameter 'after' must be the one that was given out")
    return _many(request, int(after))


def how(request: Incoming) -> StatementFormat:
    told = request.params.get("format", StatementFormat.EXACT.value)
    if told not in set(StatementFormat):
        raise bad("the parameter 'format' must be ids, exact or canonical")
    return StatementFormat(told)


def agent_of(request: Incoming, name: str = "agent", *, or_group: bool = False) -> dict[str, Any]:
    """The agent of a parameter. Raises Refused."""
    value = request.needed(name)
    try:
        told = read_json(value.encode("utf-8", "surrogatepass"))
        actor(told)
    except Invalid as invalid:
        raise bad(f"the parameter {name!r}: {invalid}") from None
    if actor_key(told) is None or (told.get("objectType") == "Group" and not or_group):
        raise bad(f"the parameter {name!r} must be an agent with an identifier")
    found: dict[str, Any] = told
    return found


def iri_of(request: Incoming, name: str) -> str:
    value = request.needed(name)
    _checked(name, iri, value)
    return value


def uuid_of(request: Incoming, name: str) -> UUID:
    value = request.needed(name)
    _checked(name, uuid, value)
    return UUID(value)


def moment_of(request: Incoming, name: str) -> datetime:
    value = request.needed(name)
    # An address in which + was not escaped holds a space in its place.
    told: datetime = _checked(name, moment, value.replace(" ", "+"))
    return told


def _checked(name: str, check: Any, value: str) -> Any:
    try:
        return check(value)
    except Invalid as invalid:
        raise bad(f"the parameter {name!r} {invalid.problem}") from None


def _one(request: Incoming) -> One | None:
    named = [name for name in _ONE if name in request.params]
    if not named:
        return None
    if len(named) > 1:
        raise bad("statementId and voidedStatementId exclude each other")
    others = [name for name in request.params if name in _MANY]
    if others:
        raise bad(f"{named[0]} cannot stand together with {', '.join(others)}")
    return One(uuid_of(request, named[0]), voided=named[0] == "voidedStatementId")


def _many(request: Incoming, after: int | None) -> Many:
    given = request.params
    return Many(
        agent=agent_of(request, or_group=True) if "agent" in given else None,
        verb=iri_of(request, "verb") if "verb" in given else None,
        activity=iri_of(request, "activity") if "activity" in given else None,
        registration=uuid_of(request, "registration") if "registration" in given else None,
        related_activities=request.flag("related_activities"),
        related_agents=request.flag("related_agents"),
        since=moment_of(request, "since") if "since" in given else None,
        until=moment_of(request, "until") if "until" in given else None,
        limit=_limit(request),
        ascending=request.flag("ascending"),
        after=after,
    )


def _limit(request: Incoming) -> int:
    told = request.params.get("limit")
    if told is None:
        return DEFAULT_LIMIT
    if not told.isascii() or not told.isdigit() or len(told) > 9:
        raise bad("the parameter 'limit' must be a whole number of 0 or more")
    return min(int(told), MOST) or MOST
