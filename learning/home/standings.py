"""Where the reader stands with one course, for the course and lesson pages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.enums import CourseStatus, MoveOn
from courses.catalog.models import Activity, Course
from learning.assignments.models import Duty
from learning.assignments.queries import DutyLine, duty_lines
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import mine
from learning.enrollments.rules import still_valid
from learning.progress.enums import ProgressStatus

_SHOWN = ("pk", "uuid", "kind", "code", "title", "title_ruby", "minutes", "page_path")


@dataclass(frozen=True)
class CertificateLink:
    """A valid certificate: its PDF is ``learning:certificate`` with the UUID."""

    uuid: UUID
    code: str


@dataclass(frozen=True)
class CourseStanding:
    """``status`` is empty without an enrollment, else a ProgressStatus. ``total`` counts what a completion needs.

    ``can_record``: what the reader finishes is recorded (an open period is there, or begins with the first thing done).
    ``is_expired``: the last completion no longer holds in this 年度; enrolling opens the next period.
    """

    enrollment: Enrollment | None = None
    status: str = ""
    satisfied_ids: frozenset[int] = frozenset()
    done: int = 0
    total: int = 0
    next_activity: Activity | None = None
    due_on: date | None = None
    reasons: list[str] = field(default_factory=list)
    can_enroll: bool = False
    can_record: bool = False
    completed_at: datetime | None = None
    certificate: CertificateLink | None = None
    is_expired: bool = False
    is_late: bool = False


def standing_of(request: HttpRequest, course: Course) -> CourseStanding:
    """At most three queries, however many lessons there are (a guest costs one more to recognize)."""
    own = mine(request, "learner__")
    enrollment = _period(own, course) if own is not None else None
    may_enroll = _may_enroll(request, course)
    if enrollment is None:
        return CourseStanding(total=course.required_count, can_enroll=may_enroll, can_record=may_enroll)
    today = timezone.localdate()
    completed_at = enrollment.progress.completed_at if hasattr(enrollment, "progress") else None
    is_expired = completed_at is not None and not still_valid(
        timezone.localtime(completed_at).date(), course.recertify_every, today
    )
    activities = _activities(enrollment)
    needed = [one for one in activities if one.is_needed]
    waiting = [one.activity for one in needed if not one.is_satisfied]
    duties = duty_lines(Duty.objects.filter(enrollment=enrollment))
    due = _due(duties)
    return CourseStanding(
        enrollment=enrollment,
        status=enrollment.progress.status if hasattr(enrollment, "progress") else ProgressStatus.NOT_STARTED,
        satisfied_ids=frozenset(one.activity.pk for one in activities if one.is_satisfied),
        done=len(needed) - len(waiting),
        total=len(needed),
        next_activity=waiting[0] if waiting else None,
        due_on=due.due_on if due else None,
        reasons=[line.why for line in duties],
        can_enroll=may_enroll and (is_expired or enrollment.closed_at is not None),
        can_record=enrollment.closed_at is None or may_enroll,
        completed_at=completed_at,
        certificate=_certificate(enrollment),
        is_expired=is_expired,
        is_late=due is not None and due.is_late(today),
    )


@dataclass(frozen=True)
class _ActivityLine:
    activity: Activity
    is_needed: bool
    is_satisfied: bool


def _period(own: Q, course: Course) -> Enrollment | None:
    """The open period, the person's own before that of a claimed guest; else the last one."""
    valid = Certificate.objects.filter(completion__enrollment=OuterRef("pk"), revoked_at__isnull=True)
    return (
        Enrollment.objects.filter(own, course=course)
        .select_related("progress")
        .annotate(
            certificate_uuid=Subquery(valid.values("uuid")[:1]),
            certificate_code=Subquery(valid.values("code")[:1]),
        )
        .order_by(F("closed_at").desc(nulls_first=True), "-learner__is_primary", "-number")
        .first()
    )


def _activities(enrollment: Enrollment) -> list[_ActivityLine]:
    """The offered activities in their order, as plain rows: 200 lessons must not cost 200 objects with queries."""
    rows = (
        Activity.objects.filter(course_id=enrollment.course_id, parent__isnull=True, is_offered=True)
        .annotate(own=FilteredRelation("progress", condition=Q(progress__enrollment=enrollment.pk)))
        .order_by("order", "pk")
        .values_list(*_SHOWN, "is_required", "move_on", "own__satisfied_at")
    )
    return [
        _ActivityLine(
            activity=Activity(**dict(zip(_SHOWN, row, strict=False))),
            is_needed=row[-3] and row[-2] != MoveOn.NOT_APPLICABLE,
            is_satisfied=row[-1] is not None,
        )
        for row in rows
    ]


def _due(duties: list[DutyLine]) -> DutyLine | None:
    """The next date to keep; the list is sorted by it."""
    return next((line for line in duties if line.done_at is None and line.due_on is not None), None)


def _certificate(enrollment: Enrollment) -> CertificateLink | None:
    uuid, code = enrollment.__dict__["certificate_uuid"], enrollment.__dict__["certificate_code"]
    return CertificateLink(uuid, code) if uuid else None


def _may_enroll(request: HttpRequest, course: Course) -> bool:
    if course.status != CourseStatus.OFFERED:
        return False
    return course.open_to_guests or (request.user.is_authenticated and course.self_enrollment)
