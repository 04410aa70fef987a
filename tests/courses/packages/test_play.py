"""A package at work: who may open it, what it may send, and what comes of what it sent."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from courses.packages.enums import CompletionRule, LibraryStatus
from courses.packages.models import Library, Package
from learning.launches.models import Launch, PackageAttempt, PackageEvent, PackageState
from learning.records.models import Statement
from tests.courses.packages.playing import NAME, log, open_it, progress

pytestmark = pytest.mark.django_db


class TestResults:
    def test_leaving_in_the_middle_is_no_attempt(self, begin, exercise):
        assert begin().send(log(0, exercise)).json() == {
            "saved": True,
            "finished": False,
            "message": "保存しました。",
        }
        assert not PackageAttempt.objects.exists()
        assert not Statement.objects.exists()

    def test_finishing_is_one_attempt_and_one_result(self, begin, exercise):
        answer = begin().send(log(1, exercise)).json()
        assert answer["finished"] is True
        attempt = PackageAttempt.objects.get()
        assert [attempt.number, attempt.score_raw, attempt.score_max] == [1, 10, 12]
        assert progress(exercise).is_completed
        assert str(progress(exercise).best_scaled) == "0.83333"

    def test_the_same_batch_again_changes_nothing(self, begin, exercise):
        play = begin()
        play.send(log(1, exercise))
        before = list(Statement.objects.values_list("uuid", flat=True))
        assert play.send(log(1, exercise)).status_code == 200
        assert list(Statement.objects.values_list("uuid", flat=True)) == before
        assert PackageEvent.objects.count() == len(list(log(1, exercise)))

    def test_only_opening_what_is_finished_is_no_attempt(self, begin, exercise):
        play = begin()
        play.send(log(1, exercise), [{"sub": "0", "type": "state", "data": "{}"}])
        end = list(log(1, exercise))[-1] | {"seq": 1}
        assert begin().send([end]).json()["finished"] is False
        assert PackageAttempt.objects.count() == 1

    def test_a_retry_is_the_second_attempt_and_the_best_stays(self, begin, exercise):
        play = begin()
        play.send(log(1, exercise), [{"sub": "0", "type": "state", "data": "{}"}])
        begin().send(log(3, exercise))
        attempts = PackageAttempt.objects.order_by("number")
        assert [[one.number, one.score_raw] for one in attempts] == [[1, 10], [2, 12]]
        begin(again=True).send(log(4, exercise))
        assert str(progress(exercise).best_scaled) == "1.00000"

    def test_a_child_never_completes_the_whole(self, begin, exercise):
        end = list(log(1, exercise))[-1]["statement"]
        child = json.loads(json.dumps(end))
        child["object"]["id"] += "?subContentId=11111111-1111-4111-8111-111111111111"
        begin().send([{"seq": 1, "statement": child}])
        assert not Statement.objects.exists()

    @pytest.mark.parametrize(
        "score",
        [{"raw": 13, "max": 12}, {"raw": -1, "max": 12}, {"raw": "12", "max": 12}],
    )
    def test_a_forged_score_counts_as_taken_part_at_most(self, begin, exercise, score):
        end = list(log(1, exercise))[-1]
        end["statement"]["result"]["score"] = score
        end["statement"]["result"]["success"] = True
        begin().send([end])
        statement = Statement.objects.get()
        assert (statement.score_scaled, statement.success, statement.completion) == (None, None, True)

    def test_the_score_of_another_maximum_is_left_out(self, begin, exercise):
        exercise.package.versions.update(max_score=12)
        end = list(log(1, exercise))[-1]
        end["statement"]["result"]["score"] = {"raw": 99, "max": 99, "scaled": 1}
        begin().send([end])
        assert Statement.objects.get().score_scaled is None
        assert PackageAttempt.objects.get().verification == "mismatch"

    def test_no_more_attempts_than_the_author_allows(self, begin, exercise, client_for, cast):
        Package.objects.update(attempts_max=1)
        begin().send(log(1, exercise))
        headers = {"Accept": "application/json"}
        url = reverse("learning:launch_open", args=[exercise.activity.uuid])
        answer = client_for(cast.hanako).post(url, "{}", "application/json", headers=headers)
        assert answer.status_code == 409
        assert "回数" in answer.json()["message"]


class TestViewing:
    """Types that say nothing when they end: having been open for a while must do."""

    def test_looking_for_a_while_completes_and_a_glance_does_not(self, begin, exercise, clock, at):
        Package.objects.update(completion_rule=CompletionRule.VIEWED)
        play = begin()
        assert play.addresses["view_seconds"] > 0
        play.send(viewed=True)
        assert not Statement.objects.exists()
        clock.move_to(at + timedelta(seconds=30))
        play.send(viewed=True)
        play.send(viewed=True)
        assert Statement.objects.get().completion is True
        assert progress(exercise).is_completed

    def test_a_type_that_ends_is_not_completed_by_looking(self, begin, clock, at):
        play = begin()
        assert play.addresses["view_seconds"] == 0
        clock.move_to(at + timedelta(seconds=30))
        play.send(viewed=True)
        assert not Statement.objects.exists()


class TestState:
    def test_it_is_in_the_page_when_somebody_comes_back(self, begin):
        play = begin()
        play.send((), [{"sub": "0", "type": "state", "data": '{"at":2}'}])
        again = begin()
        html = again.browser.get(again.addresses["play_url"]).content.decode()
        assert '{\\"at\\":2}' in html
        assert again.addresses["notice"]

    def test_begin_again_forgets_it_and_an_old_window_does_not_bring_it_back(self, begin):
        old = begin()
        old.send((), [{"sub": "0", "type": "state", "data": "{}"}])
        begin(again=True)
        assert not PackageState.objects.exists()
        answer = old.send((), [{"sub": "0", "type": "state", "data": '{"late":1}'}])
        assert answer.status_code == 409
        assert "別の画面" in answer.json()["message"]
        assert not PackageState.objects.exists()

    def test_of_two_windows_the_newer_keeps_the_place_and_results_of_both_count(self, begin, exercise):
        old, new = begin(), begin()
        new.send((), [{"sub": "0", "type": "state", "data": '{"new":1}'}])
        old.send(log(1, exercise), [{"sub": "0", "type": "state", "data": '{"old":1}'}])
        assert PackageState.objects.get().data == '{"new":1}'
        assert PackageAttempt.objects.count() == 1

    def test_who_is_in_the_middle_stays_on_their_version(self, begin, bring, exercise, example):
        begin().send((), [{"sub": "0", "type": "state", "data": "{}"}])
        first = exercise.package.current
        second = bring(example(f"{NAME}.h5p"), "new.h5p", replaces=exercise.package).version
        assert begin().launch.version == first
        assert begin(again=True).launch.version == second

    def test_two_learners_do_not_share_it(self, begin, cast):
        begin().send((), [{"sub": "0", "type": "state", "data": '{"secret":1}'}])
        other = begin(cast.kacho)
        assert "secret" not in other.browser.get(other.addresses["play_url"]).content.decode()


class TestDoors:
    def test_another_person_gets_nothing_of_a_launch(self, begin, client_for, cast):
        play = begin()
        for person in (cast.outsider, cast.kacho, None):
            browser = client_for(person)
            assert browser.get(play.addresses["play_url"]).status_code == 404
            assert browser.post(play.addresses["events_url"], "{}", "application/json").status_code == 404

    def test_the_page_is_alone_in_a_sandbox(self, begin, exercise):
        play = begin()
        answer = play.browser.get(play.addresses["play_url"])
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src http://testserver;")
        assert "unsafe-eval" not in policy
        html = answer.content.decode()
        for secret in (play.addresses["beacon_url"], play.addresses["events_url"], "csrf", "hanako"):
            assert secret not in html

    def test_its_files_come_whole_and_sealed(self, begin):
        play = begin()
        html = play.browser.get(play.addresses["play_url"]).content.decode()
        library = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse")
        stranger = Client()
        path = reverse("courses:library_file", args=[library.tree_sha, "js/reasoned-true-false.js"])
        script = stranger.get(path)
        assert script.status_code == 200
        assert script["Access-Control-Allow-Origin"] == "*"
        assert script["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "immutable" in script["Cache-Control"]
        joined = next(
            part for part in html.split('"') if "/packages/closures/" in part and part.endswith(".js")
        )
        assert b"ReasonedTrueFalse" in stranger.get(joined).getvalue()

    def test_a_blocked_library_stops_play_and_its_files(self, begin, exercise, client_for, cast):
        play = begin()
        library = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse")
        Library.objects.filter(pk=library.pk).update(status=LibraryStatus.BLOCKED)
        path = reverse("courses:library_file", args=[library.tree_sha, "library.json"])
        assert Client().get(path).status_code == 404
        headers = {"Accept": "application/json"}
        url = reverse("learning:launch_open", args=[exercise.activity.uuid])
        answer = play.browser.post(url, "{}", "application/json", headers=headers)
        assert answer.status_code == 409
        assert "message" in answer.json()

    def test_made_up_addresses_of_content_open_nothing(self, exercise):
        version = exercise.package.current
        for token in (version.uuid.hex, f"{version.uuid.hex}-20261121-{'0' * 40}", "x"):
            path = reverse("courses:content_file", args=[token, "content.json"])
            assert Client().get(path).status_code == 404

    def test_a_visitor_of_a_course_for_members_is_asked_to_sign_in(self, exercise):
        answer = open_it(Client(), exercise)
        assert answer.status_code in {302, 401}
        assert not Launch.objects.exists()


def test_opening_and_saving_cost_few_queries(begin, exercise, django_assert_max_num_queries):
    play = begin()
    play.browser.get(play.addresses["play_url"])
    with django_assert_max_num_queries(12):
        play.browser.get(play.addresses["play_url"])
    states = [{"sub": "0", "type": "state", "data": "{}"}]
    with django_assert_max_num_queries(14):
        play.send(list(log(0, exercise)), states)
