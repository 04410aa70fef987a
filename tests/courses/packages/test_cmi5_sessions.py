"""What an AU may say in a session, and how a session ends (cmi5, 7.1 and 9; sections in the names)."""

from datetime import timedelta

import pytest

from learning.cmi5 import words
from learning.cmi5.actions import abandon_expired
from learning.cmi5.models import Cmi5Session
from learning.launches.models import PackageAttempt
from learning.records.models import Statement
from tests.courses.packages.cmi5_units import bodies
from tests.courses.packages.playing import progress

pytestmark = pytest.mark.django_db


class TestStatements:
    def test_9_3_the_usual_way(self, one, launch):
        unit = launch(one).start().say("initialized")
        unit.post(unit.statement("experienced", allowed=True))
        unit.passed(0.9).say("terminated")
        row = progress(one)
        assert (row.is_passed, str(row.best_scaled), row.satisfied_at is not None) == (True, "0.90000", True)

    def test_the_same_statement_again_is_no_error_and_another_one_under_its_id_is(self, one, launch):
        unit = launch(one).start().say("initialized")
        told = unit.statement("passed", success=True, score={"scaled": 0.9})
        assert [unit.post(told).status_code for _ in range(2)] == [200, 204]
        assert unit.post({**told, "result": {**told["result"], "duration": "PT1S"}}).status_code == 409
        assert PackageAttempt.objects.count() == 1

    def test_9_3_2_initialized_is_first(self, one, launch):
        unit = launch(one).start()
        unit.refused(unit.statement("completed", completion=True), "9.3.2")
        unit.refused(unit.statement("experienced", allowed=True), "9.3.2")
        unit.say("initialized")
        unit.refused(unit.statement("completed", completion=True, seconds=-60), "9.3.2")

    def test_9_3_8_nothing_after_terminated(self, one, launch, clock, at):
        unit = launch(one).start().say("initialized").say("terminated")
        unit.refused(unit.statement("completed", completion=True), "9.3.8")
        late = unit.statement("experienced", allowed=True, seconds=-0.001)
        clock.move_to(at + timedelta(minutes=5))
        unit.refused(late, "9.3.8")
        assert unit.state("place", "PUT", {"page": 2}).status_code == 403

    def test_a_statement_that_was_overtaken_by_terminated_still_counts(self, one, launch):
        unit = launch(one).start().say("initialized")
        passed = unit.statement("passed", success=True, score={"scaled": 1})
        unit.say("terminated")
        assert unit.post(passed).status_code == 200
        assert progress(one).is_passed

    def test_9_3_once_a_session_and_once_a_registration(self, one, launch):
        unit = launch(one).start().say("initialized").completed()
        unit.refused(unit.statement("initialized"), "9.3")
        unit.refused(unit.statement("completed", completion=True), "9.3")
        unit.failed()
        unit.refused(unit.statement("passed", success=True, score={"scaled": 1}), "9.3")
        second = launch(one).start().say("initialized")
        second.refused(second.statement("completed", completion=True), "9.3")
        second.failed().say("terminated")
        third = launch(one).start().say("initialized").passed().say("terminated")
        assert third.asked["registration"] == unit.asked["registration"]

    def test_9_3_4_and_9_3_5_the_mastery_score_decides(self, one, launch):
        unit = launch(one).start().say("initialized")
        unit.refused(unit.statement("passed", success=True, score={"scaled": 0.79}), "9.3.4")
        unit.refused(unit.statement("failed", success=False, score={"scaled": 0.8}), "9.3.5")
        told = unit.statement("passed", success=True, score={"scaled": 0.8})
        del told["context"]["extensions"][words.MASTERY]
        unit.refused(told, "9.6.3.2")

    @pytest.mark.parametrize(
        ("change", "section"),
        [
            (lambda s: s.pop("id"), "9.1"),
            (lambda s: s.update(actor={"mbox": "mailto:a@example.jp"}), "9.2"),
            (lambda s: s["context"].pop("registration"), "9.6.1"),
            (lambda s: s["context"]["extensions"].pop(words.SESSION), "9.6.3.1"),
            (lambda s: s["context"]["contextActivities"].pop("grouping"), "9.6.2.3"),
            (lambda s: s.pop("timestamp"), "9.7"),
            (lambda s: s.update(timestamp="2026-11-21T10:00:00+09:00"), "9.7"),
            (lambda s: s.update(object={"id": "https://au.example.jp/one"}), "9.4"),
            (lambda s: s["result"].pop("duration"), "9.5.4.1"),
            (lambda s: s["result"].update(success=False), "9.5.2"),
            (lambda s: s["result"].update(completion=True), "9.5.3"),
            (lambda s: s["result"].update(score={"scaled": -0.5}), "9.5.1"),
            (lambda s: s["result"].update(score={"raw": 5}), "9.5.1"),
            (lambda s: s["result"].update(extensions={words.PROGRESS: 101}), "9.5.5.1"),
            (lambda s: s["context"]["contextActivities"]["category"].pop(), "9.6.2.2"),
            (lambda s: s["verb"].update(id=words.SATISFIED), "7.1.3"),
            (lambda s: s["verb"].update(id=words.LAUNCHED), "7.1.3"),
            (
                lambda s: s.update(
                    verb={"id": words.VOIDED}, object={"objectType": "StatementRef", "id": s["id"]}
                ),
                "6.3",
            ),
        ],
    )
    def test_what_breaks_a_rule_is_refused_with_its_section(self, one, launch, change, section):
        unit = launch(one).start().say("initialized")
        told = unit.statement("passed", success=True, score={"scaled": 1})
        change(told)
        before = Statement.objects.count()
        unit.refused(told, section)
        assert Statement.objects.count() == before

    def test_a_batch_is_taken_whole_or_not_at_all(self, one, launch):
        unit = launch(one).start()
        first, bad = unit.statement("initialized"), unit.statement("completed", completion=False)
        assert unit.post(first, bad).status_code == 403
        assert Cmi5Session.objects.get().last_at is None
        assert unit.post(first, unit.statement("completed", completion=True, seconds=1)).status_code == 200
        assert progress(one).is_completed

    def test_10_what_was_passed_is_opened_for_review(self, one, launch):
        launch(one).start().say("initialized").passed().say("terminated")
        unit = launch(one).start()
        assert unit.data["launchMode"] == "Review"
        unit.say("initialized")
        unit.refused(unit.statement("completed", completion=True), "10.0")
        unit.say("terminated")


class TestAbandoned:
    def test_9_3_6_a_new_launch_abandons_the_open_one(self, one, launch):
        first = launch(one).start().say("initialized")
        second = launch(one).start()
        (told,) = bodies(words.ABANDONED)
        assert (
            told["context"]["extensions"][words.SESSION]
            == first.data["contextTemplate"]["extensions"][words.SESSION]
        )
        assert told["result"]["duration"].startswith("PT")
        first.refused(first.statement("completed", completion=True), "9.3.6")
        assert first.state("place", "PUT", {"page": 1}).status_code == 403
        second.say("initialized").completed().say("terminated")
        launch(one)
        assert len(bodies(words.ABANDONED)) == 1

    def test_what_nobody_ends_is_abandoned_when_its_time_is_over(self, one, launch, at):
        unit = launch(one).start().say("initialized")
        assert abandon_expired(at=at + timedelta(hours=11)) == 0
        assert abandon_expired(at=at + timedelta(hours=13)) == 1
        assert abandon_expired(at=at + timedelta(hours=13)) == 0
        assert len(bodies(words.ABANDONED)) == 1
        assert unit.post(unit.statement("completed", completion=True)).status_code == 403
