"""Points that can be told from the content itself."""

import pytest

from courses.packages import h5p

CHOICES = [{"text": "a", "correct": True}, {"text": "b", "correct": False}, {"text": "c", "correct": True}]
MULTI = {"answers": CHOICES, "behaviour": {"type": "multi"}}
ONE = {"answers": CHOICES[:2], "behaviour": {"type": "auto"}}
NONE_RIGHT = {"answers": [{"text": "b", "correct": False}], "behaviour": {}}
BLANKS = {
    "questions": [
        "<p>*Tokyo/東京:a city* is *big*.</p>",
        "<p>no gap, one * star</p>",
        "<p>&amp; *R&amp;D*</p>",
    ],
    "behaviour": {"caseSensitive": False},
}
DRAGS = {"textField": "A *cat:tip* and a *dog\\+good\\-bad*."}
MARKS = {"textField": "<p>One *two* three.</p><p>(*four*), *five six* seven *</p>"}


@pytest.mark.parametrize(
    ("name", "params", "points"),
    [
        ("H5P.TrueFalse", {"correct": "true"}, 1),
        ("H5P.MultiChoice", MULTI, 2),
        ("H5P.MultiChoice", ONE, 1),
        ("H5P.MultiChoice", {**MULTI, "behaviour": {"type": "multi", "singlePoint": True}}, 1),
        ("H5P.MultiChoice", {**MULTI, "behaviour": {"type": "single"}}, 1),
        ("H5P.MultiChoice", NONE_RIGHT, 1),
        ("H5P.Blanks", BLANKS, 3),
        ("H5P.Blanks", {"questions": ["*a**b*"]}, None),
        ("H5P.DragText", DRAGS, 2),
        ("H5P.MarkTheWords", MARKS, 3),
        ("H5P.MarkTheWords", {"textField": "nothing to mark"}, 1),
        ("H5P.SingleChoiceSet", {"choices": [{}, {}]}, 2),
        ("H5P.Dialogcards", {}, 0),
        ("H5P.CoursePresentation", {}, None),
        ("Somebody.Else", {}, None),
    ],
)
def test_the_most_points_of_a_content(name, params, points):
    assert h5p.max_score(name, params) == points


def part(name, params):
    return {"library": f"{name} 1.0", "params": params}


def test_the_points_of_a_set_are_those_of_its_parts_when_all_can_be_told():
    parts = [part("H5P.TrueFalse", {"correct": "true"}), part("H5P.MultiChoice", MULTI)]
    assert h5p.max_score("H5P.QuestionSet", {"questions": parts}) == 3
    assert h5p.max_score("H5P.QuestionSet", {"questions": parts, "poolSize": 1}) is None
    assert h5p.max_score("H5P.QuestionSet", {"questions": [*parts, part("Some.Thing", {})]}) is None
    column = {"content": [{"content": part("H5P.AdvancedText", {})}, {"content": parts[0]}]}
    assert h5p.max_score("H5P.Column", column) == 1


