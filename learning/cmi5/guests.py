"""What an AU may touch in the record store: its own registration, actor and activity, as long as its session lasts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from learning.clients.models import LrsClient
from learning.cmi5 import words
from learning.cmi5.models import Cmi5Session
from learning.cmi5.rules import Frame
from learning.cmi5.saying import client_of_site
from learning.cmi5.taking import RELATED, frame_of, take_statements
from learning.cmi5.tokens import PREFIX, fits, session_of
from learning.lrs.filters import agent_of
from learning.lrs.guests import House
from learning.lrs.incoming import Incoming
from learning.lrs.models import ClientStatement
from learning.lrs.refusals import bad, forbidden, missing
from learning.xapi.actors import actor_key
from learning.xapi.checks import Invalid
from learning.xapi.documents import read_json
from learning.xapi.multipart import Part

_READING = frozenset({"GET", "HEAD"})
_ONE = ("statementId", "voidedStatementId")
# A page that is left open speaks on for a while, to be told that its time is over.
_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class AuGuest:
    """One session at the store's doors."""

    session: Cmi5Session
    client: LrsClient

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.session.uuid.hex}"

    def narrowed(self, request: Incoming, resource: str) -> Incoming:
        """Raises Refused."""
        frame = frame_of(self.session)
        if resource == "statements":
            return self._statements(request, frame)
        if request.method not in _READING and self.session.is_over(timezone.now()):
            raise forbidden("the session is over: nothing more is written in it")
        if resource == "state":
            return _state(request, frame)
        if resource in ("agents", "agent_profile"):
            _own_agent(request, frame)
            if resource == "agent_profile":
                _preferences(request)
        elif resource in ("activities", "activity_profile"):
            _own_activity(request, frame)
            if request.method not in _READING:
                raise forbidden("an AU reads the profile of its activity and does not write it")
        return request

    def store(
        self, statements: list[dict[str, Any]], parts: list[list[Part]], at: datetime
    ) -> tuple[list[str], int]:
        return take_statements(session=self.session, statements=statements, parts=parts, at=at)

    def _statements(self, request: Incoming, frame: Frame) -> Incoming:
        if request.method not in _READING:
            return request
        named = next((request.params[name] for name in _ONE if name in request.params), None)
        if named is not None:
            if not self._is_ours(named):
                raise missing("there is no such statement in the registration of this session")
            return request
        return _with_registration(request, frame)

    def _is_ours(self, statement: str) -> bool:
        try:
            uuid = UUID(statement)
        except ValueError:
            return False
        rows = ClientStatement.objects.filter(statement__uuid=uuid, client=self.client)
        return rows.filter(registration=self.session.registration.uuid).exists()


def _state(request: Incoming, frame: Frame) -> Incoming:
    _own_activity(request, frame)
    _own_agent(request, frame)
    if (
        request.method not in _READING
        and request.params.get("stateId", words.LAUNCH_DATA) == words.LAUNCH_DATA
    ):
        raise forbidden(f"cmi5 10.0: an AU must not change {words.LAUNCH_DATA}; other states one by one")
    return _with_registration(request, frame)


def _with_registration(request: Incoming, frame: Frame) -> Incoming:
    told = request.params.get("registration", frame.registration)
    if told.lower() != frame.registration:
        raise forbidden("the registration is not the one of this session")
    return replace(request, params={**request.params, "registration": frame.registration})


def _own_activity(request: Incoming, frame: Frame) -> None:
    if request.params.get("activityId", frame.activity) != frame.activity:
        raise forbidden("the activity is not the one of this session")


def _own_agent(request: Incoming, frame: Frame) -> None:
    if "agent" in request.params and actor_key(agent_of(request)) != actor_key(frame.actor):
        raise forbidden("the agent is not the one of this session")


def _preferences(request: Incoming) -> None:
    """11: one document, of JSON; a list of names has no profileId."""
    if request.params.get("profileId", words.PREFERENCES) != words.PREFERENCES:
        raise forbidden(f"an AU has no other profile of the learner than {words.PREFERENCES}")
    if request.method in ("PUT", "POST") and not _is_preferences(request.body):
        raise bad("cmi5 11.0: languagePreference and audioPreference (on or off), as JSON")


def _is_preferences(body: bytes) -> bool:
    try:
        told = read_json(body)
    except Invalid:
        return False
    if not isinstance(told, Mapping) or len(body) > 2000:
        return False
    return isinstance(told.get("languagePreference", ""), str) and told.get("audioPreference", "on") in (
        "on",
        "off",
    )


def _found(user: str, password: str, at: datetime) -> AuGuest | None:
    uuid = session_of(user)
    rows = Cmi5Session.objects.select_related(*RELATED).filter(expires_at__gt=at)
    # With the account the key ends, too.
    rows = rows.exclude(registration__enrollment__learner__user__is_active=False)
    session = rows.filter(uuid=uuid).first() if uuid is not None else None
    if session is None or not fits(password, session.secret_hash):
        return None
    return AuGuest(session, client_of_site(at))


def _is_origin(origin: str, at: datetime) -> bool:
    """Where an AU was launched from lately, and nobody else's page."""
    return Cmi5Session.objects.filter(origin=origin, expires_at__gt=at - _AFTER).exists()


HOUSE = House(PREFIX, _found, _is_origin)
