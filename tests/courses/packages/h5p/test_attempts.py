"""Attempts counted from logs as content types really write them."""

from typing import Any

import pytest

from courses.packages import h5p
from courses.packages.h5p.attempts import Logged

IRI = "https://example.jp/h5p/7"
SUB = "0f8fad5b-d9cb-469f-a165-70867728950e"


def data(verb: str, *, child: bool = False, **result: Any) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "actor": {"mbox": "mailto:somebody@else.example"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": f"{IRI}?subContentId={SUB}" if child else IRI, "definition": {"extensions": {}}},
        "context": {"contextActivities": {"category": [{"id": "http://h5p.org/libraries/H5P.X-1.0"}]}},
    }
    if child:
        statement["object"]["definition"]["extensions"]["http://h5p.org/x-api/h5p-subContentId"] = SUB
        statement["context"]["contextActivities"]["parent"] = [{"id": IRI}]
    return statement | ({"result": result} if result else {})


def score(raw: float, most: float) -> dict[str, float]:
    return {"min": 0, "raw": raw, "max": most, "scaled": raw / most}


def replayed(machine_name: str, *lines: Any, params: Any = None, **options: Any):
    """Lines: "launch", "restore", or statement data; the attempts as (number, raw), and what each line did."""
    log, launch = [], 0
    for number, line in enumerate(lines):
        if isinstance(line, str):
            launch += 1
            log.append(Logged(str(launch), restored=line == "restore"))
        else:
            log.append(Logged(str(launch), number, h5p.read_statement(line, IRI)))
    attempts, outcomes = h5p.replay(log, machine_name, params or {}, **options)
    found = [(attempt.number, attempt.score.raw if attempt.score else None) for attempt in attempts]
    return found, [str(outcome) for outcome in outcomes], attempts


DONE = data("completed", score=score(3, 4), completion=True)
BETTER = data("completed", score=score(4, 4), completion=True)
TOUCHED = data("interacted")
ANSWERED_PART = data("answered", child=True, score=score(1, 1))


def test_one_attempt_for_a_course_presentation_that_is_only_opened_again():
    lines = [
        "launch",
        data("attempted"),
        TOUCHED,
        ANSWERED_PART,
        DONE,
        "restore",
        data("attempted"),
        DONE,
        "restore",
        DONE,
    ]
    assert replayed("H5P.CoursePresentation", *lines)[0] == [(1, 3)]


def test_two_attempts_for_a_retry_although_no_second_attempted_comes():
    lines = ["launch", data("attempted"), TOUCHED, DONE, TOUCHED, ANSWERED_PART, BETTER]
    assert replayed("H5P.CoursePresentation", *lines)[0] == [(1, 3), (2, 4)]


def test_no_completion_from_a_child_of_a_column():
    nested = data("completed", child=True, score=score(2, 2), success=True)
    found, outcomes, _ = replayed("H5P.Column", "launch", data("progressed"), nested)
    assert found == [] and outcomes == ["noted", "noted", "noted"]


def test_a_childs_wrong_score_changes_nothing():
    lie = data("answered", child=True, score=score(0, 1))
    assert replayed("H5P.SingleChoiceSet", "launch", lie, BETTER)[0] == [(1, 4)]


def test_the_first_end_counts_even_if_nobody_was_seen_doing_anything():
    assert replayed("H5P.QuestionSet", "launch", DONE)[0] == [(1, 3)]


def test_double_clicks_and_a_second_submit_change_nothing():
    found, outcomes, _ = replayed("H5P.InteractiveVideo", "launch", TOUCHED, DONE, DONE, BETTER)
    assert found == [(1, 3)] and outcomes[-2:] == ["ignored", "ignored"]


def test_a_repeated_line_counts_once():
    line = Logged("a", 5, h5p.read_statement(DONE, IRI))
    touched = Logged("a", 6, h5p.read_statement(TOUCHED, IRI))
    attempts, outcomes = h5p.replay([line, line, touched, line, touched], "H5P.QuestionSet", {})
    assert len(attempts) == 1
    assert [str(outcome) for outcome in outcomes] == ["closed", "repeated", "opened", "repeated", "repeated"]


def test_starting_afresh_counts_although_an_attempt_was_finished_before():
    assert replayed("H5P.QuestionSet", "launch", DONE, "launch", BETTER)[0] == [(1, 3), (2, 4)]


def test_leaving_in_the_middle_and_coming_back_is_one_attempt():
    lines = ["launch", TOUCHED, "restore", TOUCHED, DONE]
    found, outcomes, _ = replayed("H5P.QuestionSet", *lines)
    assert found == [(1, 3)] and outcomes == ["noted", "opened", "noted", "noted", "closed"]


