"""Attempts follow from the stored events: in whatever order these came, and again whenever they are replayed."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.packages import h5p
from courses.packages.models import Package
from learning.launches.models import PackageAttempt, PackageEvent
from learning.launches.rebuilding import rebuild_attempts
from learning.progress.corrections import void_statement
from learning.progress.models import ActivityProgress
from learning.records.models import Statement
from tests.learning.builders import NOW, enrolled, guest, later, learner, person
from tests.learning.packages import ended, hand_in, launched, play_once, played_in, statement

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
LOGS = ("spot-the-scam", "steps-in-order", "true-false-reasons")


def told(check=True, package=None):
    """What the command says, and whether it would exit 1."""
    out = StringIO()
    arguments = [*(["--check"] if check else []), *(["--package", str(package.uuid)] if package else [])]
    try:
        call_command("rebuild_attempts", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", 1
    return out.getvalue(), 0


def rows():
    names = (
        "number",
        "score_raw",
        "score_max",
        "success",
        "duration_ms",
        "verification",
        "statement_uuid",
        "event_id",
    )
    return list(PackageAttempt.objects.order_by("enrollment_id", "activity_id", "number").values_list(*names))


STEPS = st.one_of(
    st.sampled_from(["attempted", "interacted", "child", "progressed"]),
    st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from(["true", "false", "x"])),
)
LAUNCHES = st.lists(st.tuples(st.booleans(), st.lists(STEPS, max_size=7)), min_size=1, max_size=3)


def event_of(activity, step):
    return statement(activity, step) if isinstance(step, str) else ended(activity, step[0], response=step[1])


def replayed_by_core(activity, plan):
    """The core's own replay of the log: launches in their order, events by their number."""
    log = []
    for number, (restored, steps) in enumerate(plan):
        log.append(h5p.Logged(str(number), restored=restored))
        for seq, step in enumerate(steps, start=1):
            read = h5p.read_statement(
                event_of(activity, step), f"http://localhost:8000/xapi/activities/{activity.uuid}"
            )
            log.append(h5p.Logged(str(number), seq, read))
    attempts, _outcomes = h5p.replay(log, "H5P.TrueFalse", {"correct": "true"}, max_score=1)
    return [(one.number, one.score.raw if one.score else None, one.trust) for one in attempts]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=LAUNCHES, data=st.data())
def test_shuffled_batches_and_repeats_give_what_the_replay_gives(played, plan, data):
    period = enrolled(guest(), played.course)
    opened = [launched(period, played, later(n), restored=restored) for n, (restored, _) in enumerate(plan)]
    events = [
        (launch, seq, event_of(played, step))
        for launch, (_, steps) in zip(opened, plan, strict=True)
        for seq, step in enumerate(steps, start=1)
    ]
    repeats = data.draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
    for launch, seq, one in data.draw(st.permutations([*events, *repeats])):
        hand_in(launch, [(seq, one)], later(10))
    found = PackageAttempt.objects.filter(enrollment=period).order_by("number")
    assert [(one.number, one.score_raw, one.verification) for one in found] == replayed_by_core(played, plan)
    assert list(rebuild_attempts(check=True)) == []


@pytest.fixture
def played():
    return played_in()


@pytest.mark.parametrize("name", LOGS)
def test_kept_logs_replay_to_the_same_attempts(name):
    kept = json.loads((ROOT / "tests/data/h5p" / f"{name}.json").read_text())
    content = ROOT / "courses/packages/examples/h5p/packages" / name / "content/content.json"
    played = played_in(library=kept["main_library"], params=json.loads(content.read_text()), most=None)
    period = enrolled(learner(), played.course)
    here = f"http://localhost:8000/xapi/activities/{played.uuid}"
    for number, one in enumerate(kept["launches"]):
        done = PackageAttempt.objects.exists()
        launch = launched(period, played, later(number), restored=done and one["previous_state"] is not None)
        told_here = json.loads(json.dumps(one["statements"]).replace(kept["activity"], here))
        hand_in(launch, enumerate(told_here, start=1), later(number))
    before = rows()
    assert [row[0] for row in before] == [1, 2, 3]
    assert {row[5] for row in before} == {"verified"}
    assert all(row[4] for row in before)
    assert told() == ("Attempts are what the logs say.\n", 0)
    PackageAttempt.objects.all().delete()
    text, code = told(check=False)
    assert (code, "3 replaced" in text) == (0, True)
    assert rows() == before


