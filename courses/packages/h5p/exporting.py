"""Our own quizzes as .h5p: content only, to be played where the content types are installed.

The same quiz gives the same bytes. Shapes of content.json as in MultiChoice 1.16, TrueFalse 1.8, Blanks 1.14 and
QuestionSet 1.21.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from courses.packages.h5p.libraries import LibraryName
from courses.packages.h5p.problems import H5PError

LABELS = Path(__file__).parent / "data" / "export_labels.json"
MULTI_CHOICE = LibraryName("H5P.MultiChoice", 1, 16)
TRUE_FALSE = LibraryName("H5P.TrueFalse", 1, 8)
BLANKS = LibraryName("H5P.Blanks", 1, 14)
QUESTION_SET = LibraryName("H5P.QuestionSet", 1, 21)
KINDS = {MULTI_CHOICE: "Multiple Choice", TRUE_FALSE: "True/False Question", BLANKS: "Fill in the Blanks"}
SPECIAL_IN_BLANKS = "*/:"
EARLIEST = (1980, 1, 1, 0, 0, 0)


class NotExportable(H5PError, ValueError):
    """The quiz holds something that H5P cannot say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose; texts are HTML."""

    text: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class MultiChoice:
    """One or several right answers; ``multiple`` shows boxes instead of buttons, one point an answer."""

    question: str
    choices: Sequence[Choice]
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """A statement (HTML) that holds or does not."""

    question: str
    correct: bool
    feedback_right: str = ""
    feedback_wrong: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap and the plain texts that fill it."""

    answers: Sequence[str]
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Blanks:
    """``lines``: each a sequence of HTML texts and gaps in reading order."""

    task: str
    lines: Sequence[Sequence[str | Blank]]
    case_sensitive: bool = False


