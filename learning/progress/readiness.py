"""Who has done everything because the course asks for less now: a lesson was withdrawn that they still lacked."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalog.models import Course
from learning.enrollments.models import Enrollment
from learning.progress import projection
from learning.progress.actions import announce_completion
from learning.progress.completions import completion_facts, frozen
from learning.progress.models import ActivityProgress, CourseProgress
from learning.progress.projection import course_state
from learning.progress.rules import Event, course_advanced
from learning.records.actions import Registration, append, course_statement
from learning.records.enums import ResultSource
from learning.records.models import Statement
from learning.records.rules import Result
from learning.records.writing import Writing
from office.jobs.actions import start_job, step
from office.jobs.models import Job

JOB = "complete_ready"
_CHUNK = 100


def ready(course: Course) -> QuerySet[Enrollment]:
    """Open periods that are not completed although nothing is missing any more."""
    satisfied = ActivityProgress.objects.filter(
        enrollment=OuterRef(OuterRef("pk")), activity=OuterRef("pk"), satisfied_at__isnull=False
    )
    needed = projection.needed(course.pk)
    begun = Enrollment.objects.open().filter(
        course=course, progress__isnull=False, progress__completed_at__isnull=True
    )
    return begun.filter(Exists(needed), ~Exists(needed.filter(~Exists(satisfied))))


def start_if_needed(*, course: Course, at: datetime) -> Job | None:
    """A job that completes the ready ones; None where there are none. For after the course was published."""
    if not ready(course).exists():
        return None
    title = _("See who has completed: %(course)s") % {"course": course.title}
    return start_job(kind=JOB, title=title, params={"course": str(course.uuid)}, owner=None, at=at)


def complete_in_job(job: Job) -> None:
    """The handler: each period in a transaction of its own, so that people may go on learning."""
    course = Course.objects.get(uuid=job.params["course"])
    # From the beginning each time: while it ran, the course may have come to ask for less once more.
    while keys := list(ready(course).order_by("pk").values_list("pk", flat=True)[:_CHUNK]):
        for key in keys:
            with transaction.atomic():
                complete_if_ready(enrollment_id=key, at=timezone.now())
                step(job, done=job.done + 1, cursor={"last": key})


@transaction.atomic
def complete_if_ready(*, enrollment_id: int, at: datetime) -> bool:
    """Completes one period if nothing is missing; asking again changes nothing."""
    locked = Enrollment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "learner", "course"
    )
    enrollment = locked.get(pk=enrollment_id)
    facts = (
        completion_facts(enrollment) if ready(enrollment.course).filter(pk=enrollment_id).exists() else None
    )
    if facts is None:
        return False
    row = CourseProgress.objects.get(enrollment=enrollment)
    course = course_advanced(course_state(row), Event(activity=None, at=at), newly_satisfied=False)
    last = Statement.objects.standing().filter(registration=enrollment.uuid).order_by("-pk").first()
    statement = course_statement(
        frame=Registration(uuid=enrollment.uuid, learner=enrollment.learner, course=enrollment.course),
        uuid=uuid4(),
        facts=facts,
        result=Result(completion=True, scaled=course.score_scaled),
        source=ResultSource(last.source) if last else ResultSource.LESSON,
        at=at,
    )
    writing, completion = Writing(), frozen(enrollment, statement)
    append([statement], writing)
    projection.save_course(writing, enrollment, row.pk, course)
    writing.add(completion)
    writing.send()
    projection.settle_duties(enrollment, None, course_done=True, at=at)
    announce_completion(completion, enrollment, at)
    return True
