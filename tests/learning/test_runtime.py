"""What browsers post while somebody learns."""

from uuid import uuid4

import pytest
from django.urls import reverse

from assessments.attempts.registration import registration_of
from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.progress.models import Place
from learning.records.models import Statement
from people.learners.models import Learner
from tests.cast import AT
from tests.learning.builders import activities_of, completed, course_of, enrolled

pytestmark = pytest.mark.django_db
JSON = {"HTTP_X_REQUESTED_WITH": "fetch"}


def done_url(activity):
    return reverse("learning:lesson_done", args=[activity.uuid])


class TestLessonDone:
    def test_it_records_and_goes_on_to_the_next_part(self, cast, client_for):
        course = course_of()
        one, two, *_ = activities_of(course)
        answer = client_for(cast.hanako).post(done_url(one))
        assert (answer.status_code, answer.url) == (302, two.url)
        assert Enrollment.objects.get().origin == EnrollmentOrigin.SELF
        assert Statement.objects.get().activity == one

    def test_a_script_gets_json(self, cast, client_for):
        course = course_of(lessons=1, quiz=False)
        answer = client_for(cast.hanako).post(done_url(activities_of(course)[0]), **JSON).json()
        assert (answer["saved"], answer["satisfied"], answer["course_completed"]) == (True, True, True)
        assert answer["message"] == "講座を修了しました。おつかれさまでした。"
        assert answer["next"] == course.url

    def test_a_double_click_a_retry_and_a_second_tab_are_one(self, cast, client_for):
        lesson = activities_of(course_of())[0]
        browser = client_for(cast.hanako)
        for _ in range(3):
            assert browser.post(done_url(lesson)).status_code == 302
        assert Statement.objects.count() == 1

    def test_a_client_may_name_its_event(self, cast, client_for):
        lesson, name = activities_of(course_of())[0], uuid4()
        browser = client_for(cast.hanako)
        for _ in range(2):
            assert browser.post(done_url(lesson), {"statement": name}, **JSON).json()["statement"] == str(
                name
            )
        assert Statement.objects.count() == 1

    def test_the_name_of_somebody_elses_event_is_refused(self, cast, client_for):
        lesson, name = activities_of(course_of())[0], uuid4()
        client_for(cast.hanako).post(done_url(lesson), {"statement": name}, **JSON)
        answer = client_for(cast.kacho).post(done_url(lesson), {"statement": name}, **JSON)
        assert answer.status_code == 409 and not answer.json()["saved"]
        assert Statement.objects.count() == 1

    def test_it_goes_where_the_form_says_but_never_off_the_site(self, cast, client_for):
        one, two, *_ = activities_of(course_of())
        browser = client_for(cast.hanako)
        assert browser.post(done_url(one), {"next": "/strategy/"}).url == "/strategy/"
        assert browser.post(done_url(one), {"next": "https://evil.example/"}).url == two.url

    def test_a_quiz_cannot_be_declared_done(self, cast, client_for):
        course = course_of(lessons=0)
        (quiz,) = activities_of(course)
        assert client_for(cast.hanako).post(done_url(quiz)).status_code == 404
        assert not Statement.objects.exists() and not Enrollment.objects.exists()
        enrolled(cast.learner(cast.hanako), course, AT)
        assert client_for(cast.hanako).post(done_url(quiz)).status_code == 404
        assert not Statement.objects.exists()

    def test_a_retired_lesson_says_so(self, cast, client_for):
        lesson = activities_of(course_of())[0]
        Activity.objects.filter(pk=lesson.pk).update(is_offered=False)
        answer = client_for(cast.hanako).post(done_url(lesson), follow=True)
        assert "この課の公開は終わりました。" in answer.content.decode()
        assert not Statement.objects.exists()

    def test_a_visitor_of_a_closed_course_signs_in_first_and_comes_back_to_the_lesson(self, client_for, cast):
        lesson = activities_of(course_of())[0]
        visitor = client_for(None)
        answer = visitor.post(done_url(lesson))
        assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")
        assert visitor.post(done_url(lesson), **JSON).status_code == 401
        assert client_for(cast.hanako).get(done_url(lesson)).url == lesson.url

    def test_a_closed_course_does_not_exist_for_an_outsider(self, cast, client_for):
        lesson = activities_of(course_of(self_enrollment=False))[0]
        assert client_for(cast.hanako).post(done_url(lesson)).status_code == 404

    def test_who_is_in_a_course_that_closed_keeps_learning(self, cast, client_for):
        course = course_of()
        enrolled(cast.learner(cast.hanako), course, AT)
        type(course).objects.update(status=CourseStatus.RETIRED, self_enrollment=False)
        assert client_for(cast.hanako).post(done_url(activities_of(course)[0])).status_code == 302
        assert Statement.objects.count() == 1

    def test_a_completion_of_an_earlier_year_is_renewed_by_learning(self, cast, client_for):
        course, who = course_of(lessons=2, quiz=False, recertify_every=1), cast.learner(cast.hanako)
        lesson = activities_of(course)[0]
        browser = client_for(cast.hanako)
        browser.post(done_url(lesson))
        completed_long_ago(who, course)
        browser.post(done_url(lesson))
        assert sorted(Enrollment.objects.values_list("number", flat=True)) == [1, 2]
        assert Statement.objects.filter(activity=lesson).count() == 2

    def test_an_event_costs_few_queries(self, cast, client_for, django_assert_max_num_queries):
        course = course_of(lessons=30)
        one, two, *_ = activities_of(course)
        browser = client_for(cast.hanako)
        browser.post(done_url(one))
        # session, person; lock, standing, statement, two projections; two savepoints
        with django_assert_max_num_queries(9):
            browser.post(done_url(two), {"next": "/"}, **JSON)