class TestRebuilding:
    @pytest.fixture
    def period(self, played):
        period = enrolled(learner(), played.course)
        for number, raw in enumerate((0, 1)):
            play_once(period, played, raw, later(number))
        return period

    def test_what_was_changed_is_told_and_made_right(self, period):
        PackageAttempt.objects.filter(number=1).update(score_raw=1, success=True, verification="unverified")
        text, code = told()
        assert code == 1
        assert "found score_raw=1.000, success=True, verification=unverified" in text
        assert PackageAttempt.objects.get(number=1).score_raw == 1
        assert told(check=False)[1] == 0
        assert PackageAttempt.objects.get(number=1).score_raw == 0
        assert told()[1] == 0

    def test_nothing_is_recorded_anew(self, period):
        before = list(Statement.objects.values_list("uuid", flat=True))
        PackageAttempt.objects.all().delete()
        told(check=False)
        assert list(Statement.objects.values_list("uuid", flat=True)) == before

    def test_a_row_that_no_log_has_goes(self, period, played):
        made_up = PackageAttempt.objects.get(number=2)
        made_up.pk, made_up.number, made_up.event_id = None, 3, None
        made_up.statement_uuid = "11111111-1111-4111-8111-111111111111"
        made_up.save()
        assert told()[1] == 1
        told(check=False)
        assert PackageAttempt.objects.count() == 2

    def test_a_result_that_was_never_recorded_is_told_every_time(self, period, played):
        event = PackageEvent.objects.get(attempt__number=2)
        launch = launched(period, played, later(9))
        PackageEvent.objects.create(launch=launch, seq=1, statement=event.statement, received_at=later(9))
        for check in (True, False):
            text, code = told(check=check)
            assert (code, "no statement" in text) == (1, True)
        assert PackageAttempt.objects.count() == 3

    def test_only_where_a_package_was_played(self, period, played):
        other = played_in("T200")
        play_once(enrolled(learner("taro"), other.course), other, 1)
        PackageAttempt.objects.filter(activity=other).update(verification="mismatch")
        assert told(package=played.package_use.package)[1] == 0
        assert told(package=other.package_use.package)[1] == 1
        with pytest.raises(CommandError, match="No package"):
            call_command("rebuild_attempts", "--package", "x")

    def test_what_an_author_asks_for_later_changes_no_earlier_attempt(self, period, played):
        Package.objects.update(pass_percent=100)
        assert told()[1] == 0
        play_once(period, played, 0, later(5))
        assert PackageAttempt.objects.get(number=3).success is False
        Package.objects.update(pass_percent=None)
        assert told()[1] == 0

    def test_the_work_for_one_period_does_not_grow_with_others(self, period, played):
        with CaptureQueriesContext(connection) as few:
            told()
        for number in range(5):
            play_once(enrolled(learner(f"p{number}"), played.course), played, 1, later(number))
        with CaptureQueriesContext(connection) as many:
            told()
        each = (len(many) - len(few)) / 5
        assert each <= 13

    def test_a_record_that_was_taken_back_stays_an_attempt_and_no_difference(self, period, played):
        best = PackageAttempt.objects.get(number=2)
        void_statement(
            statement=Statement.objects.get(uuid=best.statement_uuid), reason="機器の不具合", by=person("boss"), at=later(20)
        )  # fmt: skip
        assert told()[1] == 0
        assert ActivityProgress.objects.get(activity=played).best_scaled == 0


def test_numbers_of_another_kind_of_package_in_the_same_place_are_kept_free(played):
    """A page played a SCORM package before: its first attempt keeps its number."""
    period = enrolled(learner(), played.course)
    PackageAttempt.objects.create(
        enrollment=period, activity=played, number=1, finished_at=NOW, verification="unverified",
        statement_uuid="11111111-1111-4111-8111-111111111111",
    )  # fmt: skip
    play_once(period, played, 1, later())
    play_once(period, played, 0, later(2))
    assert [row[0] for row in rows()] == [1, 2, 3]


def test_a_second_end_in_one_page_lasted_from_the_first(played):
    period = enrolled(learner(), played.course)
    launch = launched(period, played)
    first = ended(played, 0, duration="PT1M")
    again = [(2, statement(played, "interacted")), (3, ended(played, 1, duration="PT1M30S"))]
    hand_in(launch, [(1, first)], NOW)
    hand_in(launch, again, NOW + timedelta(minutes=2))
    assert [row[4] for row in rows()] == [60_000, 30_000]
