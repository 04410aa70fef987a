"""A teacher's class and one course: who has begun and who has finished; no score, no ranking."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from courses.catalog.models import Activity, Course
from learning.assignments.actions import assign
from learning.enrollments.models import Enrollment
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
from tests.learning.builders import activities_of, course_of, enrolled, read


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


@pytest.fixture
def long_course(cast, at):
    """45 lessons put before 1年1組; the pupil has done the second, the 44th and the one that was withdrawn since."""
    course = course_of("E900", lessons=46, quiz=False)
    assign(
        course=course, group=cast.class_1_1, opens_on=at.date(), due_on=None, reason="授業で使います。", by=cast.teacher, at=at
    )  # fmt: skip
    lessons = activities_of(course)
    for lesson in (lessons[1], lessons[43], lessons[45]):
        read(cast.learner(cast.pupil), lesson, at)
    Activity.objects.filter(pk=lessons[45].pk).update(is_offered=False)
    return course


def told(page):
    """Heads of the columns, and what the pupil's row says."""
    table = page.split("<table")[1].split("</table>")[0]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)', table)
    cells = table.split("<tbody>")[1].split("<td")[1:]
    return heads, ["".join(re.split(r"<[^>]*>", "<td" + cell)).strip() for cell in cells]


def test_a_long_course_is_shown_in_pages_of_its_parts(cast, client_for, long_course):
    teacher = client_for(cast.teacher)
    heads, cells = told(teacher.get(board(cast)).content.decode())
    assert heads[:4] == ["番号", "氏名", "終えた数（全45）", "E900-L1の題"]
    assert len(heads) == 24
    assert cells[1:4] == ["2", "まだ", "終わり"]
    page = teacher.get(board(cast), {"page": "2"}).content.decode()
    heads, cells = told(page)
    assert (heads[3], heads[-2]) == ("E900-L21の題", "E900-L45の題")
    assert (cells[1], cells.count("終わり")) == ("2", 1)
    assert "21〜45" in page


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "１"])
def test_a_page_that_is_not_there_shows_one_that_is(page, cast, client_for, long_course):
    assert client_for(cast.teacher).get(board(cast), {"page": page}).status_code == 200


def test_the_sheet_holds_all_parts(cast, client_for, long_course):
    address = reverse("reporting:class_export", args=[cast.class_1_1.uuid, "xlsx"])
    sheet = load_workbook(BytesIO(client_for(cast.teacher).get(address).content)).worksheets[0]
    row = [cell.value for cell in next(sheet.iter_rows(min_row=2))]
    assert (len(row), row.count("終わり")) == (3 + 45 + 1, 2)


def test_the_cost_of_a_board_does_not_grow_with_the_course(
    cast, client_for, long_course, django_assert_max_num_queries
):
    teacher = client_for(cast.teacher)
    with django_assert_max_num_queries(12):
        teacher.get(board(cast))


def test_what_was_done_in_an_earlier_period_counts(cast, client_for, long_course, at):
    Enrollment.objects.filter(course=long_course).update(closed_at=at)
    enrolled(cast.learner(cast.pupil), long_course, at)
    _heads, cells = told(client_for(cast.teacher).get(board(cast)).content.decode())
    assert cells[1:4] == ["2", "まだ", "終わり"]
