"""Assigning through the pages: three steps, safe to repeat, closed to strangers."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.catalog.enums import CourseStatus
from learning.assignments.actions import assign
from learning.assignments.models import Assignment, Duty
from people.organizations.actions import create_unit
from people.organizations.enums import OrganizationKind
from people.roles.actions import end_role, grant_role
from people.roles.enums import Role
from tests.cast import TREE_START
from tests.learning.builders import activities_of, course_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/assignments/", "/assignments/new/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def staff_assignment(cast):
    at = timezone.now()
    return assign(
        course=course_of(), organization=cast.zeimu, opens_on=timezone.localdate(), due_on=None, reason="必修",
        by=cast.officer, at=at,
    )  # fmt: skip


def filled(course, today, **values):
    return {
        "course": str(course.uuid),
        "opens_on": today.isoformat(),
        "due_on": (today + timedelta(days=14)).isoformat(),
        "reason": "授業で使います。",
        "token": str(uuid4()),
        "step": "preview",
        **values,
    }


def hidden(page):
    """What the browser would send from the page of the last step."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    return dict(fields + areas)


class TestDoors:
    @pytest.mark.parametrize("url", [LIST, NEW])
    @pytest.mark.parametrize(
        ("who", "status"), [(None, 302), ("hanako", 403), ("kacho", 403), ("officer", 200), ("teacher", 200)]
    )
    def test_pages_are_for_who_may_assign(self, cast, client_for, url, who, status):
        assert client_for(getattr(cast, who) if who else None).get(url).status_code == status

    @pytest.mark.parametrize(
        ("who", "status"), [(None, 302), ("hanako", 403), ("officer", 200), ("teacher", 404), ("admin", 200)]
    )
    def test_an_assignment_out_of_scope_does_not_exist(self, staff_assignment, cast, client_for, who, status):
        url = reverse("learning:assignment_detail", args=[staff_assignment.uuid])
        assert client_for(getattr(cast, who) if who else None).get(url).status_code == status

    def test_nobody_assigns_beyond_their_scope(self, cast, client_for, today):
        course = course_of()
        for who, target in (
            (cast.officer, f"unit:{cast.koriyama.uuid}"),
            (cast.teacher, f"unit:{cast.school.uuid}"),
        ):
            sent = filled(course, today, target=target, step="confirm")
            answer = client_for(who).post(NEW, sent)
            assert answer.status_code == 422
        sent = filled(course, today, people="k-2001", step="confirm")
        answer = client_for(cast.officer).post(NEW, sent)
        assert (
            answer.status_code == 422
            and "割り当てられる人の中に見つかりません：k-2001" in answer.content.decode()
        )
        assert not Assignment.objects.exists()

    def test_who_went_to_another_body_leaves_their_assignments_behind(
        self, staff_assignment, cast, client_for
    ):
        """Also the ones to people by name: neither seen nor withdrawn from outside."""
        by_name = assign(
            course=course_of("T200"), learners=[cast.learner(cast.hanako)], opens_on=timezone.localdate(), due_on=None,
            reason="必修", by=cast.officer, at=timezone.now(),
        )  # fmt: skip
        addresses = [f"{LIST}{one.uuid}/" for one in (staff_assignment, by_name)]
        assert [client_for(cast.officer).get(address).status_code for address in addresses] == [200, 200]
        today = timezone.localdate()
        for role in cast.officer.role_assignments.all():
            end_role(assignment=role, valid_to=today, by=None, at=timezone.now())
        grant_role(
            user=cast.officer, role=Role.TRAINING_OFFICER, organization=cast.koriyama, valid_from=today, by=None,
            at=timezone.now(),
        )  # fmt: skip
        browser = client_for(cast.officer)
        assert [browser.get(address).status_code for address in addresses] == [404, 404]
        assert [browser.post(address, {"reason": "x"}).status_code for address in addresses] == [404, 404]

    def test_a_list_shows_only_the_own_scope(self, staff_assignment, cast, client_for):
        assert "試験コースT100" in client_for(cast.officer).get(LIST).content.decode()
        assert "試験コースT100" not in client_for(cast.teacher).get(LIST).content.decode()


