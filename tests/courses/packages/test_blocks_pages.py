"""Packages in lessons as readers meet them: in every face, on paper, and at closed doors."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from courses.catalog.models import Activity, Course
from courses.packages.blocking import block, unblock
from courses.packages.models import Library, Package, PackageVersion
from learning.enrollments.models import Enrollment
from learning.launches.models import Launch, PackageAttempt
from people.preferences.enums import Face
from tests.courses.lesson_cases import make_course, make_lesson
from tests.courses.packages.playing import NAME, log, open_it
from tests.courses.packages.with_blocks import FIRST, SECOND, Exercise, package_block, publish, put_blocks

pytestmark = pytest.mark.django_db
ADDRESS = "/courses/t901/l1/"
OPENS = "練習を始める"
TEXT = {"type": "text", "value": {"heading": "{話|はなし}", "body": "<p>本文です。</p>", "easy": ""}}


@pytest.fixture
def package(examples, cast):
    package = examples[f"{NAME}.h5p"]
    Package.objects.filter(pk=package.pk).update(owner_body=cast.prefecture)
    package.refresh_from_db()
    return package


@pytest.fixture
def lesson(examples, package):
    """Open to everybody: a text, and two exercises."""
    blocks = [
        TEXT,
        package_block(FIRST, package, easy="<p>やさしい{文|ぶん}です。</p>"),
        package_block(SECOND, examples["steps-in-order.h5p"]),
    ]
    return make_lesson(make_course(open_to_guests=True), blocks)


@pytest.fixture
def exercise(lesson):
    return Exercise(Activity.objects.filter(parent=lesson.activity).order_by("pk")[0])


def in_face(browser: Client, face: str, address: str = ADDRESS) -> str:
    response = browser.get(f"{address}?face={face}", follow=True)
    assert response.status_code == 200
    return str(response.text)


def plain(html: str) -> str:
    return re.sub(r"<rt.*?</rt>|<rp.*?</rp>|<[^>]+>", "", html)


class TestFaces:
    @pytest.mark.parametrize("face", ["standard", "ruby", "easy"])
    def test_both_stand_in_the_text_with_what_they_need_once(self, lesson, face):
        html = in_face(Client(), face)
        assert html.count("data-package-open") == 2
        assert html.count("js/package.js") == html.count("css/package.css") == 1
        assert "csrfmiddlewaretoken" in html

    def test_easy_readers_get_the_easy_words(self, lesson):
        words = plain(in_face(Client(), "easy"))
        assert "やさしい文です" in words and words.count("答えを選びます") == 1
        assert plain(in_face(Client(), "standard")).count("答えを選びます") == 2

    def test_on_the_large_face_each_is_a_screen_and_only_there_comes_its_code(self, lesson):
        browser = Client()
        assert "js/package.js" not in in_face(browser, "large")
        for step in (2, 3):
            html = browser.get(f"{ADDRESS}?step={step}").text
            assert html.count("data-package-open") == 1
            assert html.count("js/package.js") == 1

    def test_a_lesson_without_one_loads_nothing_of_it(self, examples):
        make_lesson(make_course(open_to_guests=True), [TEXT])
        html = in_face(Client(), "standard")
        assert "package.js" not in html and "package.css" not in html

    def test_a_page_costs_the_same_with_two_as_with_many(self, lesson, package, cast, client_for):
        def cost() -> int:
            browser = client_for(cast.hanako)
            browser.get(ADDRESS)
            with CaptureQueriesContext(connection) as counted:
                browser.get(ADDRESS)
            return len(counted)

        few = cost()
        more = [package_block(f"11111111-0000-4000-8000-00000000001{n}", package) for n in range(6)]
        put_blocks(lesson, [TEXT, *more])
        publish(lesson)
        assert cost() == few

    def test_paper_leads_to_the_place_on_the_screen(self, lesson):
        pdf = Client().get(f"/handouts/{lesson.activity.uuid}.pdf")
        text = re.sub(
            r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
        )
        assert text.count("この練習は、画面で行います") == 2
        assert "T901-L1/2" in text and "T901-L1/3" in text
        assert Client().get("/s/T901-L1/2/").status_code == 302


class TestDoors:
    def test_a_visitor_plays_what_is_open_without_an_account(self, lesson, exercise):
        browser = Client()
        assert OPENS in browser.get(ADDRESS).text
        assert open_it(browser, exercise).status_code == 200
        assert Enrollment.objects.get().learner.user is None

    def test_a_closed_course_stays_closed_with_its_exercises(self, lesson, exercise, cast, client_for):
        Course.objects.update(open_to_guests=False, self_enrollment=False)
        assert Client().get(ADDRESS).status_code == 302
        assert open_it(Client(), exercise).status_code in (302, 401)
        stranger = client_for(cast.outsider)
        assert stranger.get(ADDRESS).status_code == 404
        assert open_it(stranger, exercise).status_code == 404
        assert not Launch.objects.exists()

    def test_who_writes_a_course_is_told_that_it_is_assigned(self, lesson, exercise, cast, client_for):
        Course.objects.update(open_to_guests=False, self_enrollment=False)
        html = client_for(cast.author).get(ADDRESS).text
        assert "data-package-open" not in html
        assert "受講は、担当者が割り当てます" in html

    def test_after_the_end_of_a_period_the_page_says_so(self, lesson, exercise, cast, client_for, at):
        browser = client_for(cast.hanako)
        open_it(browser, exercise)
        Enrollment.objects.update(closed_at=at + timedelta(seconds=1))
        Course.objects.update(open_to_guests=False, self_enrollment=False)
        html = browser.get(ADDRESS).text
        assert "data-package-open" not in html
        assert "受講は終わっている" in html

    @pytest.mark.parametrize("face", list(Face))
    def test_a_stopped_library_is_told_before_the_button_in_every_face(
        self, lesson, exercise, cast, at, face
    ):
        library = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse")
        block(library=library, reason="点検", by=cast.admin, at=at)
        browser = Client()
        html = in_face(browser, face)
        html = browser.get(f"{ADDRESS}?step=2").text if face == Face.LARGE else html
        words = plain(html)
        assert "いまは止めています" in words
        assert html.count("data-package-open") == (0 if face == Face.LARGE else 1)
        unblock(library=library, by=cast.admin, at=at)
        assert "いまは止めています" not in browser.get(f"{ADDRESS}?step=2", follow=True).text

    def test_attempts_that_are_left_and_used_up_are_told(self, lesson, exercise, package, cast, client_for):
        package.attempts_max = 1
        package.save()
        browser = client_for(cast.hanako)
        assert "あと1回できます" in browser.get(ADDRESS).text.replace(" ", "")
        addresses = open_it(browser, exercise).json()
        body = {"events": list(log(1, exercise)), "states": []}
        browser.post(addresses["events_url"], body, "application/json")
        html = browser.get(ADDRESS).text
        assert PackageAttempt.objects.count() == 1
        assert "すべて終えました" in html and "練習ずみ" in html
        assert html.count("data-package-open") == 1

    def test_who_was_in_the_middle_is_offered_to_go_on(self, lesson, exercise, cast, client_for):
        browser = client_for(cast.hanako)
        addresses = open_it(browser, exercise).json()
        body = {"events": [], "states": [{"sub": "0", "type": "state", "data": "{}"}]}
        browser.post(addresses["events_url"], body, "application/json")
        assert browser.get(ADDRESS).text.count("練習のつづきをする") == 1

    def test_a_replaced_package_is_played_at_once_under_the_same_page(
        self, lesson, exercise, package, cast, client_for, at
    ):
        browser = client_for(cast.hanako)
        browser.get(ADDRESS)
        old = package.current
        new = PackageVersion.objects.create(
            package=package, number=2, params=old.params, main_library=old.main_library, created_at=at
        )
        Package.objects.filter(pk=package.pk).update(current=new, title="新しい題")
        open_it(browser, exercise)
        assert Launch.objects.get().version == new