@pytest.mark.parametrize(
    ("name", "params", "response", "raw"),
    [
        ("H5P.TrueFalse", {"correct": "true"}, "true", 1),
        ("H5P.TrueFalse", {"correct": "true"}, "false", 0),
        ("H5P.TrueFalse", {"correct": "true"}, "maybe", None),
        ("H5P.MultiChoice", MULTI, "0[,]2", 2),
        ("H5P.MultiChoice", MULTI, "0[,]1", 0),
        ("H5P.MultiChoice", MULTI, "0", 1),
        ("H5P.MultiChoice", MULTI, "", 0),
        ("H5P.MultiChoice", MULTI, "0[,]0", None),
        ("H5P.MultiChoice", MULTI, "7", None),
        ("H5P.MultiChoice", MULTI, "-1", None),
        ("H5P.MultiChoice", ONE, "0", 1),
        ("H5P.MultiChoice", ONE, "0[,]1", None),
        ("H5P.MultiChoice", NONE_RIGHT, "", 1),
        ("H5P.MultiChoice", NONE_RIGHT, "0", 0),
        ("H5P.MultiChoice", {**MULTI, "behaviour": {"type": "multi", "singlePoint": True}}, "0", 0),
        (
            "H5P.MultiChoice",
            {**MULTI, "behaviour": {"type": "multi", "singlePoint": True, "passPercentage": 50}},
            "0",
            1,
        ),
        ("H5P.Blanks", BLANKS, "tokyo[,]BIG[,]r&d", 3),
        ("H5P.Blanks", BLANKS, "東京[,]small[,]", 1),
        ("H5P.Blanks", BLANKS, "Tokyo[,]big", None),
        ("H5P.Blanks", {**BLANKS, "behaviour": {"caseSensitive": True}}, "tokyo[,]big[,]R&D", 2),
        (
            "H5P.Blanks",
            {**BLANKS, "behaviour": {"caseSensitive": False, "acceptSpellingErrors": True}},
            "tokio[,]big[,]R&D",
            None,
        ),
        ("H5P.DragText", DRAGS, "cat[,]dog", 2),
        ("H5P.DragText", DRAGS, "dog[,]cat", 0),
        ("H5P.DragText", DRAGS, "cat[,]", 1),
        ("H5P.MarkTheWords", MARKS, "1[,]3[,]4", 3),
        ("H5P.MarkTheWords", MARKS, "1[,]0", 0),
        ("H5P.MarkTheWords", MARKS, "99", None),
        ("H5P.QuestionSet", {}, "0", None),
        ("H5P.TrueFalse", {"correct": "true"}, None, None),
        ("H5P.TrueFalse", None, "true", None),
        ("H5P.Blanks", {"questions": 5}, "", None),
    ],
)
def test_an_answer_is_marked_again_where_that_can_be_done(name, params, response, raw):
    points = h5p.mark(name, params, response)
    assert (points.raw if points else None) == raw
    if points:
        assert 0 <= points.raw <= points.max == h5p.max_score(name, params)


def test_own_types_can_be_taught():
    h5p.register_scorer("Test.Own", h5p.Scorer(lambda params: 2, lambda params, response: h5p.Points(1, 2)))
    assert h5p.max_score("Test.Own", {}) == 2 and h5p.mark("Test.Own", {}, "x") == h5p.Points(1, 2)


def test_own_types_can_be_told_of():
    own = h5p.ContentType(
        frozenset({"mastered"}), True, h5p.Completion.END, {"en": "Look at it.", "ja": "見てください。"}
    )
    h5p.register_content_type("Test.Told", own)
    statement = h5p.Statement("mastered", True, "", None, None, None, None)
    assert h5p.is_end(statement, "Test.Told") and not h5p.is_end(statement, "Test.Untold")


def test_content_that_never_ends_counts_by_being_viewed():
    used = frozenset({"H5P.TrueFalse"})
    ends = {
        name: str(h5p.completion_of(name, {}, used))
        for name in ("H5P.TrueFalse", "H5P.Dialogcards", "Some.Thing")
    }
    assert ends == {"H5P.TrueFalse": "end", "H5P.Dialogcards": "viewed", "Some.Thing": "end"}
    slides, video = "H5P.CoursePresentation", "H5P.InteractiveVideo"
    assert h5p.completion_of(slides, {}, used) == "end"
    assert h5p.completion_of(slides, {"override": {"hideSummarySlide": True}}, used) == "viewed"
    assert h5p.completion_of(slides, {}, frozenset({"H5P.AdvancedText"})) == "viewed"
    assert h5p.completion_of(video, {}, used) == "viewed"
    with_end = {"interactiveVideo": {"assets": {"endscreens": [{"time": 10}]}}}
    assert h5p.completion_of(video, with_end, used) == "end"


def test_each_known_type_says_what_to_check_in_both_languages():
    for name in ("H5P.Video", "H5P.DragQuestion", "Some.Thing"):
        kind = h5p.content_type(name)
        assert kind.accessibility_note("ja") != kind.accessibility_note("en")
        assert kind.accessibility_note("fr") == kind.accessibility_note("en")
