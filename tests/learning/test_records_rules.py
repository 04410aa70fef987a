"""Statements in the words of xAPI."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from learning.records.enums import ResultSource, Verb
from learning.records.rules import BadResult, Context, Result, Target, duration, statement_body, voiding_body

HOME = "https://manabi.example.lg.jp"
LEARNER = UUID("11111111-1111-4111-8111-111111111111")
ACTIVITY = UUID("22222222-2222-4222-8222-222222222222")
COURSE = UUID("33333333-3333-4333-8333-333333333333")
REGISTRATION = UUID("44444444-4444-4444-8444-444444444444")
STATEMENT = UUID("55555555-5555-4555-8555-555555555555")
AT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def body(result=None, **context):
    return statement_body(
        uuid=STATEMENT,
        learner=LEARNER,
        verb=Verb.PASSED,
        target=Target(ACTIVITY, "quiz", "確認テスト", COURSE),
        result=result or Result(),
        context=Context(HOME, REGISTRATION, ResultSource.QUIZ, move_on="Passed", counts=True, **context),
        at=AT,
    )


def test_it_writes_a_whole_statement():
    told = body(Result(scaled=Decimal("0.9"), raw=Decimal(9), min=Decimal(0), max=Decimal(10), success=True))
    assert told == {
        "id": str(STATEMENT),
        "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": str(LEARNER)}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"en": "passed"}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/xapi/activities/{ACTIVITY}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/assessment",
                "name": {"ja": "確認テスト"},
            },
        },
        "result": {"score": {"scaled": 0.9, "raw": 9.0, "min": 0.0, "max": 10.0}, "success": True},
        "context": {
            "registration": str(REGISTRATION),
            "contextActivities": {"parent": [{"id": f"{HOME}/xapi/courses/{COURSE}"}]},
            "extensions": {
                "https://w3id.org/xapi/cmi5/context/extensions/moveon": "Passed",
                f"{HOME}/xapi/extensions/source": "quiz",
                f"{HOME}/xapi/extensions/counts": True,
            },
        },
        "timestamp": "2026-11-22T01:02:03+00:00",
    }


def test_it_leaves_out_a_result_that_says_nothing():
    assert "result" not in body()


def test_it_names_an_instructor_by_account_alone():
    assert body(instructor=LEARNER)["context"]["instructor"]["account"]["name"] == str(LEARNER)


def test_it_takes_a_statement_back_by_reference():
    told = voiding_body(uuid=STATEMENT, home=HOME, by=LEARNER, voids=ACTIVITY, at=AT)
    assert told["object"] == {"objectType": "StatementRef", "id": str(ACTIVITY)}
    assert told["verb"]["id"] == "http://adlnet.gov/expapi/verbs/voided"


@pytest.mark.parametrize(("milliseconds", "told"), [(0, "PT0.00S"), (1, "PT0.00S"), (90_250, "PT90.25S")])
def test_it_writes_durations_as_xapi_asks(milliseconds, told):
    assert duration(milliseconds) == told


@pytest.mark.parametrize(
    "values",
    [
        {"scaled": Decimal("1.1")},
        {"scaled": Decimal("-1.1")},
        {"scaled": Decimal("NaN")},
        {"min": Decimal(5), "max": Decimal(5)},
        {"raw": Decimal(11), "max": Decimal(10)},
        {"raw": Decimal(-1), "min": Decimal(0)},
        {"duration_ms": -1},
    ],
)
def test_it_refuses_what_xapi_forbids(values):
    with pytest.raises(BadResult):
        Result(**values)


def test_it_keeps_five_places_of_a_scaled_score():
    assert Result(scaled=Decimal(1) / 3).scaled == Decimal("0.33333")
