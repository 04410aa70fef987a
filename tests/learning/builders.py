"""Small worlds for these tests: a course made of rows, learners, a clock."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from courses.catalog.enums import ActivityKind, CourseStatus, MoveOn, Scoring, Track
from courses.catalog.models import Activity, Course
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import person_behind
from learning.progress.actions import record_result
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from learning.runtime.actions import finish_lesson
from people.accounts.models import User
from people.learners.actions import guest_learner, learner_of
from people.learners.models import Learner

# 22 November 2026, a Sunday morning in Japan: 令和8年度.
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def later(minutes: int = 1) -> datetime:
    return NOW + timedelta(minutes=minutes)


def course_of(code: str = "T100", *, lessons: int = 3, quiz: bool = True, **facts) -> Course:
    """An offered course with lessons L1… and a quiz that must be passed."""
    values = {
        "title": f"試験コース{code}",
        "track": Track.STAFF,
        "status": CourseStatus.OFFERED,
        "minutes": 30,
        "pass_mark": 80 if quiz else None,
        "scoring": Scoring.SCORED,
        "revision": 3,
        "required_count": lessons + (1 if quiz else 0),
        "page_path": f"courses/{code.lower()}/",
        **facts,
    }
    course = Course.objects.create(code=code, **values)
    kinds = [(f"{code}-L{n}", ActivityKind.LESSON, MoveOn.COMPLETED) for n in range(1, lessons + 1)]
    if quiz:
        move_on = MoveOn.PASSED if values["scoring"] == Scoring.SCORED else MoveOn.COMPLETED
        kinds.append((f"{code}-Q", ActivityKind.QUIZ, move_on))
    Activity.objects.bulk_create(
        Activity(
            course=course, kind=kind, code=name, title=f"{name}の題", minutes=5, move_on=move_on, is_offered=True,
            order=order, page_path=f"courses/{code.lower()}/{name.split('-')[1].lower()}/",
        )
        for order, (name, kind, move_on) in enumerate(kinds)
    )  # fmt: skip
    return course


def activities_of(course: Course) -> list[Activity]:
    return list(course.activities.filter(parent=None).order_by("order"))


def person(username: str = "hana", **names) -> User:
    values = {"last_name": "佐藤", "first_name": "花子", **names}
    return User.objects.create_user(username=username, password="himawari-2026", **values)


def learner(username: str = "hana") -> Learner:
    return learner_of(person(username), at=NOW)


def guest() -> Learner:
    return guest_learner(at=NOW)


def enrolled(who: Learner, course: Course, at: datetime = NOW) -> Enrollment:
    return enroll(learner=who, course=course, origin=EnrollmentOrigin.SELF, by=None, at=at)


def read(who: Learner, activity: Activity, at: datetime = NOW, **more):
    """The lesson is read; with ``once`` as the page does it."""
    if "once" in more:
        return finish_lesson(owner=person_behind(who), activity=activity.uuid, statement=None, at=at)
    return record_result(
        learner=who,
        activity=activity,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.LESSON,
        at=at,
        **more,
    )


def sat(who: Learner, activity: Activity, scaled: str, at: datetime = NOW, **more):
    """Hands in a quiz; 0.8 passes."""
    success = Decimal(scaled) >= Decimal("0.8")
    return record_result(
        learner=who,
        activity=activity,
        result=Result(scaled=Decimal(scaled), success=success, completion=True),
        verb=Verb.PASSED if success else Verb.FAILED,
        source=ResultSource.QUIZ,
        at=at,
        statement_uuid=more.pop("statement_uuid", uuid4()),
        **more,
    )


def completed(who: Learner, course: Course, at: datetime = NOW) -> Enrollment:
    """The whole course done in one go."""
    enrollment = enrolled(who, course, at)
    for activity in activities_of(course):
        if activity.kind == ActivityKind.QUIZ:
            sat(who, activity, "0.9", at)
        else:
            read(who, activity, at)
    return enrollment


def check_progress() -> str:
    """What ``manage.py rebuild_progress --check`` says; fails the test where it would exit 1."""
    out = StringIO()
    try:
        call_command("rebuild_progress", "--check", stdout=out)
    except Exception as error:
        pytest.fail(f"{error}\n{out.getvalue()}")
    return out.getvalue()
