"""Where the reader stands with one course, for the course and lesson pages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.models import Activity, Course
from courses.catalog.queries import ContentsEntry, contents_of, with_exercises
from courses.readability import ruby
from learning.assignments.queries import sorted_lines
from learning.enrollments.models import Enrollment
from learning.enrollments.permissions import can_join
from learning.enrollments.queries import owner_of
from learning.enrollments.rules import still_valid
from learning.home import rows
from learning.progress.enums import ProgressStatus


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
    may_enroll = can_join(request.user, course)
    owner = owner_of(request)
    period = rows.period_in(owner, course=course.pk) if owner is not None else []
    if not period:
        return CourseStanding(total=course.required_count, can_enroll=may_enroll, can_record=may_enroll)
    return _standing(course, _Period(*period[0]), may_enroll, timezone.localdate())


@dataclass(frozen=True)
class _Period:
    """The columns of ``rows.PERIOD_OF_COURSE``."""

    pk: int
    uuid: UUID
    learner: int
    number: int
    origin: str
    opened_at: datetime
    closed_at: datetime | None
    status: str | None
    completed_at: datetime | None
    certificate: UUID | None
    certificate_code: str | None


def _standing(course: Course, period: _Period, may_enroll: bool, today: date) -> CourseStanding:
    contents = with_exercises(contents_of(course))
    done = {activity for (activity,) in rows.satisfied_in(period=period.pk)}
    needed = [entry for entry in contents if entry.is_needed]
    waiting = [entry for entry in needed if entry.id not in done]
    duties = sorted_lines(rows.duties_in(period=period.pk))
    due = next((line for line in duties if line.done_at is None and line.due_on is not None), None)
    wanted = next((line.part for line in duties if line.done_at is None), None)
    following = next(
        (entry for entry in waiting if wanted and entry.id == wanted.id), waiting[0] if waiting else None
    )
    is_expired = period.completed_at is not None and not still_valid(
        timezone.localtime(period.completed_at).date(), course.recertify_every, today
    )
    return CourseStanding(
        enrollment=_enrollment(course, period),
        status=period.status or ProgressStatus.NOT_STARTED,
        satisfied_ids=frozenset(entry.id for entry in contents if entry.id in done),
        done=len(needed) - len(waiting),
        total=len(needed),
        next_activity=_activity(following) if following else None,
        due_on=due.due_on if due else None,
        reasons=[line.why for line in duties],
        can_enroll=may_enroll and (is_expired or period.closed_at is not None),
        can_record=period.closed_at is None or may_enroll,
        completed_at=period.completed_at,
        certificate=CertificateLink(period.certificate, period.certificate_code or "")
        if period.certificate
        else None,
        is_expired=is_expired,
        is_late=due is not None and due.is_late(today),
    )


def _activity(entry: ContentsEntry) -> Activity:
    """What a link to it needs; ``title_ruby`` is the title as it is shown, with or without readings."""
    return Activity(
        pk=entry.id,
        uuid=entry.uuid,
        kind=entry.kind,
        code=entry.code,
        title=ruby.strip(entry.title),
        title_ruby=entry.title,
        minutes=entry.minutes,
        page_path=entry.path,
        parent_id=entry.parent,
    )


def _enrollment(course: Course, period: _Period) -> Enrollment:
    """The row as it is stored, from what was read already."""
    enrollment = Enrollment(
        pk=period.pk,
        uuid=period.uuid,
        learner_id=period.learner,
        course=course,
        number=period.number,
        origin=period.origin,
        opened_at=period.opened_at,
        closed_at=period.closed_at,
    )
    enrollment._state.adding = False
    return enrollment
