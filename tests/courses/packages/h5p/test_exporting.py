"""Our own quizzes as packages that others can take."""

import json

import pytest

from courses.packages import h5p
from courses.packages.h5p.exporting import LABELS
from tests.courses.packages.h5p import builders as b

CHOICE = h5p.MultiChoice(
    "<p>どれ？</p>", [h5p.Choice("あ", True, "はい"), h5p.Choice("い", False), h5p.Choice("う", True)], True
)
TRUTH = h5p.TrueFalse("<p>正しい？</p>", False, feedback_wrong="いいえ")
GAPS = h5p.Blanks(
    "<p>うめる</p>",
    [
        ["首都は", h5p.Blank(["東京", "Tokyo"], tip="県ではない"), "です。"],
        [h5p.Blank(["a"]), h5p.Blank(["R&D"])],
    ],
)
QUIZ = h5p.QuestionSet([CHOICE, TRUTH, GAPS], pass_percent=80, introduction="<p>はじめに</p>")


def exported(quiz, **options):
    package = b.read(h5p.export_quiz(quiz, title="小テスト", **options), name="quiz.h5p")
    assert package.ok and package.content is not None and package.manifest is not None
    return package


def test_a_quiz_is_a_valid_package_with_content_only():
    package = exported(QUIZ)
    assert not package.libraries and not package.problems.warnings
    assert [str(name) for name in package.manifest.preloaded] == [
        "H5P.QuestionSet 1.21",
        "H5P.Blanks 1.14",
        "H5P.MultiChoice 1.16",
        "H5P.TrueFalse 1.8",
    ]
    assert h5p.max_score("H5P.QuestionSet", package.content) == 2 + 1 + 3
    assert package.content["passPercentage"] == 80


def test_the_same_quiz_gives_the_same_bytes():
    assert h5p.export_quiz(QUIZ, title="小テスト") == h5p.export_quiz(QUIZ, title="小テスト")
    assert h5p.export_quiz(QUIZ, title="別") != h5p.export_quiz(QUIZ, title="小テスト")


@pytest.mark.parametrize(
    ("quiz", "main", "response", "raw"),
    [
        (CHOICE, "H5P.MultiChoice", "0[,]2", 2),
        (TRUTH, "H5P.TrueFalse", "false", 1),
        (GAPS, "H5P.Blanks", "東京[,]a[,]r&d", 3),
    ],
)
def test_what_was_right_stays_right(quiz, main, response, raw):
    package = exported(quiz)
    assert package.manifest.main_machine_name == main
    points = h5p.mark(main, package.content, response)
    assert points and (points.raw, points.max) == (raw, raw)


@pytest.mark.parametrize("language", ["ja", "en", "ja-JP", "vi"])
def test_no_button_is_blank(language):
    content = exported(QUIZ, language=language).content

    def blanks(value, where=""):
        if isinstance(value, dict):
            return [path for key, item in value.items() for path in blanks(item, f"{where}/{key}")]
        return [where] if value == "" else []

    labels = {key: value for part in content["questions"] for key, value in part["params"].items()}
    assert blanks({"texts": content["texts"], "endGame": content["endGame"]}) == []
    assert {"UI", "l10n", "confirmCheck", "checkAnswer", "behaviour"} <= set(labels)
    assert blanks({key: labels[key] for key in ("UI", "l10n", "confirmCheck", "checkAnswer")}) == []


def test_both_languages_have_the_same_labels():
    def keys(value):
        return {key: keys(item) for key, item in value.items()} if isinstance(value, dict) else None

    labels = json.loads((LABELS).read_text(encoding="utf-8"))
    assert keys(labels["ja"]) == keys(labels["en"])


@pytest.mark.parametrize(
    "quiz",
    [
        h5p.QuestionSet([]),
        h5p.MultiChoice("?", [h5p.Choice("a", False)]),
        h5p.Blanks("?", [["a * star"]]),
        h5p.Blanks("?", [[h5p.Blank(["1/2"])]]),
        h5p.Blanks("?", [[h5p.Blank(["10:30"])]]),
        h5p.Blanks("?", [[h5p.Blank([])]]),
        h5p.Blanks("?", [[h5p.Blank([" "])]]),
    ],
)
def test_what_h5p_cannot_say_is_refused(quiz):
    with pytest.raises(h5p.NotExportable):
        h5p.export_quiz(quiz, title="x")
