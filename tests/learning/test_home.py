"""わたしの学び."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from courses.catalog.enums import CourseStatus, Scoring, Track
from courses.catalog.models import Activity, Course
from learning.assignments.actions import assign, withdraw_assignment
from learning.certificates.actions import issue_missing_certificates
from learning.home.queries import home_of
from learning.home.rules import Urgency, due_line
from learning.runtime.actions import keep_place
from office.templatetags.calendar_tags import due_day_text
from people.learners.actions import claim_learner
from tests.cast import TODAY
from tests.learning.builders import activities_of, completed, course_of, enrolled, guest, read, sat

pytestmark = pytest.mark.django_db
URL = "/learning/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def look(cast):
    def home(who):
        request = RequestFactory().get("/")
        request.user = getattr(cast, who)
        request.session = {}  # type: ignore[assignment]
        return home_of(request)

    return home


def assigned(course, by, now, due=None, **target):
    today = timezone.localtime(now).date()
    values = {"opens_on": today, "due_on": today + timedelta(days=due) if due is not None else None, **target}
    return assign(course=course, by=by, at=now, **{"reason": "必修", **values})


def text_of(answer):
    """What a person reads, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode()))


@pytest.mark.parametrize(
    ("days", "urgency"), [(-1, Urgency.PAST), (0, Urgency.SOON), (7, Urgency.SOON), (8, Urgency.LATER)]
)
def test_dates_are_told_without_blame(days, urgency):
    assert due_line(TODAY + timedelta(days=days), TODAY).urgency == urgency


class TestOrder:
    def test_the_next_date_comes_first(self, look, cast, now):
        own, late, soon = course_of("T1"), course_of("T2"), course_of("T3")
        enrolled(cast.learner(cast.hanako), own, now)
        assigned(late, cast.officer, now, 20, organization=cast.zeimu)
        assigned(soon, cast.officer, now, 3, organization=cast.zeimu)
        home = look("hanako")
        assert home.next.code == "T3"
        assert [task.code for task in home.tasks] == ["T2", "T1"]
        assert home.next.why == ["税務課の会計年度任用職員のため（必修）"]

    def test_without_a_date_what_was_done_last_comes_first(self, look, cast, now):
        who = cast.learner(cast.hanako)
        for number, code in enumerate(("T1", "T2", "T3")):
            enrolled(who, course_of(code), now + timedelta(minutes=number))
        read(who, activities_of(Course.objects.get(code="T1"))[0], now + timedelta(hours=1))
        home = look("hanako")
        assert [home.next.code, *(task.code for task in home.tasks)] == ["T1", "T3", "T2"]

    def test_what_opens_later_waits(self, look, cast, now):
        assigned(
            course_of(), cast.officer, now, 60, organization=cast.zeimu, opens_on=TODAY + timedelta(days=30)
        )
        home = look("hanako")
        assert home.next is None and [task.code for task in home.later] == ["T100"]

    def test_what_was_withdrawn_is_no_duty_any_more(self, look, cast, now):
        assignment = assigned(course_of(), cast.officer, now, 5, organization=cast.zeimu)
        withdraw_assignment(assignment=assignment, reason="誤り", by=cast.officer, at=now)
        home = look("hanako")
        assert not home.next.is_duty and home.next.due is None

    def test_a_course_that_closed_is_not_next(self, look, cast, now):
        enrolled(cast.learner(cast.hanako), course_of(), now)
        Course.objects.update(status=CourseStatus.RETIRED)
        home = look("hanako")
        assert home.next is None and not home.tasks[0].is_available


class TestProgress:
    def test_it_counts_honestly(self, look, cast, now):
        course, who = course_of(lessons=3), cast.learner(cast.hanako)
        one, two, *_ = activities_of(course)
        period = enrolled(who, course, now)
        read(who, one, now)
        keep_place(enrollment=period, activity=two, position="4", at=now)
        task = look("hanako").next
        assert (task.done, task.total, task.minutes_left, task.begun) == (1, 4, 15, True)
        assert task.step.url == "/courses/t100/l2/?step=4#screen-4"

    def test_what_a_guest_began_goes_on_after_claiming(self, look, cast, now):
        course, visitor = course_of(), guest()
        enrolled(visitor, course, now)
        read(visitor, activities_of(course)[0], now)
        claim_learner(learner=visitor, user=cast.hanako, by=None, at=now)
        assert look("hanako").next.done == 1

    def test_an_assigned_part_is_the_next_step_itself(self, look, cast, now):
        course = course_of(lessons=3)
        third = activities_of(course)[2]
        assigned(course, cast.officer, now, 5, organization=cast.zeimu, activity=third)
        task = look("hanako").next
        assert (task.step.id, task.minutes_left, task.total) == (third.pk, 5, 0)
        read(cast.learner(cast.hanako), third, now)
        task = look("hanako").next
        assert not task.is_duty and task.step.id == activities_of(course)[0].pk

    def test_a_part_of_a_completed_course_is_still_shown(self, look, cast, now):
        course, who = course_of(lessons=2), cast.learner(cast.hanako)
        optional, lesson, quiz = activities_of(course)
        Activity.objects.filter(pk=optional.pk).update(is_required=False)
        enrolled(who, course, now)
        read(who, lesson, now)
        sat(who, quiz, "0.9", now)
        assigned(course, cast.officer, now, 5, organization=cast.zeimu, activity=optional)
        home = look("hanako")
        assert home.next.step.id == optional.pk and len(home.finished) == 1

    def test_finished_courses_come_in_pages(self, look, cast, client_for, now):
        for number in range(12):
            completed(cast.learner(cast.hanako), course_of(f"T{number}", lessons=0), now + timedelta(number))
        home = look("hanako")
        assert len(home.finished) == 10 and home.has_more_finished
        page = client_for(cast.hanako).get(URL, {"finished": "2"})
        assert "試験コースT0" in page.content.decode() and "試験コースT11" not in page.content.decode()
        for odd in ("0", "-1", "x", "９", "9" * 50):
            assert client_for(cast.hanako).get(URL, {"finished": odd}).status_code == 200


