"""Who gets nothing of a SCORM launch, and what must not be committed: refused in words, and nothing is lost."""

import json

import pytest
from django.test import Client

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Course
from courses.packages.models import Package
from learning.launches.models import PackageAttempt
from learning.launches.tokens import token_of
from learning.scorm.models import ScormCommit, ScormState
from tests.courses.packages.playing import open_it
from tests.courses.packages.scorming import HOST, at_host, begin, host, mail, page_of

__all__ = ["begin", "host", "page_of"]

pytestmark = pytest.mark.django_db
BAD = [
    b"",
    b"[]",
    b"{",
    b"\xff\xfe{}",
    b"[" * 5000,
    {"seq": 1, "sco": "lesson", "cmi": {}},
    {"seq": "10001", "sco": "lesson", "cmi": {}},
    {"seq": True, "sco": "lesson", "cmi": {}},
    {"seq": 10_001, "sco": "", "cmi": {}},
    {"seq": 10_001, "sco": "other", "cmi": {}},
    {"seq": 10_001, "sco": "lesson", "cmi": []},
    {"seq": 10_001, "sco": "lesson", "cmi": {"core": []}},
    {"seq": 10_001, "sco": "lesson", "cmi": {"core": {"score": [1]}}},
    {"seq": 99_990_001, "sco": "lesson", "cmi": {}},
    b'{"seq": 10001, "sco": "lesson", "cmi": {"core": {"score": {"raw": NaN}}}}',
    b'{"seq": 10001, "sco": "lesson", "sco": "lesson", "cmi": {}}',
]


class TestBadInput:
    def test_what_is_no_commit_is_refused_and_nothing_is_kept(self, begin):
        course = begin()
        for body in BAD:
            answer = course.post(body)
            assert answer.status_code == 400, body
            assert "残っています" in answer.json()["message"]
        assert not ScormCommit.objects.exists()
        assert not ScormState.objects.exists()

    def test_a_megabyte_is_refused_and_the_commit_before_it_stays(self, begin):
        course = begin()
        course.commit(mail(place="report"))
        answer = course.commit(mail() | {"suspend_data": "x" * 1024 * 1024})
        assert answer.status_code == 413
        assert "残っています" in answer.json()["message"]
        assert ScormState.objects.get().location == "report"
        assert course.commit(mail(place="opened")).status_code == 200

    @pytest.mark.parametrize("length", [4_097, 64_000])
    def test_long_suspend_data_is_kept_whole(self, begin, length):
        text = "あ" * length
        assert begin().commit(mail(exit="suspend") | {"suspend_data": text}, end=True).status_code == 200
        assert begin().config["cmi"]["suspend_data"] == text

    def test_a_score_out_of_bounds_is_moved_to_them_and_named(self, begin):
        begin().commit(mail("passed", "900"), end=True)
        assert PackageAttempt.objects.get().score_raw == 100
        assert ScormCommit.objects.get().faults == ["clamped"]

    def test_a_package_that_runs_wild_waits_and_loses_nothing(self, begin, settings):
        settings.PACKAGE_SENDINGS_A_MINUTE = 2
        course = begin()
        bodies = [course.body(mail(place=str(n))) for n in range(3)]
        answers = [course.post(body) for body in bodies]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[2]["Retry-After"]) <= 60
        settings.PACKAGE_SENDINGS_A_MINUTE = 100
        assert course.post(bodies[2]).status_code == 200
        assert ScormState.objects.get().location == "2"

    def test_scripts_in_titles_and_data_stay_text(self, begin):
        course = begin()
        course.commit(mail() | {"suspend_data": "</script><script>alert(1)</script>"})
        html = course.page().content.decode()
        assert "<script>alert" not in html
        assert course.config["cmi"]["suspend_data"] == "</script><script>alert(1)</script>"


class TestDoors:
    def test_a_made_up_key_opens_nothing(self, begin):
        course = begin()
        browser = Client(headers={"host": HOST})
        for token in ("x", course.launch.uuid.hex, course.addresses["play_url"].split("/")[-2][:-1]):
            assert browser.get(f"/play/{token}/").status_code == 404
            assert browser.post(f"/play/{token}/commit/", "{}", "text/plain").status_code == 404

    def test_the_key_of_events_does_not_open_the_player(self, begin):
        course = begin()
        assert course.browser.get(f"/play/{token_of(course.launch.uuid)}/").status_code == 404

    def test_a_commit_from_another_site_is_not_taken(self, begin):
        course = begin()
        assert course.post(course.body(mail()), **{"Sec-Fetch-Site": "cross-site"}).status_code == 404
        assert not ScormCommit.objects.exists()

    def test_the_player_lets_nobody_else_frame_it_and_names_nobody(self, begin):
        answer = begin().page()
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors 'self' http://localhost:8000" in policy
        assert "unsafe" not in policy
        html = answer.content.decode()
        assert "佐藤" not in html
        assert "hanako" not in html

    def test_without_a_host_of_their_own_it_says_why_and_opens_nothing(
        self, begin, client_for, cast, settings
    ):
        course = begin()
        settings.PACKAGES_ORIGIN = ""
        answer = open_it(client_for(cast.hanako), course.exercise)
        assert answer.status_code in {302, 409}
        course.browser = Client()
        assert course.browser.get(at_host(course.addresses["play_url"])).status_code == 404

    @pytest.mark.parametrize("closed", ["course", "package", "account", "activity"])
    def test_what_is_closed_meanwhile_takes_no_more_and_keeps_what_was_saved(self, begin, cast, closed):
        course = begin()
        course.commit(mail(place="report"))
        if closed == "course":
            Course.objects.filter(pk=course.exercise.activity.course_id).update(status=CourseStatus.DRAFT)
        elif closed == "package":
            Package.objects.update(removed_at=course.launch.opened_at)
        elif closed == "account":
            type(cast.hanako).objects.filter(pk=cast.hanako.pk).update(is_active=False)
        else:
            type(course.exercise.activity).objects.filter(pk=course.exercise.activity.pk).update(
                is_offered=False
            )
        answer = course.commit(mail(place="opened"))
        assert answer.status_code == 409
        assert "閉じています" in answer.json()["message"]
        assert ScormState.objects.get().location == "report"
        assert course.page().status_code == 403

    def test_a_launch_that_was_erased_is_told_in_words(self, begin):
        course = begin()
        course.commit(mail())
        course.launch.delete()
        answer = course.commit(mail())
        assert answer.status_code == 404
        assert "もう使えません" in answer.json()["message"]
        assert course.page().status_code == 404


def test_the_data_of_a_commit_is_read_as_json_whatever_it_is_called(begin):
    """A beacon is text/plain and cannot be anything else."""
    course = begin()
    body = json.dumps(course.body(mail("passed", "100"), end=True))
    url = at_host(course.addresses["play_url"]) + "commit/"
    assert Client(headers={"host": HOST}).post(url, body, "text/plain;charset=UTF-8").status_code == 200
    assert PackageAttempt.objects.count() == 1
