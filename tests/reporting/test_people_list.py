"""The list of who has done what was asked: for whom it opens, what it shows, how it leaves as a sheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from courses.catalog.models import Course
from learning.assignments.actions import assign
from learning.progress.actions import record_result
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from office.jobs.actions import run_job
from office.jobs.models import Job
from people.accounts.actions import create_user
from people.appointments.actions import appoint
from people.learners.actions import learner_of
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START

LIST = reverse("reporting:people")


@pytest.fixture
def assigned(cast, curriculum, at):
    """S105 put before 福島市 with everything below it; hanako has read every lesson but not taken the quiz."""
    course = Course.objects.get(code="S105")
    assign(
        course=course,
        organization=cast.fukushima,
        opens_on=at.date() - timedelta(days=30),
        due_on=at.date() + timedelta(days=3650),
        reason="全職員が受ける講座です。",
        by=cast.officer,
        at=at,
    )
    for job in Job.objects.all():
        run_job(job.pk)
    for lesson in course.activities.counting().filter(kind="lesson"):
        record_result(
            learner=cast.learner(cast.hanako),
            activity=lesson,
            result=Result(completion=True),
            verb=Verb.COMPLETED,
            source=ResultSource.LESSON,
            at=at,
        )
    return course


def test_the_head_of_a_section_sees_the_section_and_nobody_else(cast, client_for, assigned):
    page = client_for(cast.kacho).get(LIST).content.decode()
    assert "佐藤 花子" in page
    assert "中村 幸子" not in page  # 公民館


def test_the_training_officer_sees_the_whole_body(cast, client_for, assigned):
    page = client_for(cast.officer).get(LIST).content.decode()
    assert "佐藤 花子" in page
    assert "中村 幸子" in page
    assert "渡辺 健一" not in page  # 郡山市


@pytest.mark.parametrize("who", ["hanako", "outsider", "pupil", "author", "helper"])
def test_nobody_without_the_right_sees_names(who, cast, client_for, assigned):
    response = client_for(getattr(cast, who)).get(LIST)
    assert response.status_code == 403
    others = {person.name for name, person in cast.people().items() if name != who}
    assert not [name for name in others if name in response.content.decode()]


def test_a_visitor_is_sent_to_sign_in(client, cast):
    response = client.get(LIST)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_voluntary_learning_is_not_shown(cast, client_for, curriculum, at):
    learner = cast.learner(cast.hanako)
    client_for(cast.hanako).post(reverse("learning:enroll", args=[Course.objects.get(code="S105").uuid]))
    assert learner.enrollments.exists()
    assert "佐藤 花子" not in client_for(cast.kacho).get(LIST).content.decode()


def test_the_filter_narrows_by_standing_unit_and_name(cast, client_for, assigned):
    officer = client_for(cast.officer)
    assert "佐藤 花子" in officer.get(LIST, {"standing": "open"}).content.decode()
    assert "佐藤 花子" not in officer.get(LIST, {"standing": "done"}).content.decode()
    assert "中村 幸子" not in officer.get(LIST, {"unit": cast.zeimu.uuid}).content.decode()
    assert "佐藤 花子" in officer.get(LIST, {"words": "サトウ"}).content.decode()
    assert "佐藤 花子" not in officer.get(LIST, {"words": "スズキ"}).content.decode()


def test_a_unit_of_another_body_filters_nothing_in(cast, client_for, assigned):
    page = client_for(cast.officer).get(LIST, {"unit": cast.koriyama_zeimu.uuid})
    assert page.status_code == 200
    assert "渡辺 健一" not in page.content.decode()


def test_the_list_leaves_as_xlsx_and_as_csv_for_excel(cast, client_for, assigned):
    officer = client_for(cast.officer)
    sheet = load_workbook(
        BytesIO(officer.get(reverse("reporting:people_export", args=["xlsx"])).content)
    ).worksheets[0]
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert "佐藤 花子" in names
    csv = b"".join(officer.get(reverse("reporting:people_export", args=["csv"])).streaming_content)
    assert csv.startswith(b"\xef\xbb\xbf")
    assert "佐藤 花子" in csv.decode("utf-8-sig")
    assert "渡辺 健一" not in csv.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("words=%00", {}),
        ("%00=1&words=a%00b", {}),
        ("words=%ff%fe", {"words": "\ufffd\ufffd"}),
        ("words=%ed%a0%80", {"words": "\ufffd\ufffd\ufffd"}),
        ("course=%00&unit=%00&standing=%00", {}),
        ("standing=done&words=佐藤", {"standing": "done", "words": "佐藤"}),
    ],
)
def test_the_log_of_an_export_holds_what_was_understood(cast, client_for, assigned, query, asked):
    """A byte that no database keeps must not cost the officer the list, nor the log its entry."""
    officer = client_for(cast.officer)
    for kind in ("csv", "xlsx"):
        answer = officer.get(f"{reverse('reporting:people_export', args=[kind])}?{query}")
        assert answer.status_code == 200
    entries = ModelLogEntry.objects.filter(action="reporting.export", user=cast.officer)
    assert [entry.data["asked"] for entry in entries] == [asked, asked]


def test_the_number_of_queries_does_not_grow_with_the_people(
    cast, client_for, assigned, at, django_assert_max_num_queries
):
    for number in range(25):
        user = create_user(login_id=f"x-{number}", last_name="追加", first_name=str(number), by=None, at=at)
        appoint(user=user, organization=cast.zeimu, valid_from=YEAR_START, by=None, at=at)
        learner_of(user, at=at)
    assign(
        course=assigned,
        organization=cast.zeimu,
        opens_on=at.date(),
        due_on=None,
        reason="授業で使います。",
        by=cast.officer,
        at=at,
    )
    for job in Job.objects.filter(state="waiting"):
        run_job(job.pk)
    officer = client_for(cast.officer)
    with django_assert_max_num_queries(14):
        page = officer.get(LIST)
    assert page.content.decode().count("追加") >= 20


def test_a_right_over_one_unit_takes_no_names_of_another(cast, client_for, assigned, at):
    """kacho may export 税務課; that she also sees 総務部 as a DX leader puts nobody of it on a sheet."""
    grant_role(
        user=cast.kacho,
        role=Role.DX_LEADER,
        organization=cast.fukushima,
        valid_from=YEAR_START,
        by=None,
        at=at,
    )
    kacho = client_for(cast.kacho)
    assert "中村 幸子" in kacho.get(LIST).content.decode()
    sheet = b"".join(kacho.get(reverse("reporting:people_export", args=["csv"])).streaming_content).decode()
    assert "佐藤 花子" in sheet and "中村 幸子" not in sheet


def test_the_list_stays_in_no_cache(cast, client_for, assigned):
    """The back button of a shared computer must not show names after somebody signed out."""
    assert "no-store" in client_for(cast.officer).get(LIST).headers["Cache-Control"]
