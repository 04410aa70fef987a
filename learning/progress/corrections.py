"""Taking a wrong statement back, and rebuilding what follows from the statements."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from courses.catalog.models import Course
from learning.enrollments.models import Enrollment
from learning.progress.completions import required_by
from learning.progress.models import ActivityProgress, Completion
from learning.progress.replay import Difference, differences, reproject
from learning.progress.signals import completion_voided
from learning.records.actions import append, voiding_statement
from learning.records.models import Statement
from office.audit.actions import record
from people.accounts.models import User

CHUNK = 200


@transaction.atomic
def void_statement(*, statement: Statement, reason: str, by: User, at: datetime) -> None:
    """Takes a statement back; it stays in the record, but nothing follows from it any more.

    A completion that leaned on it is taken back with it, and so is its certificate; what else the learner did stays.
    Raises ValidationError ``no_reason``, ``voided``.
    """
    if not reason.strip():
        raise ValidationError(_("Say why. Nothing was changed."), code="no_reason")
    enrollment = (
        Enrollment.objects.select_for_update(of=("self",), no_key=True)  # type: ignore[misc]  # own ones have it
        .select_related("course")
        .get(uuid=statement.registration)
    )
    if not Statement.objects.standing().filter(pk=statement.pk).exists():
        raise ValidationError(_("This record has already been taken back."), code="voided")
    append([voiding_statement(statement=statement, by=by, at=at)])
    reproject([enrollment])
    completion = _unfounded(enrollment)
    if completion is not None:
        append([voiding_statement(statement=completion.statement, by=by, at=at)])
        reproject([enrollment])
        completion.refresh_from_db()
    taken = completion or Completion.objects.filter(statement=statement).first()
    data = {"statement": str(statement.uuid), "reason": reason, "course": enrollment.course.code}
    record(action="learning.statement_voided", instance=enrollment, by=by, data=data)
    if taken is not None:
        completion_voided.send(sender=Completion, completion=taken, by=by, reason=reason, at=at)


def _unfounded(enrollment: Enrollment) -> Completion | None:
    """The standing completion, if an activity that it froze is no longer satisfied."""
    completion = (
        Completion.objects.standing().select_related("statement").filter(enrollment=enrollment).first()
    )
    if completion is None:
        return None
    needed = {entry["uuid"] for entry in required_by(completion.facts)}
    satisfied = ActivityProgress.objects.filter(
        enrollment=enrollment, satisfied_at__isnull=False, activity__uuid__in=needed
    )
    return completion if satisfied.count() < len(needed) else None


def rebuild(*, course: Course | None = None, check: bool) -> Iterator[Difference]:
    """Replays the statements of every enrollment, a chunk at a time, and yields what differs.

    Unless ``check``, what differs is replaced. Each chunk is locked while it is compared, so that people may go
    on learning meanwhile.
    """
    enrollments = Enrollment.objects.filter(course=course) if course else Enrollment.objects.all()
    last = 0
    while True:
        with transaction.atomic():
            locked = enrollments.select_for_update(of=("self",), no_key=True).select_related("course")
            chunk = list(locked.filter(pk__gt=last).order_by("pk")[:CHUNK])
            if not chunk:
                return
            found = differences(chunk)
            if found and not check:
                reproject([enrollment for enrollment in chunk if enrollment.pk in found])
        last = chunk[-1].pk
        for lines in found.values():
            yield from lines


def orphans(*, course: Course | None = None) -> Iterator[str]:
    """Statements whose registration no enrollment has: nothing can follow from them."""
    statements = Statement.objects.filter(course=course) if course else Statement.objects.own()
    known = Enrollment.objects.filter(uuid=OuterRef("registration"))
    for uuid in statements.filter(~Exists(known)).values_list("uuid", flat=True).iterator():
        yield str(uuid)
