"""What follows from what units said: moveOn, blocks, the course, results and attempts (cmi5, 9.3.7, 9.3.9, 13.1.4)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from learning.cmi5 import words
from learning.launches.models import PackageAttempt
from learning.progress.models import ActivityProgress
from learning.records.models import Statement
from tests.courses.packages.cmi5_units import (
    Unit,
    au,
    block,
    bodies,
    iri,
    list_of,
    open_page,
    opened,
    structure,
)
from tests.courses.packages.playing import progress

pytestmark = pytest.mark.django_db


class TestWhatFollows:
    def test_moveon_applies_to_aus_blocks_and_the_course(self, cmi5_page, launch, client_for, cast):
        page = cmi5_page(
            structure(
                block("b", au("x", "Completed"), au("y", "CompletedAndPassed")), au("z", "NotApplicable")
            )
        )
        address = open_page(client_for(cast.hanako), page).json()["play_url"]
        units = list_of(client_for(cast.hanako), address)
        x = (
            Unit(opened(client_for(cast.hanako), units["x"]))
            .start()
            .say("initialized")
            .completed()
            .say("terminated")
        )
        assert not bodies(words.SATISFIED)
        assert not ActivityProgress.objects.filter(activity=page.activity).exists()
        y = Unit(opened(client_for(cast.hanako), units["y"])).start().say("initialized").completed()
        assert not bodies(words.SATISFIED)
        y.passed(0.6)
        told = bodies(words.SATISFIED)
        kinds = [one["object"]["definition"]["type"] for one in told]
        assert kinds == [words.BLOCK_TYPE, words.COURSE_TYPE]
        session = y.data["contextTemplate"]["extensions"][words.SESSION]
        assert {one["context"]["extensions"][words.SESSION] for one in told} == {session}
        assert x.asked["registration"] == y.asked["registration"]
        row = progress(page)
        assert (row.is_completed, row.is_passed, str(row.best_scaled), row.count) == (
            True,
            True,
            "0.60000",
            1,
        )

    def test_a_failure_is_an_attempt_and_passing_later_the_next(self, one, launch):
        launch(one).start().say("initialized").failed(0.4).say("terminated")
        assert progress(one).satisfied_at is None
        launch(one).start().say("initialized").passed(0.85).say("terminated")
        rows = PackageAttempt.objects.order_by("number")
        assert [(row.number, row.success, row.score_raw, row.score_max) for row in rows] == [
            (1, False, Decimal(40), Decimal(100)),
            (2, True, Decimal(85), Decimal(100)),
        ]
        assert [row.verification for row in rows] == ["unverified"] * 2
        assert all(Statement.objects.filter(uuid=row.statement_uuid).exists() for row in rows)

    def test_completed_and_then_passed_in_one_session_is_one_attempt(self, one, launch):
        launch(one).start().say("initialized").completed().passed(0.9).say("terminated")
        attempt = PackageAttempt.objects.get()
        assert (attempt.success, attempt.score_raw) == (True, Decimal(90))
        assert progress(one).count == 2

    def test_without_criterion_the_first_word_is_enough(self, cmi5_page, launch):
        page = cmi5_page(structure(au("free", "NotApplicable")))
        unit = launch(page).start()
        assert len(bodies(words.SATISFIED)) == 1
        assert not ActivityProgress.objects.filter(activity=page.activity).exists()
        unit.say("initialized")
        assert progress(page).is_completed

    def test_beginning_anew_is_a_new_registration(self, one, launch):
        first = launch(one).start().say("initialized").passed().say("terminated")
        second = launch(one, again=True).start()
        assert second.asked["registration"] != first.asked["registration"]
        assert second.data["launchMode"] == "Normal"
        second.say("initialized").failed(0.1).say("terminated")
        assert progress(one).is_passed
        assert PackageAttempt.objects.count() == 2

    def test_the_desk_says_when_it_is_passed(self, cmi5_page, launch):
        page = cmi5_page(structure(au("m", "Passed", attributes='masteryScore="0.5"')), pass_percent=90)
        unit = launch(page).start()
        assert unit.data["masteryScore"] == 0.9

    def test_when_attempts_are_used_up_only_a_look_is_left(self, cmi5_page, launch, client_for, cast):
        page = cmi5_page(structure(au("m", "Passed", attributes='masteryScore="0.5"')), attempts_max=1)
        launch(page).start().say("initialized").failed().say("terminated")
        assert launch(page).start().data["launchMode"] == "Review"
        assert open_page(client_for(cast.hanako), page, again=True).status_code == 409


class TestWaived:
    def test_9_3_7_a_waived_unit_counts_as_met_once(self, cmi5_page, launch, capsys):
        page = cmi5_page(structure(au("m", "CompletedAndPassed")))
        unit = launch(page).start()
        for said in ("waived\n", "waived already; nothing was changed\n"):
            call_command("waive_unit", unit.asked["registration"], iri("m"), reason="Tested Out")
            assert capsys.readouterr().out == said
        (told,) = bodies(words.WAIVED)
        assert told["result"]["extensions"] == {words.REASON: "Tested Out"}
        session = told["context"]["extensions"][words.SESSION]
        assert session != unit.data["contextTemplate"]["extensions"][words.SESSION]
        assert [one["context"]["extensions"][words.SESSION] for one in bodies(words.SATISFIED)] == [session]
        assert progress(page).is_completed
        assert not PackageAttempt.objects.exists()
        assert launch(page).start().data["launchMode"] == "Review"

    def test_what_is_not_there_is_not_waived(self, one, launch):
        unit = launch(one)
        with pytest.raises(CommandError, match="no unit"):
            call_command("waive_unit", unit.asked["registration"], iri("other"))
        with pytest.raises(CommandError, match="no registration"):
            call_command("waive_unit", str(uuid4()), iri("one"))
