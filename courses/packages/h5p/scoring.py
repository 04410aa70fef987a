"""Points: what a content can give at most, and what an answer is worth, told from the content itself.

Only types whose scoring is fixed by their params are known here; for others the answer is None, never a guess.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.packages.h5p import cloze

Params = Mapping[str, Any]
SEPARATOR = "[,]"
LONGEST_RESPONSE = 100_000
# Types that never give points.
SILENT = frozenset(
    [
        "H5P.Accordion",
        "H5P.AdvancedText",
        "H5P.Agamotto",
        "H5P.Audio",
        "H5P.Dialogcards",
        "H5P.Image",
        "H5P.ImageHotspots",
        "H5P.ImageSlider",
        "H5P.Link",
        "H5P.Table",
        "H5P.Text",
        "H5P.Timeline",
        "H5P.Video",
        "H5P.Collage",
        "H5P.Chart",
        "H5P.IFrameEmbed",
        "H5P.ImageJuxtaposition",
    ]
)


@dataclass(frozen=True, slots=True)
class Points:
    raw: float
    max: float


def _behaviour(params: Params) -> Params:
    found = params.get("behaviour")
    return found if isinstance(found, Mapping) else {}


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _answers(params: Params) -> list[Params]:
    listed = params.get("answers")
    return [answer for answer in listed if isinstance(answer, Mapping)] if isinstance(listed, list) else []


# --- what can be reached -----------------------------------------------------------------------


def _is_single(params: Params) -> bool:
    kind = _behaviour(params).get("type", "auto")
    right = sum(1 for answer in _answers(params) if answer.get("correct") is True)
    return kind == "single" or (kind != "multi" and right == 1)


def _max_choice(params: Params) -> float:
    right = sum(1 for answer in _answers(params) if answer.get("correct") is True)
    return 1 if right == 0 or _is_single(params) or _behaviour(params).get("singlePoint") is True else right


def _blank_gaps(params: Params) -> list[cloze.Gap] | None:
    texts = _texts(params.get("questions"))
    return (
        None if any(map(cloze.is_doubtful, texts)) else [gap for text in texts for gap in cloze.blanks(text)]
    )


def _drag_gaps(params: Params) -> list[cloze.Gap] | None:
    text = params.get("textField")
    return list(cloze.drags(text)) if isinstance(text, str) and not cloze.is_doubtful(text) else None


def _max_gaps(gaps: list[cloze.Gap] | None) -> float | None:
    return None if gaps is None else len(gaps)


def _marks(params: Params) -> tuple[bool, ...]:
    text = params.get("textField")
    return cloze.marks(text) if isinstance(text, str) else ()


def _max_of_parts(parts: Any, unwrap: Callable[[Any], Any]) -> float | None:
    """The sum over sub-contents; None as soon as one cannot be told."""
    total = 0.0
    for part in parts if isinstance(parts, list) else []:
        inner = unwrap(part)
        if not isinstance(inner, Mapping):
            return None
        name = str(inner.get("library", "")).split(" ")[0]
        points = max_score(name, inner.get("params") if isinstance(inner.get("params"), Mapping) else {})
        if points is None:
            return None
        total += points
    return total


def _max_question_set(params: Params) -> float | None:
    # A pool shows some of the questions; which ones is decided in the browser.
    pool = params.get("poolSize")
    questions = params.get("questions")
    if isinstance(pool, int) and 0 < pool < len(questions if isinstance(questions, list) else []):
        return None
    return _max_of_parts(questions, lambda part: part)


def _max_column(params: Params) -> float | None:
    return _max_of_parts(
        params.get("content"), lambda part: part.get("content") if isinstance(part, Mapping) else None
    )


def _max_single_choice_set(params: Params) -> float | None:
    choices = params.get("choices")
    return len(choices) if isinstance(choices, list) else None


def max_score(machine_name: str, params: Any) -> float | None:
    """The most points of a content; 0 for types that give none; None where only the running content knows."""
    if machine_name in SILENT:
        return 0
    known = _SCORERS.get(machine_name)
    return known.most(params) if known is not None and isinstance(params, Mapping) else None


# --- what an answer is worth -------------------------------------------------------------------


def _mark_true_false(params: Params, response: str) -> Points | None:
    if response not in {"true", "false"} or params.get("correct") not in {"true", "false"}:
        return None
    return Points(int(response == params["correct"]), 1)


def _indexes(response: str, count: int) -> set[int] | None:
    """Chosen numbers; None when they are not numbers of what can be chosen."""
    parts = response.split(SEPARATOR) if response else []
    if len(parts) > count or not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
        return None
    chosen = {int(part) for part in parts}
    return chosen if len(chosen) == len(parts) and all(index < count for index in chosen) else None


def _mark_choice(params: Params, response: str) -> Points | None:
    answers, most = _answers(params), _max_choice(params)
    chosen = _indexes(response, len(answers))
    if chosen is None or (_is_single(params) and len(chosen) > 1):
        return None
    right = {index for index, answer in enumerate(answers) if answer.get("correct") is True}
    raw = max(0, len(chosen & right) - len(chosen - right))
    if not right and not chosen:
        raw = 1
    if _behaviour(params).get("singlePoint") is True:
        needed = _behaviour(params).get("passPercentage", 100)
        if isinstance(needed, bool) or not isinstance(needed, int | float):
            return None
        raw = int(100 * raw / (len(right) or 1) >= needed)
    return Points(raw, most)


def _mark_gaps(gaps: list[cloze.Gap] | None, response: str, *, case: bool) -> Points | None:
    given = response.split(SEPARATOR)
    if gaps is None or len(given) != len(gaps):  # also when an answer itself holds the separator
        return None
    fold = str if case else str.lower
    raw = sum(
        fold(answer.strip()) in {fold(right) for right in gap.answers}
        for gap, answer in zip(gaps, given, strict=True)
    )
    return Points(raw, len(gaps))


def _mark_blanks(params: Params, response: str) -> Points | None:
    behaviour = _behaviour(params)
    points = _mark_gaps(_blank_gaps(params), response, case=behaviour.get("caseSensitive", True) is True)
    # With spelling errors forgiven, only a full score can be told from here.
    lenient = behaviour.get("acceptSpellingErrors") is True
    return None if points is None or (lenient and points.raw != points.max) else points


def _mark_drags(params: Params, response: str) -> Points | None:
    return _mark_gaps(_drag_gaps(params), response, case=True)


def _mark_marks(params: Params, response: str) -> Points | None:
    words = _marks(params)
    chosen = _indexes(response, len(words))
    if chosen is None:
        return None
    right = {index for index, is_answer in enumerate(words) if is_answer}
    raw = len(chosen & right) - len(chosen - right)
    if not right and not chosen:
        raw = 1
    return Points(max(raw, 0), len(right) or 1)


@dataclass(frozen=True, slots=True)
class Scorer:
    """How a content type is scored: the most points of its params, and what a response is worth. None = cannot be told."""

    most: Callable[[Params], float | None]
    mark: Callable[[Params, str], Points | None] = lambda params, response: None


_SCORERS: dict[str, Scorer] = {
    "H5P.TrueFalse": Scorer(lambda params: 1, _mark_true_false),
    "H5P.MultiChoice": Scorer(_max_choice, _mark_choice),
    "H5P.Blanks": Scorer(lambda params: _max_gaps(_blank_gaps(params)), _mark_blanks),
    "H5P.DragText": Scorer(lambda params: _max_gaps(_drag_gaps(params)), _mark_drags),
    "H5P.MarkTheWords": Scorer(lambda params: sum(_marks(params)) or 1, _mark_marks),
    "H5P.SingleChoiceSet": Scorer(_max_single_choice_set),
    "H5P.QuestionSet": Scorer(_max_question_set),
    "H5P.Column": Scorer(_max_column),
}


def register_scorer(machine_name: str, scorer: Scorer) -> None:
    """Teach the scoring of one more content type (of your own, say)."""
    _SCORERS[machine_name] = scorer


def mark(machine_name: str, params: Any, response: Any) -> Points | None:
    """Points for a response (as in ``result.response`` of xAPI), or None when they cannot be told."""
    known = _SCORERS.get(machine_name)
    if known is None or not isinstance(params, Mapping):
        return None
    return (
        known.mark(params, response)
        if isinstance(response, str) and len(response) <= LONGEST_RESPONSE
        else None
    )
