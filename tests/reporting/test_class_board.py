"""A teacher's class and one course: who has begun and who has finished; no score, no ranking."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from courses.catalog.models import Course
from learning.assignments.actions import assign
from learning.progress.actions import record_result
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from office.jobs.actions import run_job
from office.jobs.models import Job
from people.accounts.actions import create_user
from people.groups.actions import add_member, create_group
from people.learners.actions import learner_of
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START


@pytest.fixture
def assigned(cast, curriculum, at):
    """E201 put before 1年1組; the pupil has done the first lesson."""
    course = Course.objects.get(code="E201")
    assign(
        course=course,
        group=cast.class_1_1,
        opens_on=at.date() - timedelta(days=5),
        due_on=None,
        reason="授業で使います。",
        by=cast.teacher,
        at=at,
    )
    for job in Job.objects.all():
        run_job(job.pk)
    record_result(
        learner=cast.learner(cast.pupil),
        activity=course.activities.counting().order_by("order")[0],
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.LESSON,
        at=at,
    )
    return course


def board(cast):
    return reverse("reporting:class", args=[cast.class_1_1.uuid])


def test_the_teacher_sees_who_has_done_what(cast, client_for, assigned):
    page = client_for(cast.teacher).get(board(cast)).content.decode()
    assert "山本 さくら" in page
    assert "終わり" in page


def test_no_score_is_shown(cast, client_for, assigned):
    page = client_for(cast.teacher).get(board(cast)).content.decode()
    assert "点" not in page.split("<main")[1].split("</main>")[0]


def test_a_class_that_is_not_ones_own_is_not_there(cast, client_for, assigned, at):
    other = create_group(
        organization=cast.school,
        fiscal_year=2026,
        grade="J1",
        class_name="2組",
        name="1年2組",
        by=None,
        at=at,
    )
    address = reverse("reporting:class", args=[other.uuid])
    assert client_for(cast.teacher).get(address).status_code == 404
    assert client_for(cast.kacho).get(board(cast)).status_code == 404
    assert client_for(cast.pupil).get(board(cast)).status_code == 403
    assert client_for(cast.outsider).get(board(cast)).status_code == 403


def test_the_board_of_education_sees_the_classes_of_its_schools_and_the_training_officer_does_not(
    cast, client_for, assigned, at
):
    assert client_for(cast.officer).get(board(cast)).status_code == 404
    grant_role(
        user=cast.helper,
        role=Role.BOARD_OF_EDUCATION,
        organization=cast.board,
        valid_from=YEAR_START,
        by=cast.admin,
        at=at,
    )
    assert client_for(cast.helper).get(board(cast)).status_code == 200


def test_the_board_leaves_as_a_sheet_in_order_of_numbers(cast, client_for, assigned, at):
    user = create_user(login_id="s-1", last_name="青木", first_name="蓮", by=None, at=at)
    add_member(
        group=cast.class_1_1, learner=learner_of(user, at=at), number=1, valid_from=YEAR_START, by=None, at=at
    )
    address = reverse("reporting:class_export", args=[cast.class_1_1.uuid, "xlsx"])
    sheet = load_workbook(BytesIO(client_for(cast.teacher).get(address).content)).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["青木 蓮", "山本 さくら"]


def test_the_number_of_queries_does_not_grow_with_the_class(
    cast, client_for, assigned, at, django_assert_max_num_queries
):
    for number in range(10, 40):
        user = create_user(login_id=f"p-{number}", last_name="生徒", first_name=str(number), by=None, at=at)
        learner = learner_of(user, at=at)
        add_member(
            group=cast.class_1_1, learner=learner, number=number, valid_from=YEAR_START, by=None, at=at
        )
    teacher = client_for(cast.teacher)
    with django_assert_max_num_queries(12):
        page = teacher.get(board(cast)).content.decode()
    assert page.count("生徒 ") >= 30
