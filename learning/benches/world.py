"""The data of the bench ``pages``: courses with real pages, and as many people as a prefecture has."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection
from wagtail.models import Page

from courses.catalog.enums import ActivityKind, CourseStatus, MoveOn, Scoring, Track
from courses.catalog.models import Activity, Course
from courses.models import CatalogPage, CoursePage, LessonPage
from learning.assignments.actions import assign
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.progress.completions import completion_of
from learning.progress.enums import ProgressStatus
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.progress.rules import satisfied_uuid
from learning.records.actions import Judged, Registration, activity_statement, append, course_statement
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from people.accounts.models import User
from people.groups.actions import create_group
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.organizations.actions import create_unit
from people.organizations.enums import OrganizationKind
from people.roles.actions import grant_role
from people.roles.enums import Role

BATCH = 5_000
READ = 5  # lessons that everybody in the crowd has read
YEAR_START = date(2026, 4, 1)
T = TypeVar("T")


def bench_course(code: str, lessons: int, at: datetime) -> Course:
    """A published course whose lessons carry the text of a shipped one."""
    source = LessonPage.objects.filter(live=True).order_by("-minutes", "pk").first()
    catalog = CatalogPage.objects.get()
    page = CoursePage(
        title=f"計測用の講座{lessons}",
        slug=code.lower(),
        code=code,
        track=Track.STAFF,
        minutes=lessons * 5,
        scoring=Scoring.SCORED,
        pass_mark=None,
        self_enrollment=True,
    )
    _published(catalog, page)
    for number in range(1, lessons + 1):
        lesson = LessonPage(
            title=f"計測の課その{number}",
            slug=f"l{number}",
            code=f"{code}-L{number}",
            minutes=5,
            body=source.body if source is not None else [],
        )
        _published(page, lesson)
    return Course.objects.get(code=code)


def _published(parent: Page, page: Any) -> None:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()


def people(count: int, prefix: str, at: datetime) -> list[Learner]:
    """So many people with an account and a learner each; asking for more adds only those that are missing."""
    there = Learner.objects.filter(user__username__startswith=f"{prefix}-").count()
    for numbers in _batches(range(there, count)):
        users = User.objects.bulk_create(
            User(username=f"{prefix}-{n}", last_name="計測", first_name=str(n), password="!")  # noqa: S106
            for n in numbers
        )
        Learner.objects.bulk_create(Learner(user=user, is_primary=True, created_at=at) for user in users)
    return list(
        Learner.objects.filter(user__username__startswith=f"{prefix}-")
        .select_related("user")
        .order_by("pk")[:count]
    )


def crowd_in(course: Course, crowd: list[Learner], at: datetime) -> None:
    """Everybody of the crowd is in the course and has read a few lessons, with a statement each for the last one."""
    lessons = needed_of(course)[:READ]
    enrolled = set(Enrollment.objects.filter(course=course).values_list("learner_id", flat=True))
    for some in _batches(learner for learner in crowd if learner.pk not in enrolled):
        begun(course, list(some), lessons, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def begun(course: Course, some: list[Learner], read: list[Activity], at: datetime) -> list[Enrollment]:
    """Periods in which the given lessons have been read: the rows that the records of it would have left."""
    periods = Enrollment.objects.bulk_create(
        Enrollment(learner=one, course=course, origin=EnrollmentOrigin.SELF, opened_at=at) for one in some
    )
    done = {"is_completed": True, "satisfied_at": at, "first_at": at, "last_at": at, "count": 1}
    rows = (ActivityProgress(enrollment=one, activity=lesson, **done) for one in periods for lesson in read)
    for batch in _batches(rows):
        ActivityProgress.objects.bulk_create(batch)
    CourseProgress.objects.bulk_create(
        CourseProgress(
            enrollment=one,
            status=ProgressStatus.IN_PROGRESS,
            satisfied_count=len(read),
            last_activity=read[-1],
            started_at=at,
            last_at=at,
        )
        for one in periods
    )
    append([_statement(one, read[-1], at) for one in periods])
    return periods


def _statement(period: Enrollment, lesson: Activity, at: datetime) -> Any:
    return activity_statement(
        frame=Registration(uuid=period.uuid, learner=period.learner, course=period.course),
        activity=lesson,
        uuid=uuid4(),
        verb=Verb.COMPLETED,
        result=Result(completion=True),
        judged=Judged(move_on=MoveOn.COMPLETED, counts=True),
        source=ResultSource.LESSON,
        by=None,
        at=at,
    )


def finished_courses(who: Learner, count: int, at: datetime) -> None:
    """So many small courses that one person has completed: home must stay flat."""
    for number in range(Completion.objects.filter(enrollment__learner=who).count(), count):
        course = Course.objects.create(
            code=f"DONE-{who.pk}-{number}", title=f"終えた講座{number}", track=Track.STAFF, status=CourseStatus.OFFERED,
            required_count=1, page_path=f"courses/done-{who.pk}-{number}/",
        )  # fmt: skip
        lesson = Activity.objects.create(course=course, kind=ActivityKind.LESSON, title="課", is_offered=True)
        (period,) = begun(course, [who], [lesson], at)
        facts = {"course": {"code": course.code, "title": course.title, "minutes": 5, "revision": 1,
                            "scoring": "practice", "recertify_every": None}, "rule": "", "activities": []}  # fmt: skip
        statement = course_statement(
            frame=Registration(uuid=period.uuid, learner=who, course=course),
            uuid=satisfied_uuid(period.uuid),
            facts=facts,
            result=Result(completion=True),
            source=ResultSource.LESSON,
            at=at + timedelta(minutes=number),
        )
        append([statement])
        completion = completion_of(statement)
        completion.enrollment = period
        completion.save()
        CourseProgress.objects.filter(enrollment=period).update(
            status=ProgressStatus.COMPLETED, completed_at=statement.timestamp
        )


def class_of(course: Course, code: str, at: datetime, count: int) -> tuple[User, LearnerGroup]:
    """So many pupils with a teacher, the course assigned to them, and half of the lessons read by half of them."""
    teacher = people(1, f"teacher-{code}", at)[0].user
    pupils = people(count, f"pupil-{code}", at)
    if teacher is None:
        raise LookupError("a teacher has an account")
    school = create_unit(
        code=f"bench-{code}", kind=OrganizationKind.SCHOOL, name="計測中学校", name_kana="", valid_from=YEAR_START,
        parent=None, by=None, at=at,
    )  # fmt: skip
    group = create_group(organization=school, fiscal_year=2026, grade="J1", class_name="1組", by=None, at=at)
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, learner=pupil, number=number, valid_from=YEAR_START)
        for number, pupil in enumerate(pupils, start=1)
    )
    grant_role(user=teacher, role=Role.TEACHER, group=group, valid_from=YEAR_START, by=None, at=at)
    begun(course, pupils[: count // 2], needed_of(course)[: course.required_count // 2], at)
    assign(
        course=course, group=group, opens_on=at.date(), due_on=None, reason="計測", by=teacher, at=at
    )  # fmt: skip
    return teacher, group


def needed_of(course: Course) -> list[Activity]:
    return list(Activity.objects.counting().filter(course=course).order_by("order"))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
