"""Taking the statements of an AU: by the rules, once, with everything that follows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from learning.cmi5.actions import lock_period, say_satisfied
from learning.cmi5.enums import LaunchMode, Said
from learning.cmi5.models import Cmi5Event, Cmi5Session
from learning.cmi5.outcomes import read_score
from learning.cmi5.queries import course_of, standing_of
from learning.cmi5.recording import record_steps
from learning.cmi5.rules import Broken, Frame, History, checked
from learning.cmi5.saying import client_of_site, ids_of, speaker
from learning.launches.rules import milliseconds
from learning.lrs.actions import store_statements
from learning.lrs.refusals import forbidden
from learning.records.models import Statement
from learning.xapi.checks import moment
from learning.xapi.multipart import Part

RELATED = (
    "registration__activity__course",
    "registration__enrollment__learner",
    "registration__enrollment__course",
    "registration__version__package",
)


@transaction.atomic
def take_statements(
    *, session: Cmi5Session, statements: list[dict[str, Any]], parts: list[list[Part]], at: datetime
) -> tuple[list[str], int]:
    """Keeps valid xAPI statements of an AU; ids in order and how many were new. All or nothing.

    A statement that is here already is no second one. Raises Refused: 403 where a rule of cmi5 is broken, 409 where an
    id belongs to a different statement.
    """
    lock_period(session.registration.enrollment_id)
    session = Cmi5Session.objects.select_related(*RELATED).get(pk=session.pk)
    new = _new_ones(statements)
    events = _checked(session, new, at)
    ids, count = store_statements(client=client_of_site(at), statements=statements, parts=parts, at=at)
    Cmi5Event.objects.bulk_create(events)
    _note(session, new, events, at)
    if events:
        _follow(session, events, at)
    return ids, count


def frame_of(session: Cmi5Session) -> Frame:
    registration = session.registration
    return Frame(
        actor=dict(speaker(registration, session.uuid).actor),
        registration=str(registration.uuid),
        session=str(session.uuid),
        activity=ids_of(registration).au(session.au),
        publisher=session.au,
        mode=LaunchMode(session.mode),
        mastery=session.mastery_score,
    )


def _new_ones(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not here yet, in the order of their timestamps; one without an id is new."""
    told = [UUID(one["id"]) for one in statements if "id" in one]
    known = set(Statement.objects.filter(uuid__in=told).values_list("uuid", flat=True))
    new = [one for one in statements if "id" not in one or UUID(one["id"]) not in known]
    return sorted(
        new, key=lambda one: moment(one["timestamp"]) if "timestamp" in one else moment("1970-01-01")
    )


def _checked(session: Cmi5Session, new: list[dict[str, Any]], at: datetime) -> list[Cmi5Event]:
    """Raises Refused, with the place of the rule in the specification."""
    frame, history, events = frame_of(session), _history(session), []
    for one in new:
        try:
            verb = checked(one, frame, history, at)
        except Broken as broken:
            raise forbidden(f"{one.get('id', 'a statement')}: {broken}") from None
        told = moment(one["timestamp"])
        history.add(verb, told, at)
        if verb is not None:
            events.append(_event(session, verb, one, told, at))
    return events


def _history(session: Cmi5Session) -> History:
    rows = Cmi5Event.objects.filter(registration=session.registration_id, au=session.au)
    said = list(rows.values_list("session_id", "verb", "timestamp"))
    return History(
        said={Said(verb): told for owner, verb, told in said if owner == session.pk},
        before=frozenset(Said(verb) for owner, verb, _told in said if owner != session.pk),
        latest=session.latest,
        is_abandoned=session.abandoned_at is not None,
        terminated_at=session.terminated_at,
    )


def _event(
    session: Cmi5Session, verb: Said, statement: dict[str, Any], told: datetime, at: datetime
) -> Cmi5Event:
    result = statement.get("result") or {}
    return Cmi5Event(
        registration=session.registration,
        session=session,
        au=session.au,
        verb=verb,
        statement_uuid=UUID(statement["id"]),
        score=read_score(result.get("score") or {}),
        duration_ms=milliseconds(result.get("duration")),
        timestamp=told,
        received_at=at,
    )


def _note(session: Cmi5Session, new: list[dict[str, Any]], events: list[Cmi5Event], at: datetime) -> None:
    if not new:
        return
    session.last_at = at
    times = [moment(one["timestamp"]) for one in new]
    session.latest = max([*times, *([session.latest] if session.latest else [])])
    if any(event.verb == Said.TERMINATED for event in events):
        session.terminated_at = at
    session.save(update_fields=["last_at", "latest", "terminated_at"])


def _follow(session: Cmi5Session, events: list[Cmi5Event], at: datetime) -> None:
    registration = session.registration
    course = course_of(registration.version)
    standing = standing_of(registration)
    say_satisfied(registration, course, standing, speaker(registration, session.uuid), at)
    record_steps(registration, course, {event.statement_uuid for event in events}, at)
