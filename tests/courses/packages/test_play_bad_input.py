"""What a package must not send: refused in words, and nothing is kept of it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from learning.launches.models import PackageAttempt, PackageEvent, PackageState
from learning.records.models import Statement
from tests.courses.packages.playing import log

pytestmark = pytest.mark.django_db


class TestBadInput:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b"{",
            b'{"events": 1}',
            b'{"events": [{"seq": 0, "statement": {}}]}',
            b'{"events": [{"seq": 1}]}',
            b'{"events": [{"seq": 1, "statement": {}}, {"seq": 1, "statement": {}}]}',
            b'{"events": [{"seq": NaN, "statement": {}}]}',
            b'{"events": [], "events": []}',
            b'{"states": [{"sub": "0", "type": "", "data": "x"}]}',
            b'\xff\xfe{"events": []}',
            b"[" * 5000,
            json.dumps({"states": [{"sub": "0", "type": "state", "data": "x" * 300_000}]}).encode(),
            json.dumps({"events": [{"seq": n, "statement": {}} for n in range(1, 52)]}).encode(),
            json.dumps({"events": [{"seq": 1, "statement": {"x": "y" * 300_000}}]}).encode(),
            b'{"events": [{"seq": 20001, "statement": {}}]}',
        ],
    )
    def test_what_is_no_batch_is_refused_and_nothing_is_kept(self, begin, body):
        play = begin()
        answer = play.browser.post(play.addresses["events_url"], body, "application/json")
        assert answer.status_code == 400
        assert answer.json()["message"]
        assert not PackageEvent.objects.exists()
        assert not PackageState.objects.exists()

    def test_too_large_a_tree_is_left_out_and_the_result_counts(self, begin, exercise):
        events = list(log(1, exercise))
        events[-1]["tree"] = {"statement": {}, "children": ["x" * 300_000]}
        begin().send(events)
        assert PackageAttempt.objects.count() == 1
        assert PackageEvent.objects.latest("seq").tree is None

    def test_a_statement_about_something_else_is_kept_and_counts_for_nothing(self, begin, exercise):
        end = list(log(1, exercise))[-1]
        end["statement"]["object"]["id"] = "https://example.com/other"
        begin().send([end])
        assert PackageEvent.objects.count() == 1
        assert not Statement.objects.exists()

    def test_a_beacon_takes_the_last_words_without_a_session(self, begin, exercise):
        play = begin()
        assert play.beacon(log(1, exercise)).status_code == 200
        assert PackageAttempt.objects.count() == 1

    def test_a_beacon_from_elsewhere_or_with_another_key_takes_nothing(self, begin, exercise):
        play = begin()
        assert play.beacon(log(1, exercise), **{"Sec-Fetch-Site": "cross-site"}).status_code == 404
        play.addresses["beacon_url"] = reverse("learning:launch_beacon", args=["made-up:x:y"])
        assert play.beacon(log(1, exercise)).status_code == 404
        assert not PackageEvent.objects.exists()

    def test_a_page_left_open_for_a_day_says_so(self, begin, exercise, clock, at):
        play = begin()
        clock.move_to(at + timedelta(hours=13))
        play.browser.force_login(play.launch.enrollment.learner.user)
        answer = play.send(log(1, exercise))
        assert answer.status_code == 409
        assert UUID(play.addresses["launch"])