class TestSuggestions:
    def test_each_gets_what_suits(self, look, cast):
        course_of("STAFF")
        course_of("CLASS", track=Track.EDUCATION, scoring=Scoring.PRACTICE, pass_mark=None)
        course_of("TEACH", track=Track.EDUCATION)
        course_of("SENIOR", track=Track.SENIOR, open_to_guests=True)
        course_of("CLOSED", self_enrollment=False)
        course_of("DRAFT", status=CourseStatus.DRAFT)

        def offered(who):
            return {course.url.split("/")[2].upper() for course in look(who).suggestions}

        assert offered("hanako") == {"STAFF", "SENIOR"}
        assert offered("pupil") == {"CLASS", "SENIOR"}
        assert offered("teacher") == {"STAFF", "TEACH", "SENIOR"}

    def test_what_somebody_is_in_is_not_suggested(self, look, cast, now):
        enrolled(cast.learner(cast.hanako), course_of(), now)
        assert look("hanako").suggestions == ()


class TestPage:
    def test_doors(self, client_for, cast):
        assert client_for(None).get(URL).url == f"{reverse('account_login')}?next=/learning/"
        assert client_for(cast.hanako).get(URL).status_code == 200

    def test_a_guest_finds_what_was_begun(self, client_for):
        browser = client_for(None)
        course = course_of(open_to_guests=True, lessons=2, title="だまされないために")
        browser.post(reverse("learning:lesson_done", args=[activities_of(course)[0].uuid]))
        told = text_of(browser.get(URL))
        assert "だまされないために" in told and "このブラウザーに残っています" in told

    def test_it_says_what_next_by_when_and_why(self, client_for, cast, now):
        assigned(course_of(title="情報セキュリティ基礎"), cast.officer, now, 3, organization=cast.zeimu)
        day = timezone.localtime(now).date() + timedelta(days=3)
        told = text_of(client_for(cast.hanako).get(URL))
        for words in (
            "次にすること",
            f"{due_day_text(day)}までに",
            "あと3日",
            "税務課の会計年度任用職員のため（必修）",
            "あと約20分",
            "始める：情報セキュリティ基礎",
        ):
            assert words in told
        for blame in ("未受講", "遅れ", "違反"):
            assert blame not in told

    def test_a_date_that_is_past_is_said_gently(self, client_for, cast, now):
        assigned(course_of(), cast.officer, now - timedelta(days=20), 3, organization=cast.zeimu)
        assert "期限を過ぎています。いつでも始められます。" in text_of(client_for(cast.hanako).get(URL))

    def test_a_finished_course_shows_its_certificate(self, client_for, cast, now):
        completed(cast.learner(cast.hanako), course_of(), now)
        assert "修了証を作っています" in text_of(client_for(cast.hanako).get(URL))
        issue_missing_certificates(at=now)
        told = text_of(client_for(cast.hanako).get(URL))
        assert "すべて終わっています" in told and "修了証（PDF）" in told

    def test_pupils_read_no_scores(self, client_for, cast, now):
        course = course_of(scoring=Scoring.PRACTICE, pass_mark=None, track=Track.EDUCATION)
        completed(cast.learner(cast.pupil), course, now)
        told = text_of(client_for(cast.pupil).get(URL))
        assert "さいごまで学びました。よくできました。" in told
        assert "点" not in told and "修了証" not in told

    def test_the_ruby_face_reads_aloud_what_is_there(self, client_for, cast):
        browser = client_for(cast.pupil)
        browser.post(reverse("people:reading"), {"face": "ruby"})
        assert "<ruby>" in browser.get(URL).content.decode()

    def test_an_empty_page_says_what_to_do(self, client_for, cast):
        assert "まだ始めた講座はありません" in text_of(client_for(cast.hanako).get(URL))

    @pytest.mark.parametrize(("lessons", "finished"), [(2, 1), (60, 15)])
    def test_it_costs_ten_queries_whatever_somebody_did(
        self, client_for, cast, now, lessons, finished, django_assert_max_num_queries
    ):
        who = cast.learner(cast.hanako)
        for number in range(finished):
            completed(who, course_of(f"F{number}", lessons=0), now)
            assigned(course_of(f"D{number}", lessons=lessons), cast.officer, now, 5, organization=cast.zeimu)
        browser = client_for(cast.hanako)
        browser.get(URL)
        with django_assert_max_num_queries(10):
            browser.get(URL)
