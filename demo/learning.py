"""What has been assigned and learned so far in the example: through the same actions that people use."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from assessments.attempts.actions import open_attempt, save_answers, submit_attempt
from assessments.items.enums import ItemKind
from assessments.items.models import ItemVersion
from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity, Course
from demo.people import People
from demo.units import FUKUSHIMA
from learning.assignments.actions import assign
from learning.assignments.models import Assignment
from learning.certificates.actions import issue_missing_certificates
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.progress.actions import record_result
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from office.jobs.actions import run_job
from office.jobs.models import Job
from people.learners.actions import learner_of
from people.learners.models import Learner
from people.organizations.models import Organization

DAY = timedelta(days=1)
DONE_READING = Result(completion=True)


def build_learning(units: dict[str, Organization], people: People, at: datetime) -> None:
    """One assignment of staff, one of the class, and records of some of them. Running it again adds nothing."""
    staff_course, class_course = Course.objects.get(code="S105"), Course.objects.get(code="E201")
    today = at.date()
    begun = at - 40 * DAY
    if not Assignment.objects.filter(course=staff_course).exists():
        assign(
            course=staff_course, organization=units[FUKUSHIMA], opens_on=begun.date(), due_on=today + 25 * DAY,
            reason="生成AIを業務で使う前に、全職員が受ける講座です。", by=people.users["kenshu"], at=begun,
        )  # fmt: skip
        _finish_jobs()
        _learn_as_staff(people, staff_course, begun)
    if not Assignment.objects.filter(course=class_course).exists():
        assign(
            course=class_course, group=people.group, opens_on=(at - 10 * DAY).date(), due_on=today + 20 * DAY,
            reason="総合的な学習の時間で使います。", by=people.users["sensei"], at=at - 10 * DAY,
        )  # fmt: skip
        _finish_jobs()
        _learn_as_class(people, class_course, at - 9 * DAY)
    _learn_at_seats(people, at - 6 * DAY)
    issue_missing_certificates(at=at)


def _learn_at_seats(people: People, begun: datetime) -> None:
    """Seats 1 and 2 have been used; nobody has taken what was learned there along so far."""
    course = Course.objects.get(code="L203")
    seats = people.course.memberships.filter(learner__user__isnull=True, number__lte=2)
    for seat in seats.select_related("learner").order_by("number"):
        if not Enrollment.objects.filter(learner=seat.learner).exists():
            enroll(learner=seat.learner, course=course, origin=EnrollmentOrigin.GUEST, by=None, at=begun)
            _read(seat.learner, _lessons(course)[: seat.number], begun)


def _finish_jobs() -> None:
    """The demo is built before a worker runs."""
    for job in Job.objects.filter(state="waiting"):
        run_job(job.pk)


def _lessons(course: Course) -> list[Activity]:
    return list(course.activities.counting().filter(kind=ActivityKind.LESSON).order_by("order"))


def _read(learner: Learner, lessons: Iterable[Activity], at: datetime) -> None:
    for number, lesson in enumerate(lessons):
        record_result(
            learner=learner, activity=lesson, result=DONE_READING, verb=Verb.COMPLETED, source=ResultSource.LESSON,
            at=at + timedelta(minutes=12 * number),
        )  # fmt: skip


def _learn_as_staff(people: People, course: Course, begun: datetime) -> None:
    """Of every ten people four have finished, three are on the way, three have not begun."""
    lessons = _lessons(course)
    crowd = sorted(login for login in people.users if login.startswith("fks-"))
    for number, login in enumerate(crowd):
        learner = learner_of(people.users[login], at=begun)
        when = begun + (1 + number % 30) * DAY
        if number % 10 < 4:
            _read(learner, lessons, when)
            _pass_quiz(learner, course, when + timedelta(hours=2))
        elif number % 10 < 7:
            _read(learner, lessons[: 1 + number % 3], when)
    _read(learner_of(people.users["hanako"], at=begun), lessons[:2], begun + 3 * DAY)


def _learn_as_class(people: People, course: Course, begun: datetime) -> None:
    lessons = _lessons(course)
    for number in range(2, 30):
        learner = learner_of(people.users[f"seito{number:02}"], at=begun)
        _read(learner, lessons[: number % (len(lessons) + 1)], begun + (number % 5) * DAY)


def _pass_quiz(learner: Learner, course: Course, at: datetime) -> None:
    """All answers right."""
    quiz_activity = course.activities.get(kind=ActivityKind.QUIZ, is_offered=True)
    registration = Enrollment.objects.get(learner=learner, course=course, closed_at__isnull=True).uuid
    attempt = open_attempt(quiz=quiz_activity.quiz, learner=learner, registration=registration, at=at)
    raws = {
        version.pk: _right(version) for version in ItemVersion.objects.filter(pk__in=attempt.item_versions)
    }
    save_answers(attempt=attempt, raws=raws, at=at)
    submit_attempt(attempt=attempt, at=at + timedelta(minutes=6), by=learner.user)


def _right(version: ItemVersion) -> object:
    """The answer as a browser would send it."""
    return version.key[0] if version.kind == ItemKind.SHORT_TEXT else version.key