def test_an_interaction_on_mere_resume_is_no_attempt():
    """Drag the Words sends ``interacted`` when its state is restored; an open attempt is not one that is shown."""
    answered = data("answered", score=score(1, 2))
    assert replayed("H5P.DragText", "launch", TOUCHED, answered, "restore", TOUCHED)[0] == [(1, 1)]


def test_a_verb_that_does_not_end_this_type_ends_nothing():
    assert replayed("H5P.QuestionSet", "launch", data("answered", score=score(1, 1)))[0] == []
    assert replayed("H5P.TrueFalse", "launch", data("completed", score=score(1, 1)))[0] == []
    assert replayed("Some.Thing", "launch", data("passed", score=score(1, 1)))[0] == [(1, 1)]
    assert replayed("H5P.Dialogcards", "launch", data("completed"))[0] == []


# --- scores ------------------------------------------------------------------------------------

TRUE_FALSE = {"correct": "true"}


@pytest.mark.parametrize(
    ("claimed", "response", "trust"),
    [
        (1, "true", "verified"),
        (0, "false", "verified"),
        (1, "false", "mismatch"),
        (0, "true", "mismatch"),
        (1, "?", "unverified"),
    ],
)
def test_a_score_is_marked_again_from_the_response(claimed, response, trust):
    line = data("answered", score=score(claimed, 1), response=response)
    (attempt,) = replayed("H5P.TrueFalse", "launch", line, params=TRUE_FALSE)[2]
    assert (attempt.trust, attempt.score.raw) == (trust, claimed)


@pytest.mark.parametrize(
    "bad",
    [
        {"raw": 5, "max": 4},
        {"raw": -1, "max": 4},
        {"raw": 0, "max": -1},
        {"raw": 1, "max": 0},
        {"raw": float("nan"), "max": 4},
        {"raw": 1, "max": float("inf")},
        {"raw": "4", "max": "4"},
        {"raw": True, "max": 4},
        {"max": 4},
        {"raw": 1e300, "max": 1e300},
        [],
        "full",
    ],
)
def test_a_score_out_of_bounds_is_left_out_and_marked(bad):
    (attempt,) = replayed("H5P.QuestionSet", "launch", data("completed", score=bad, success=True))[2]
    assert attempt.score is None and attempt.success is None
    assert attempt.trust == "mismatch" and attempt.faults


def test_a_score_with_another_maximum_than_the_contents_is_left_out():
    (attempt,) = replayed("H5P.QuestionSet", "launch", BETTER, max_score=5)[2]
    assert attempt.score is None and attempt.faults == ("score-other-maximum",)
    (attempt,) = replayed("H5P.QuestionSet", "launch", BETTER, max_score=4)[2]
    assert attempt.score == h5p.Score(4, 4) and attempt.score.scaled == 1


def test_success_is_the_statements_own_or_by_the_pass_mark():
    def success(line: Any, **options: Any) -> Any:
        return replayed("H5P.QuestionSet", "launch", line, **options)[2][0].success

    assert success(DONE) is None
    assert success(DONE, pass_percent=75) is True
    assert success(DONE, pass_percent=76) is False
    assert success(data("completed", score=score(1, 4), success=True), pass_percent=80) is True


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        "x",
        {},
        {"verb": None},
        {"verb": {"id": 5}, "object": {"id": IRI}},
        {"verb": {"id": "x"}, "object": []},
        {"verb": {"id": "x"}, "object": {"id": "https://example.jp/h5p/8"}},
        {"verb": {"id": "x"}, "object": {"id": f"{IRI}0"}},
    ],
)
def test_what_is_no_statement_about_this_activity_is_none(odd):
    assert h5p.read_statement(odd, IRI) is None


@pytest.mark.parametrize("odd", [None, [], "x", 5, {"a": []}, [[]]])
def test_odd_values_in_a_statement_never_raise(odd):
    line = {
        "verb": {"id": "x/completed"},
        "object": {"id": IRI, "definition": odd},
        "context": odd,
        "result": odd,
    }
    statement = h5p.read_statement(line, IRI)
    assert statement and statement.verb == "completed" and statement.score is None


def understood(line: dict[str, Any]) -> h5p.Statement:
    statement = h5p.read_statement(line, IRI)
    assert statement is not None
    return statement


def test_only_a_statement_about_the_whole_is_a_root():
    assert understood(DONE).is_root
    assert not understood(ANSWERED_PART).is_root
    assert understood(ANSWERED_PART).sub_content_id == SUB
    with_parent = data("completed")
    with_parent["context"]["contextActivities"]["parent"] = [{"id": "https://else.example"}]
    assert not understood(with_parent).is_root
