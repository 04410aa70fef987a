"""Which result of several attempts counts, how long one took, and what was answered; without a database."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.packages.enums import GradeMethod
from courses.packages.h5p import Trust
from learning.launches.answers import MOST_ANSWERS, answers_of
from learning.launches.grading import Counted, Go, counted
from learning.launches.rules import milliseconds

DATA = Path(__file__).parents[1] / "data" / "h5p"
AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def go(number, raw, trust=Trust.VERIFIED, most=10, **more):
    points = None if raw is None else Decimal(raw)
    return Go(number, AT, points, None if raw is None else Decimal(most), None, None, trust, **more)


class TestWhatCounts:
    @pytest.mark.parametrize(
        ("method", "points"),
        [(GradeMethod.BEST, 90), (GradeMethod.LAST, 70), (GradeMethod.FIRST, 30), (GradeMethod.AVERAGE, 63)],
    )
    def test_each_way_of_counting(self, method, points):
        result = counted([go(1, 3), go(2, 9), go(3, 7)], method)
        assert (result.points, result.kept_points, result.count) == (points, 90, 3)

    @pytest.mark.parametrize("method", list(GradeMethod))
    def test_what_answers_contradict_or_was_taken_back_counts_nowhere(self, method):
        goes = [go(1, 10, Trust.MISMATCH), go(2, 4), go(3, 10, is_voided=True)]
        result = counted(goes, method)
        assert (result.points, result.kept_points, result.mismatches, result.count) == (40, 40, 1, 3)
        assert result.trust == Trust.VERIFIED

    def test_an_average_is_no_surer_than_its_weakest_part(self):
        goes = [go(1, 4), go(2, 6, Trust.UNVERIFIED)]
        assert counted(goes, GradeMethod.AVERAGE).trust == Trust.UNVERIFIED
        assert counted(goes, GradeMethod.FIRST).trust == Trust.VERIFIED

    def test_without_points_there_is_no_result(self):
        assert counted([], GradeMethod.BEST) == Counted()
        result = counted([go(1, None, Trust.UNVERIFIED)], GradeMethod.LAST)
        assert (result.points, result.count, result.trust) == (None, 1, Trust.UNVERIFIED)

    def test_all_points_alone_are_a_hundred(self):
        assert counted([replace(go(1, 999), most=Decimal(1000))], GradeMethod.BEST).points == 99


@pytest.mark.parametrize(
    ("said", "expected"),
    [("PT3S", 3000), ("PT1M5.5S", 65_500), ("P1DT1H", 90_000_000), ("PT0S", 0)],
)
def test_durations_are_read(said, expected):
    assert milliseconds(said) == expected


@given(
    st.one_of(
        st.none(), st.integers(), st.text(max_size=50), st.just("P"), st.just("PT"), st.just("PT9" * 12)
    )
)
def test_no_duration_breaks_the_reading(said):
    value = milliseconds(said)
    assert value is None or value >= 0


def ended(name, launch) -> Any:
    kept = json.loads((DATA / f"{name}.json").read_text())
    one = kept["launches"][launch]
    return one["statements"][-1], one.get("tree"), kept["main_library"].split(" ")[0]


def answers_in(name, launch) -> Any:
    statement, tree, library = ended(name, launch)
    return answers_of(statement, tree, library, {})


class TestAnswers:
    def test_questions_that_stand_in_one_statement_come_apart(self):
        statement, tree, name = ended("true-false-reasons", 1)
        answers = answers_of(statement, tree, name, {})
        assert len(answers) == 6
        assert answers[0].question == "友だちが教えてくれたパスワードなら、自分がログインに使ってもよい。"
        assert answers[0].given == ("× 正しくない", "パスワードは、本人だけが使うものだから。")
        assert [one.is_right for one in answers] == [True, False, True, True, True, True]
        assert answers[1].right[0] == "× 正しくない"

    def test_a_row_is_right_only_in_its_order(self):
        answers = answers_in("steps-in-order", 1)
        assert [one.is_right for one in answers] == [True, False, True]
        assert answers[1].given[0] == "受付番号を紙に書いておく"

    def test_everything_right_in_the_tree(self):
        for name in ("spot-the-scam", "steps-in-order", "true-false-reasons"):
            assert all(one.is_right for one in answers_in(name, 3))

    def part(self, kind, response, pattern, sub="", **definition):
        extensions = {"http://h5p.org/x-api/h5p-subContentId": sub} if sub else {}
        about = {"interactionType": kind, "correctResponsesPattern": pattern, "extensions": extensions}
        about |= {"description": {"en-US": "<p>Where &amp; when?</p>\n"}} | definition
        return {"object": {"definition": about}, "result": {"response": response}}

    def choices(self, *texts):
        return [{"id": str(i), "description": {"en-US": text}} for i, text in enumerate(texts)]

    def test_parts_of_a_set_are_marked_by_the_content_and_not_by_what_they_say(self):
        params = {
            "questions": [
                {
                    "library": "H5P.MultiChoice 1.16",
                    "subContentId": "a",
                    "params": {"answers": [{"correct": True}, {"correct": False}]},
                }
            ]
        }
        one = self.part("choice", "1", ["1"], sub="a", choices=self.choices("朝", "夜"))
        one["result"] |= {"success": True, "score": {"raw": 1, "max": 1}}
        (answer,) = answers_of(
            {}, {"statement": {}, "children": [{"statement": one}]}, "H5P.QuestionSet", params
        )
        assert (answer.question, answer.given, answer.is_right) == ("Where & when?", ("夜",), False)

    def test_true_and_false_are_worded_as_the_content_words_them(self):
        one = self.part("true-false", "true", ["false"])
        params = {"correct": "false", "l10n": {"trueText": "はい", "falseText": "いいえ"}}
        (answer,) = answers_of(one, None, "H5P.TrueFalse", params)
        assert (answer.given, answer.right, answer.is_right) == (("はい",), ("いいえ",), False)

    def test_pairs_and_gaps(self):
        pair = self.part(
            "matching", "0[.]1[,]1[.]0", ["0[.]1[,]1[.]0"], source=self.choices("犬", "猫"), target=self.choices("ニャー", "ワン")
        )  # fmt: skip
        (answer,) = answers_of(pair, None, "H5P.Unknown", {})
        assert (answer.given, answer.is_right) == (("犬 → ワン", "猫 → ニャー"), True)
        gaps = self.part("fill-in", "東京[,]大阪", ["{case_matters=false}東京[,]京都"])
        (answer,) = answers_of(gaps, None, "H5P.Unknown", {})
        assert (answer.given, answer.right, answer.is_right) == (("東京", "大阪"), ("東京", "京都"), False)

    def test_what_is_known_to_be_told_wrongly_is_not_told(self):
        one = self.part("choice", "0", ["0"], choices=self.choices("朝", "夜"))
        tree = {"statement": {}, "children": [{"statement": one, "children": []}]}
        (answer,) = answers_of({}, tree, "H5P.SingleChoiceSet", {})
        assert (answer.given, answer.is_right) == ((), None)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["statement", "children", "object", "definition", "result", "response", "choices", "id", "context",
                     "contextActivities", "category", "extensions", "description", "correctResponsesPattern", "score", "max",
                     "interactionType", "library", "params", "subContentId", "source", "raw", "success"]
                ),
                inner,
                max_size=6,
            ),
            max_leaves=25,
        )
    )  # fmt: skip
    def test_nothing_that_a_browser_sends_breaks_the_reading(self, sent):
        statement = sent.get("statement") if isinstance(sent, dict) else sent
        for name in ("H5P.QuestionSet", "H5P.TrueFalse", "H5P.SingleChoiceSet", ""):
            assert len(answers_of(statement, sent, name, sent)) <= MOST_ANSWERS