def completed_long_ago(who, course):
    """The rest of the course was done 500 days ago; statements are written once, so the whole story is."""
    from datetime import timedelta

    from tests.learning.builders import read

    for activity in activities_of(course)[1:]:
        read(who, activity, AT - timedelta(days=500))


class TestGuests:
    def test_a_senior_learns_without_an_account(self, client_for):
        course = course_of(open_to_guests=True, scoring="practice")
        one, two, *_ = activities_of(course)
        browser = client_for(None)
        browser.post(done_url(one))
        browser.post(done_url(two))
        visitor = Learner.objects.get()
        assert visitor.user is None and browser.session["guest_learner"] == str(visitor.uuid)
        assert Enrollment.objects.get().origin == EnrollmentOrigin.GUEST
        assert Statement.objects.filter(learner=visitor).count() == 2

    def test_two_seats_are_two_learners(self, client_for):
        lesson = activities_of(course_of(open_to_guests=True))[0]
        client_for(None).post(done_url(lesson))
        client_for(None).post(done_url(lesson))
        assert Learner.objects.count() == 2 == Statement.objects.count()


class TestEnrolling:
    def url(self, course):
        return reverse("learning:enroll", args=[course.uuid])

    def test_it_enrolls_once(self, cast, client_for):
        course, browser = course_of(), client_for(cast.hanako)
        for _ in range(2):
            assert browser.post(self.url(course)).url == course.url
        assert Enrollment.objects.count() == 1
        assert browser.get(self.url(course)).url == course.url

    def test_doors(self, cast, client_for):
        closed, draft = course_of("T1", self_enrollment=False), course_of("T2", status=CourseStatus.DRAFT)
        assert client_for(None).post(self.url(closed)).url.startswith("/accounts/login/")
        assert client_for(cast.hanako).post(self.url(closed)).status_code == 404
        assert client_for(cast.hanako).post(self.url(draft)).status_code == 404
        assert client_for(cast.hanako).post(reverse("learning:enroll", args=[uuid4()])).status_code == 404

    def test_who_may_only_look_is_not_enrolled(self, cast, client_for):
        closed = course_of(self_enrollment=False)
        answer = client_for(cast.teacher).post(self.url(closed))
        assert answer.status_code == 403 and "担当者が割り当てて" in answer.content.decode()
        assert not Enrollment.objects.exists()

    def test_an_author_cannot_enroll_in_a_draft(self, cast, client_for):
        answer = client_for(cast.author).post(self.url(course_of(status=CourseStatus.DRAFT)), follow=True)
        assert "この講座は今、受け付けていません。" in answer.content.decode()


class TestPlaces:
    def post(self, browser, lesson, **data):
        return browser.post(reverse("learning:place", args=[lesson.uuid]), data, **JSON)

    def test_it_keeps_the_last_place(self, cast, client_for):
        course = course_of()
        lesson = activities_of(course)[0]
        enrolled(cast.learner(cast.hanako), course, AT)
        for number in ("2", "3"):
            assert self.post(client_for(cast.hanako), lesson, place=number).json() == {"saved": True}
        assert Place.objects.get().position == "3"
        assert not Statement.objects.exists()

    def test_looking_around_enrolls_nobody(self, cast, client_for):
        lesson = activities_of(course_of(open_to_guests=True))[0]
        assert self.post(client_for(cast.hanako), lesson, place="2").json() == {"saved": False}
        assert self.post(client_for(None), lesson, place="2").json() == {"saved": False}
        assert not Enrollment.objects.exists()

    def test_nonsense_is_not_kept(self, cast, client_for):
        course = course_of()
        enrolled(cast.learner(cast.hanako), course, AT)
        lesson = activities_of(course)[0]
        assert self.post(client_for(cast.hanako), lesson, place="x" * 61).json() == {"saved": False}
        assert self.post(client_for(cast.hanako), lesson).json() == {"saved": False}


class TestQuizRegistrations:
    def ask(self, rf, method, user, activity, who):
        request = getattr(rf, method)("/")
        request.user, request.session = user, {}
        return registration_of(request, activity, who)

    def test_a_post_begins_a_period_and_reading_does_not(self, rf, cast):
        quiz, who = activities_of(course_of(lessons=0))[0], cast.learner(cast.hanako)
        self.ask(rf, "get", cast.hanako, quiz, who)
        assert not Enrollment.objects.exists()
        registration = self.ask(rf, "post", cast.hanako, quiz, who)
        assert Enrollment.objects.get().uuid == registration
        assert self.ask(rf, "get", cast.hanako, quiz, who) == registration

    def test_who_may_not_enroll_has_none(self, rf, cast):
        quiz, who = activities_of(course_of(lessons=0, self_enrollment=False))[0], cast.learner(cast.hanako)
        self.ask(rf, "post", cast.hanako, quiz, who)
        assert not Enrollment.objects.exists()


def test_completed_helper_is_whole(cast):
    assert completed(cast.learner(cast.hanako), course_of(), AT).completions.count() == 1
