"""What the example content types report, replayed from logs of real runs in a browser, and marked again."""

import json
from pathlib import Path
from typing import Any

import pytest

from courses.packages.examples import builder, scoring
from courses.packages.h5p.attempts import Attempt, Logged, Trust, replay
from courses.packages.h5p.scoring import Points, mark, max_score
from courses.packages.h5p.statements import read_statement

LOGS = sorted((Path(__file__).parents[2] / "data" / "h5p").glob("*.json"))


@pytest.fixture(autouse=True)
def known_types() -> None:
    scoring.register()


@pytest.fixture(params=LOGS, ids=lambda path: path.stem)
def log(request) -> Any:
    return json.loads(request.param.read_text(encoding="utf-8"))


def params_of(name: str) -> Any:
    path = builder.H5P_PACKAGES / name.removesuffix(".h5p") / "content" / "content.json"
    return json.loads(path.read_text(encoding="utf-8"))


def type_of(log: dict[str, Any]) -> str:
    return str(log["main_library"]).split(" ")[0]


def replayed(log: dict[str, Any]) -> tuple[Attempt, ...]:
    lines = []
    for number, launch in enumerate(log["launches"]):
        lines.append(Logged(str(number), restored=launch["previous_state"] is not None))
        for seq, data in enumerate(launch["statements"]):
            lines.append(Logged(str(number), seq, read_statement(data, log["activity"])))
    params = params_of(log["package"])
    return replay(lines, type_of(log), params, max_score=max_score(type_of(log), params))[0]


def ends(log: dict[str, Any]) -> list[dict[str, Any]]:
    statements = [s for launch in log["launches"] for s in launch["statements"]]
    return [s for s in statements if s["verb"]["id"].endswith("/answered")]


def test_there_is_a_log_for_each_content_type():
    assert [path.stem for path in LOGS] == ["spot-the-scam", "steps-in-order", "true-false-reasons"]


def test_leaving_and_coming_back_is_one_attempt_and_a_retry_is_another(log):
    """Five launches: begun, finished, only opened, tried again, begun anew and all wrong."""
    attempts = replayed(log)
    assert len(attempts) == 3
    assert [attempt.trust for attempt in attempts] == [Trust.VERIFIED] * 3
    assert [attempt.success for attempt in attempts] == [True, True, False]


def test_every_statement_is_about_the_activity_itself(log):
    for launch in log["launches"]:
        for data in launch["statements"]:
            found = read_statement(data, log["activity"])
            assert found is not None
            assert found.is_root
            assert found.faults == ()


def test_each_launch_begins_with_attempted(log):
    assert all(launch["statements"][0]["verb"]["id"].endswith("/attempted") for launch in log["launches"])


def test_the_pattern_of_the_right_answer_earns_every_point_of_the_present_content(log):
    """Fails as well when a content was changed and its log was not made anew."""
    params = params_of(log["package"])
    for end in ends(log):
        (pattern,) = end["object"]["definition"]["correctResponsesPattern"]
        most = max_score(type_of(log), params)
        assert most is not None
        assert most == end["result"]["score"]["max"]
        assert mark(type_of(log), params, pattern) == Points(most, most)


def test_the_end_statement_says_what_was_chosen_in_words_without_furigana(log):
    for end in ends(log):
        choices = {c["id"]: c["description"]["ja"] for c in end["object"]["definition"]["choices"]}
        assert set(end["result"]["response"].split("[,]")) <= choices.keys()
        assert not [text for text in choices.values() if "{" in text or not text.strip()]


def test_the_tree_that_a_host_may_ask_for_says_the_same_as_the_end_statement(log):
    (launch,) = [launch for launch in log["launches"] if "tree" in launch]
    assert launch["tree"]["statement"]["result"] == launch["statements"][-1]["result"]


SPOT = {
    "messages": [
        {
            "verdict": "suspicious",
            "parts": [{"suspicious": True}, {"suspicious": True}, {"suspicious": False}],
        },
        {"verdict": "safe", "parts": [{"suspicious": False}, {"suspicious": False}]},
    ]
}
ORDER: dict[str, Any] = {"tasks": [{"steps": [{}, {}, {}]}, {"steps": [{}, {}]}]}
REASONED = {
    "questions": [
        {"answer": "true", "reasons": [{"correct": False}, {"correct": True}]},
        {"answer": "false", "reasons": [{}, {}]},
    ]
}


@pytest.mark.parametrize(
    ("name", "params", "response", "points"),
    [
        ("SpotScam", SPOT, "m0-suspicious[,]m0-p0[,]m0-p1[,]m1-safe", 4),
        ("SpotScam", SPOT, "m0-suspicious[,]m0-p0[,]m0-p2[,]m1-safe", 2),
        ("SpotScam", SPOT, "m0-safe[,]m1-suspicious[,]m1-p0", 0),
        ("SpotScam", SPOT, "", 0),
        ("SpotScam", SPOT, "m0-safe[,]m0-suspicious", None),
        ("SpotScam", SPOT, "m0-p0[,]m0-p0", None),
        ("SpotScam", SPOT, "m0-p9", None),
        ("StepOrder", ORDER, "t0-s0[,]t0-s1[,]t0-s2[,]t1-s0[,]t1-s1", 5),
        ("StepOrder", ORDER, "t0-s2[,]t0-s1[,]t0-s0[,]t1-s1[,]t1-s0", 1),
        ("StepOrder", ORDER, "t0-s0[,]t0-s1[,]t1-s0[,]t1-s1", None),
        ("ReasonedTrueFalse", REASONED, "q0-true[,]q0-r1[,]q1-false[,]q1-r0", 4),
        ("ReasonedTrueFalse", REASONED, "q0-true[,]q0-r0[,]q1-true[,]q1-r0", 1),
        ("ReasonedTrueFalse", REASONED, "q0-false[,]q0-r1", 0),
        ("ReasonedTrueFalse", REASONED, "q0-true[,]q0-r0[,]q0-r1", None),
        ("ReasonedTrueFalse", REASONED, "[object Object]", None),
    ],
)
def test_what_an_answer_is_worth(name, params, response, points):
    found = mark(f"Fukumana.{name}", params, response)
    assert (None if found is None else found.raw) == points


@pytest.mark.parametrize("name", ["SpotScam", "StepOrder", "ReasonedTrueFalse"])
@pytest.mark.parametrize(
    "params", [{}, {"messages": 3}, {"tasks": [None, {"steps": "x"}]}, {"questions": [{"reasons": []}]}]
)
def test_a_broken_content_gives_no_points_and_no_error(name, params):
    assert max_score(f"Fukumana.{name}", params) == 0
    assert mark(f"Fukumana.{name}", params, "") == Points(0, 0)