Question = MultiChoice | TrueFalse | Blanks


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions one after another; ``pass_percent`` 0..100. ``introduction`` is HTML."""

    questions: Sequence[Question]
    pass_percent: int = 60
    introduction: str = ""


@cache
def _labels() -> Mapping[str, Mapping[str, dict[str, Any]]]:
    labels: Mapping[str, Mapping[str, dict[str, Any]]] = json.loads(LABELS.read_text(encoding="utf-8"))
    return labels


class _Builder:
    """Params of one quiz. ``seed`` makes its sub-content ids."""

    def __init__(self, language: str, seed: str) -> None:
        labels = _labels()
        self._labels, self._seed = labels.get(language.split("-")[0], labels["en"]), seed

    def _with_labels(self, name: LibraryName, params: Mapping[str, Any]) -> dict[str, Any]:
        made = {
            key: dict(v) if isinstance(v, dict) else v for key, v in self._labels[name.machine_name].items()
        }
        for key, value in params.items():
            made[key] = {**made[key], **value} if isinstance(made.get(key), dict) else value
        return made

    def question(self, question: Question) -> tuple[LibraryName, dict[str, Any]]:
        if isinstance(question, MultiChoice):
            return MULTI_CHOICE, self._with_labels(MULTI_CHOICE, _multi_choice(question))
        if isinstance(question, TrueFalse):
            return TRUE_FALSE, self._with_labels(TRUE_FALSE, _true_false(question))
        return BLANKS, self._with_labels(BLANKS, _blanks(question))

    def question_set(self, quiz: QuestionSet, title: str) -> dict[str, Any]:
        if not quiz.questions:
            raise NotExportable("no questions")
        intro = {"showIntroPage": bool(quiz.introduction), "introduction": quiz.introduction, "title": ""}
        return self._with_labels(
            QUESTION_SET,
            {
                "introPage": intro,
                "progressType": "dots",
                "passPercentage": quiz.pass_percent,
                "questions": [self._part(number, question) for number, question in enumerate(quiz.questions)],
                "randomQuestions": False,
                "disableBackwardsNavigation": False,
                "endGame": {"showResultPage": True, "showSolutionButton": True, "showRetryButton": True},
                "override": {"checkButton": True},
            },
        )

    def _part(self, number: int, question: Question) -> dict[str, Any]:
        name, params = self.question(question)
        return {
            "library": str(name),
            "params": params,
            "subContentId": str(uuid5(NAMESPACE_URL, f"{self._seed}#{number}")),
            "metadata": {"contentType": KINDS[name], "license": "U", "title": f"{KINDS[name]} {number + 1}"},
        }


def _behaviour(**more: object) -> dict[str, object]:
    return {
        "enableRetry": True,
        "enableSolutionsButton": True,
        "enableCheckButton": True,
        "confirmCheckDialog": False,
        "confirmRetryDialog": False,
        "autoCheck": False,
        **more,
    }


def _multi_choice(question: MultiChoice) -> dict[str, Any]:
    if not any(choice.correct for choice in question.choices):
        raise NotExportable("no right answer")
    return {
        "media": {"disableImageZooming": False},
        "question": question.question,
        "answers": [
            {
                "text": choice.text,
                "correct": choice.correct,
                "tipsAndFeedback": {"tip": "", "chosenFeedback": choice.feedback, "notChosenFeedback": ""},
            }
            for choice in question.choices
        ],
        "overallFeedback": [{"from": 0, "to": 100}],
        "behaviour": _behaviour(
            type="multi" if question.multiple else "single",
            singlePoint=False,
            randomAnswers=True,
            showSolutionsRequiresInput=True,
            passPercentage=100,
            showScorePoints=True,
        ),
    }


def _true_false(question: TrueFalse) -> dict[str, Any]:
    feedback = {"feedbackOnCorrect": question.feedback_right, "feedbackOnWrong": question.feedback_wrong}
    return {
        "media": {"disableImageZooming": False},
        "question": question.question,
        "correct": "true" if question.correct else "false",
        "behaviour": _behaviour(**{key: text for key, text in feedback.items() if text}),
    }


def _blanks(question: Blanks) -> dict[str, Any]:
    return {
        "media": {"disableImageZooming": False},
        "text": question.task,
        "questions": [f"<p>{_line(line)}</p>" for line in question.lines],
        "overallFeedback": [{"from": 0, "to": 100}],
        "behaviour": _behaviour(
            caseSensitive=question.case_sensitive,
            showSolutionsRequiresInput=True,
            separateLines=False,
            acceptSpellingErrors=False,
        ),
    }


def _line(pieces: Sequence[str | Blank]) -> str:
    """Two gaps never touch: content types read two stars in a row differently."""
    return "".join(map(_piece, pieces)).replace("**", "* *")


def _piece(piece: str | Blank) -> str:
    if isinstance(piece, str):
        if "*" in piece:
            raise NotExportable(f"a star in the text: {piece}")
        return piece
    for answer in piece.answers:
        if not answer.strip() or any(mark in answer for mark in SPECIAL_IN_BLANKS):
            raise NotExportable(f"an answer that H5P would read otherwise: {answer}")
    if not piece.answers or "*" in piece.tip:
        raise NotExportable("a gap without an answer")
    answers = "/".join(_escaped(answer) for answer in piece.answers)
    return f"*{answers}:{_escaped(piece.tip)}*" if piece.tip else f"*{answers}*"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def export_quiz(
    quiz: Question | QuestionSet,
    *,
    title: str,
    language: str = "ja",
    license: str = "U",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """The bytes of a .h5p with content only; ``more`` are files beside it, by path: its libraries.

    HTML of the quiz is taken as it is: the importing site filters it, as ours does. Raises ``NotExportable``.
    """
    builder = _Builder(language, title)
    if isinstance(quiz, QuestionSet):
        main, params = QUESTION_SET, builder.question_set(quiz, title)
        parts = {LibraryName.parse(part["library"]) for part in params["questions"]}
        needed = [main, *sorted(name for name in parts if name is not None)]
    else:
        main, params = builder.question(quiz)
        needed = [main]
    manifest = {
        "title": title[:255] or "Quiz",
        "language": language,
        "defaultLanguage": language,
        "mainLibrary": main.machine_name,
        "embedTypes": ["iframe"],
        "license": license,
        "preloadedDependencies": [
            {"machineName": name.machine_name, "majorVersion": name.major, "minorVersion": name.minor}
            for name in needed
        ],
    }
    own = {"h5p.json": _json(manifest), "content/content.json": _json(params)}
    return write_package({**(more or {}), **own})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write_package(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files whose bytes depend on nothing else."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, data in sorted(files.items()):
            info = zipfile.ZipInfo(path, EARLIEST)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, data)
    return made.getvalue()