class TestThreeSteps:
    def test_a_teacher_is_done_in_three(self, cast, client_for, today):
        course, browser = (
            course_of(track="education", title="ネットの情報を確かめる力"),
            client_for(cast.teacher),
        )
        choose = browser.get(NEW, {"group": cast.class_1_1.uuid}).content.decode()
        (link,) = re.findall(rf'href="([^"]*course={course.uuid}[^"]*)"', choose)
        form = browser.get(link.replace("&amp;", "&")).content.decode()
        assert f'<option value="group:{cast.class_1_1.uuid}" selected>' in form
        assert "授業でみんなで学びます。" in form
        due = {"target": f"group:{cast.class_1_1.uuid}", "activity": str(activities_of(course)[0].uuid)}
        preview = browser.post(NEW, filled(course, today, **due)).content.decode()
        assert "対象 1人" in preview and "1年1組" in preview and "T100-L1の題" in preview
        answer = browser.post(NEW, {**hidden(preview), "step": "confirm"}, follow=True)
        assert "割り当てました。" in answer.content.decode()
        assignment = Assignment.objects.get()
        assert (assignment.group, assignment.activity) == (cast.class_1_1, activities_of(course)[0])
        assert Duty.objects.get().learner == cast.learner(cast.pupil)

    def test_one_class_is_chosen_already(self, cast, client_for):
        page = client_for(cast.teacher).get(NEW, {"course": course_of().uuid}).content.decode()
        assert f'<option value="group:{cast.class_1_1.uuid}" selected>' in page

    def test_the_officer_assigns_a_unit(self, cast, client_for, today):
        course, browser = course_of(), client_for(cast.officer)
        preview = browser.post(
            NEW, filled(course, today, target=f"unit:{cast.fukushima.uuid}")
        ).content.decode()
        assert "対象 5人" in preview
        browser.post(NEW, {**hidden(preview), "step": "confirm"})
        assert Duty.objects.count() == 5

    def test_the_officer_assigns_people_by_login_id(self, cast, client_for, today):
        course, browser = course_of(), client_for(cast.officer)
        sent = filled(course, today, people=" f-1001 \nf-1002,f-1001\n")
        preview = browser.post(NEW, sent).content.decode()
        assert "対象 2人" in preview and "佐藤 花子" in preview
        browser.post(NEW, {**hidden(preview), "step": "confirm"})
        assert Duty.objects.count() == 2

    def test_a_double_click_assigns_once(self, cast, client_for, today):
        browser = client_for(cast.officer)
        sent = filled(course_of(), today, target=f"unit:{cast.zeimu.uuid}", step="confirm")
        first, second = browser.post(NEW, sent), browser.post(NEW, sent)
        assert first.url == second.url and Assignment.objects.count() == 1

    def test_going_back_keeps_what_was_written(self, cast, client_for, today):
        sent = filled(course_of(), today, target=f"unit:{cast.zeimu.uuid}", step="edit")
        page = client_for(cast.officer).post(NEW, sent).content.decode()
        assert "授業で使います。" in page and f'<option value="unit:{cast.zeimu.uuid}" selected>' in page


