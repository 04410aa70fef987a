"""Adding to the record. Only ``learning.progress`` calls this: a statement without its projection is half a truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Model

from courses.catalog.models import Activity, Course
from learning.records.enums import ResultSource, Verb
from learning.records.models import Statement, StatementReference, StatementTarget
from learning.records.prepared import insert
from learning.records.rules import Context, Result, Target, statement_body, voiding_body
from learning.records.writing import Writing
from learning.xapi.actors import actor_key
from people.accounts.models import User
from people.learners.models import Learner


@dataclass(frozen=True)
class Registration:
    """Who does what under which enrollment: the frame that all statements of one event share."""

    uuid: UUID
    learner: Learner
    course: Course


@dataclass(frozen=True)
class Judged:
    """The rule by which an activity's result was judged: cmi5 moveOn, and whether the course needed it."""

    move_on: str
    counts: bool


def activity_statement(
    *,
    frame: Registration,
    activity: Activity,
    uuid: UUID,
    verb: Verb,
    result: Result,
    judged: Judged,
    source: ResultSource,
    by: User | None,
    at: datetime,
) -> Statement:
    """An unsaved statement about an activity."""
    target = Target(uuid=activity.uuid, kind=activity.kind, name=activity.title, course=frame.course.uuid)
    context = Context(
        home=settings.SITE_BASE_URL,
        registration=frame.uuid,
        source=source,
        move_on=judged.move_on,
        counts=judged.counts,
        instructor=by.uuid if by is not None and by.pk != frame.learner.user_id else None,
    )
    statement = _statement(frame, uuid, verb, target, result, context, at)
    statement.activity = activity
    statement.move_on, statement.counts = judged.move_on, judged.counts
    return statement


def course_statement(
    *,
    frame: Registration,
    uuid: UUID,
    facts: dict[str, Any],
    result: Result,
    source: ResultSource,
    at: datetime,
) -> Statement:
    """An unsaved «satisfied» about the course, with the facts that the completion freezes."""
    target = Target(uuid=frame.course.uuid, kind="course", name=frame.course.title, course=frame.course.uuid)
    context = Context(
        home=settings.SITE_BASE_URL, registration=frame.uuid, source=source, extra={"completion": facts}
    )
    return _statement(frame, uuid, Verb.SATISFIED, target, result, context, at)


def voiding_statement(*, statement: Statement, by: User, at: datetime) -> Statement:
    """An unsaved statement that takes another one back."""
    uuid = uuid4()
    return Statement(
        uuid=uuid,
        learner_id=statement.learner_id,
        course_id=statement.course_id,
        activity_id=statement.activity_id,
        registration=statement.registration,
        verb=Verb.VOIDED,
        source=statement.source,
        timestamp=at,
        stored=at,
        voids=statement,
        body=voiding_body(uuid=uuid, home=settings.SITE_BASE_URL, by=by.uuid, voids=statement.uuid, at=at),
    )


def append(statements: list[Statement], writing: Writing | None = None) -> None:
    """One query however many; their order is the order of replay. A used UUID raises IntegrityError.

    With ``writing`` they go together with what follows from them, once that is sent.
    """
    add = _insert if writing is None else writing.add
    add(*statements)
    # Other systems also find a statement by who observed or voided it; most statements name nobody else.
    references = [reference for statement in statements for reference in _references(statement)]
    if references:
        add(*references)
    voidings = [
        StatementTarget(statement=statement, target=statement.voids.uuid, is_voiding=True)
        for statement in statements
        if statement.voids is not None
    ]
    if voidings:
        add(*voidings)


def _insert(*rows: Model) -> None:
    insert(rows)


def _references(statement: Statement) -> Iterator[StatementReference]:
    body = statement.body
    named = body["actor"] if statement.voids_id else body.get("context", {}).get("instructor")
    key = actor_key(named) if named else None
    if key is not None:
        yield StatementReference(statement=statement, key=key, is_direct=statement.voids_id is not None)


def _statement(
    frame: Registration,
    uuid: UUID,
    verb: Verb,
    target: Target,
    result: Result,
    context: Context,
    at: datetime,
) -> Statement:
    return Statement(
        uuid=uuid,
        learner=frame.learner,
        course=frame.course,
        registration=frame.uuid,
        verb=verb,
        score_scaled=result.scaled,
        success=result.success,
        completion=result.completion,
        duration_ms=result.duration_ms,
        source=context.source,
        timestamp=at,
        stored=at,
        body=statement_body(
            uuid=uuid,
            learner=frame.learner.uuid,
            verb=verb,
            target=target,
            result=result,
            context=context,
            at=at,
        ),
    )
