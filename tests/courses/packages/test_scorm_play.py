"""SCORM at work: what the player gives, what commits come to, and what a learner finds again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from courses.packages.enums import CompletionRule
from courses.packages.models import Package
from learning.launches.models import PackageAttempt
from learning.progress.models import ActivityProgress
from learning.records.models import Statement
from learning.scorm.models import ScormCommit, ScormState
from tests.courses.packages.playing import open_it
from tests.courses.packages.scorming import ANSWERS, MAIL, at_host, begin, check, host, mail, opened, page_of

__all__ = ["begin", "host", "page_of"]

pytestmark = pytest.mark.django_db


def attempts() -> list[PackageAttempt]:
    return list(PackageAttempt.objects.order_by("number"))


def replays() -> None:
    call_command("rebuild_attempts", "--check", stdout=StringIO())


class TestSaving:
    def test_where_somebody_was_is_found_again(self, begin):
        course = begin()
        assert course.config["cmi"]["core"]["entry"] == "ab-initio"
        assert course.commit(mail(place="report", exit="suspend"), end=True).json()["saved"] is True
        again = begin()
        core = again.config["cmi"]["core"]
        assert (core["entry"], core["lesson_location"], core["lesson_mode"]) == ("resume", "report", "normal")
        assert again.config["cmi"]["suspend_data"] == mail(place="report")["suspend_data"]
        assert again.addresses["notice"] == "前の続きから始めます。"
        assert not attempts()

    def test_time_is_added_visit_by_visit(self, begin):
        course = begin()
        course.commit(mail(time="00:00:20"))
        course.commit(mail(time="00:00:50", exit="suspend"), end=True)
        again = begin()
        assert again.config["cmi"]["core"]["total_time"] == "0000:00:50.00"
        again.commit(mail(time="00:00:10", exit="suspend"), end=True)
        assert begin().config["cmi"]["core"]["total_time"] == "0000:01:00.00"
        assert ScormState.objects.get().total_ms == 60_000

    def test_every_commit_is_kept_with_its_interactions(self, begin):
        course = begin()
        for place in ("start", "signs", "report"):
            course.commit(mail(place=place))
        log = ScormCommit.objects.order_by("seq")
        assert [row.body["core"]["lesson_location"] for row in log] == ["start", "signs", "report"]
        assert log[2].body["interactions"]["0"]["student_response"] == "b"

    def test_the_same_commit_again_changes_nothing(self, begin):
        course = begin()
        body = course.body(mail("passed", "100"), end=True)
        first, second = course.post(body).json(), course.post(body).json()
        assert first == second
        assert (ScormCommit.objects.count(), len(attempts()), Statement.objects.count()) == (1, 1, 1)

    def test_an_older_commit_that_comes_late_changes_nothing(self, begin):
        course = begin()
        early = course.body(mail(place="start"))
        course.commit(mail(place="report"))
        assert course.post(early).status_code == 200
        assert ScormState.objects.get().location == "report"
        assert ScormCommit.objects.get(seq=early["seq"]).fault == "late"

    def test_two_learners_do_not_share_anything(self, begin, cast):
        begin().commit(mail("passed", "100"), end=True)
        other = begin(who=cast.kacho)
        assert other.config["cmi"]["core"]["entry"] == "ab-initio"
        other.commit(mail("failed", "0"), end=True)
        assert {(one.enrollment.learner.user_id, one.success) for one in attempts()} == {
            (cast.hanako.pk, True),
            (cast.kacho.pk, False),
        }


class TestResults:
    def test_passing_counts_at_once(self, begin):
        course = begin()
        answer = course.commit(mail("passed", "80", time="00:00:45")).json()
        assert (answer["finished"], answer["message"]) == (True, "保存しました。結果を記録しました。")
        [attempt] = attempts()
        assert [attempt.score_raw, attempt.score_max, attempt.success] == [80, 100, True]
        assert (attempt.duration_ms, attempt.verification) == (45_000, "unverified")
        statement = Statement.objects.get()
        assert (statement.uuid, str(statement.score_scaled)) == (attempt.statement_uuid, "0.80000")
        assert ActivityProgress.objects.get(activity=course.exercise.activity).is_completed
        replays()

    def test_failing_counts_when_the_sco_says_goodbye(self, begin):
        course = begin()
        course.commit(mail("failed", "33"))
        assert not attempts()
        course.commit(mail("failed", "33"), end=True)
        assert [one.success for one in attempts()] == [False]

    def test_the_mastery_score_of_the_manifest_decides(self, begin):
        begin().commit(mail("completed", "59"), end=True)
        begin(again=True).commit(mail("completed", "60"), end=True)
        assert [one.success for one in attempts()] == [False, True]
        replays()

    def test_going_on_and_doing_better_is_another_attempt_and_doing_worse_is_none(self, begin):
        course = begin()
        for raw in ("70", "40", "100", "100"):
            course.commit(mail("passed", raw), end=True)
        assert [one.score_raw for one in attempts()] == [70, 100]
        assert str(Statement.objects.order_by("pk")[1].score_scaled) == "1.00000"
        replays()

    def test_two_scos_count_when_both_are_done(self, begin):
        course = begin(ANSWERS)
        assert course.config["sco"] == "learn"
        assert course.commit(check("completed"), end=True).json()["done"] == ["learn"]
        assert not attempts()
        course.page("check")
        assert course.config["cmi"]["scaled_passing_score"] == "0.6"
        course.commit(check("completed", "0.75"), end=True)
        [attempt] = attempts()
        assert [attempt.score_raw, attempt.score_max, attempt.success] == [75, 100, True]
        replays()

    def test_only_passing_completes_where_the_author_wants_it(self, begin):
        course = begin()
        Package.objects.update(completion_rule=CompletionRule.PASSED)
        course.commit(mail("failed", "10"), end=True)
        progress = ActivityProgress.objects.get(activity=course.exercise.activity)
        assert (len(attempts()), progress.is_completed) == (1, False)

    def test_what_the_author_asks_for_is_above_the_word_of_the_sco(self, begin, page_of):
        begin()
        Package.objects.update(pass_percent=90)
        course = begin()
        course.commit(mail("passed", "80"), end=True)
        assert [one.success for one in attempts()] == [False]

    def test_no_more_attempts_than_allowed_but_looking_again_is_possible(self, begin, client_for, cast):
        course = begin()
        Package.objects.update(attempts_max=1)
        course = begin()
        course.commit(mail("passed", "80"), end=True)
        answer = open_it(client_for(cast.hanako), course.exercise, again=True)
        assert answer.status_code in {302, 409}
        review = begin()
        assert review.config["review"] is True
        assert "記録は変わりません" in review.addresses["notice"]
        review.commit(mail("passed", "100"), end=True)
        assert [one.score_raw for one in attempts()] == [80]
        replays()


class TestAgain:
    def test_what_is_done_and_left_is_looked_at_again_without_counting(self, begin):
        begin().commit(mail("passed", "80", exit="normal"), end=True)
        review = begin()
        assert review.config["review"] is True
        assert review.config["cmi"]["core"]["lesson_mode"] == "review"
        review.commit(mail("failed", "0"), end=True)
        assert ScormState.objects.get().success == "passed"
        assert ScormCommit.objects.order_by("pk")[1].fault == "review"

    def test_beginning_anew_is_a_new_attempt(self, begin):
        begin().commit(mail("passed", "100", exit="normal"), end=True)
        course = begin(again=True)
        assert course.config["cmi"]["core"]["entry"] == "ab-initio"
        assert course.config["cmi"]["core"]["total_time"] == "0000:00:00.00"
        course.commit(mail("failed", "20"), end=True)
        assert [[one.number, one.success] for one in attempts()] == [[1, True], [2, False]]
        replays()

    def test_who_is_in_the_middle_stays_on_their_version(self, begin, bring, example):
        course = begin()
        course.commit(mail())
        first = course.launch.version
        package = course.exercise.package
        assert bring(example(MAIL), "new.zip", replaces=package).version != first
        assert begin().launch.version == first
        assert begin(again=True).launch.version != first


class TestWindows:
    def test_the_later_window_has_the_word(self, begin):
        old = begin()
        old.commit(mail(place="signs"))
        new = begin()
        answer = old.commit(mail(place="report"))
        assert answer.status_code == 409
        assert "別の画面" in answer.json()["message"]
        new.commit(mail(place="opened"))
        assert ScormState.objects.get().location == "opened"

    def test_the_same_address_in_two_tabs_is_two_windows(self, begin):
        course = begin()
        first = dict(course.config)
        course.page()
        course.commit(mail(place="opened"))
        course.config = first
        assert course.commit(mail(place="signs")).status_code == 409
        assert ScormState.objects.get().location == "opened"

    def test_the_last_words_of_a_page_count_until_the_next_one_is_shown(self, begin, client_for, cast):
        course = begin()
        opened(client_for(cast.hanako), course.exercise)
        assert course.commit(mail(place="report"), end=True).status_code == 200
        assert ScormState.objects.get().location == "report"


class TestOutline:
    def test_the_menu_tells_where_one_stands(self, begin):
        course = begin(ANSWERS)
        html = course.page().content.decode()
        assert 'aria-current="page">学ぶ<' in html
        assert 'rel="next"' in html
        assert 'rel="prev"' not in html
        course.commit(check("completed"), end=True)
        html = course.page().content.decode()
        assert 'aria-current="page">確かめる<' in html

    def test_a_package_of_one_sco_has_no_menu(self, begin):
        html = begin().page().content.decode()
        assert "data-scorm-menu" not in html


def test_the_player_and_its_commits_cost_few_queries(begin, django_assert_max_num_queries):
    course = begin()
    course.commit(mail(place="signs"))
    with django_assert_max_num_queries(10):
        course.page()
    with django_assert_max_num_queries(18):
        course.commit(mail(place="report"))


def test_a_launch_that_is_a_day_old_says_so(begin, clock, at):
    course = begin()
    clock.move_to(at + timedelta(hours=12, minutes=5))
    assert course.commit(mail()).status_code == 409
    answer = course.page()
    assert answer.status_code == 410
    assert "開いてから時間" in answer.content.decode()


def test_no_cookie_is_set_and_none_is_needed(begin):
    course = begin()
    answer = course.page()
    assert not answer.cookies
    assert not course.commit(mail()).cookies
    assert (
        Client(headers={"host": "testserver"})
        .get(f"/play/{at_host(course.addresses['play_url']).split('/')[-2]}/")
        .status_code
        == 404
    )