class TestBadInput:
    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({}, "どちらか一方にしてください"),
            ({"target": "unit", "people": "f-1001"}, "どちらか一方にしてください"),
            ({"target": "unit", "reason": ""}, "理由"),
            ({"target": "unit", "due_on": "きのう"}, "「きのう」は日付として読めません"),
            ({"target": "unit", "due_on": "2020-01-01", "opens_on": "2019-01-01"}, "すでに過ぎています"),
            ({"target": "unit", "due_on": "2030-01-01", "opens_on": "2031-01-01"}, "開始日より前"),
            ({"target": "unit", "token": "x"}, ""),
            ({"people": "\n".join(f"x-{n}" for n in range(501))}, "500人まで"),
        ],
    )
    def test_it_says_what_is_wrong_and_keeps_the_rest(self, cast, client_for, today, values, told):
        if "target" in values:
            values = {**values, "target": f"unit:{cast.zeimu.uuid}"}
        answer = client_for(cast.officer).post(
            NEW, filled(course_of(), today, **{"step": "confirm", **values})
        )
        assert answer.status_code == 422 and told in answer.content.decode()
        assert not Assignment.objects.exists()

    def test_dates_are_understood_as_people_write_them(self, cast, client_for, today):
        year = today.year - 2018 + 1
        sent = filled(
            course_of(),
            today,
            target=f"unit:{cast.zeimu.uuid}",
            due_on=f"令和{year}年６月３０日",
            step="confirm",
        )
        assert client_for(cast.officer).post(NEW, sent).status_code == 302
        assert Assignment.objects.get().due_on == date(today.year + 1, 6, 30)

    @pytest.mark.parametrize("course", ["", "x", "00000000-0000-4000-8000-000000000000"])
    def test_a_course_that_is_not_there(self, cast, client_for, today, course):
        browser = client_for(cast.officer)
        assert browser.get(NEW, {"course": course}).status_code == 200
        assert browser.post(NEW, {"course": course}).url == NEW

    def test_a_course_that_closed_meanwhile(self, cast, client_for, today):
        sent = filled(course_of(status=CourseStatus.RETIRED), today, target=f"unit:{cast.zeimu.uuid}")
        answer = client_for(cast.officer).post(NEW, sent, follow=True)
        assert "この講座は今、受け付けていません。" in answer.content.decode()

    def test_many_units_are_narrowed_by_a_word(self, cast, client_for, monkeypatch):
        monkeypatch.setattr("learning.assignments.forms.SHOWN_UNITS", 3)
        create_unit(
            code="x", kind=OrganizationKind.SECTION, name="水道課", name_kana="", parent=cast.somu,
            valid_from=TREE_START, by=None, at=timezone.now(),
        )  # fmt: skip
        browser, course = client_for(cast.officer), course_of()
        assert "入りきらない所属があります" in browser.get(NEW, {"course": course.uuid}).content.decode()
        page = browser.get(NEW, {"course": course.uuid, "q": "水道"}).content.decode()
        assert "水道課" in page and "税務課" not in page

    @pytest.mark.parametrize("strange", ["\0", "水\0道", "\ud800", "%", "x" * 5000])
    def test_strange_words_in_a_search_find_nothing_and_break_nothing(self, cast, client_for, strange):
        browser = client_for(cast.officer)
        for asked in ({"q": strange}, {"course": course_of().uuid, "q": strange}):
            query = urlencode(asked, errors="surrogatepass")
            assert browser.get(f"{NEW}?{query}").status_code == 200


class TestDetail:
    def url(self, assignment):
        return reverse("learning:assignment_detail", args=[assignment.uuid])

    def test_it_shows_numbers_and_withdraws_with_a_reason(self, staff_assignment, cast, client_for):
        browser = client_for(cast.officer)
        page = browser.get(self.url(staff_assignment)).content.decode()
        assert "税務課" in page and "2人" in page
        assert browser.post(self.url(staff_assignment), {"reason": " "}).status_code == 422
        answer = browser.post(self.url(staff_assignment), {"reason": "対象を誤った"}, follow=True)
        assert "対象を誤った" in answer.content.decode()
        staff_assignment.refresh_from_db()
        assert staff_assignment.withdrawn_by == cast.officer
        assert browser.post(self.url(staff_assignment), {"reason": "もう一度"}).status_code == 422

    def test_pages_cost_the_same_however_many_there_are(
        self, staff_assignment, cast, client_for, django_assert_max_num_queries
    ):
        browser = client_for(cast.officer)
        for number in range(25):
            assign(
                course=staff_assignment.course, organization=cast.zeimu, opens_on=timezone.localdate(),
                due_on=None, reason=f"理由{number}", by=cast.officer, at=timezone.now(),
            )  # fmt: skip
        browser.get(LIST)
        with django_assert_max_num_queries(8):
            browser.get(LIST)
        with django_assert_max_num_queries(8):
            browser.get(self.url(staff_assignment))
