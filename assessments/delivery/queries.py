"""Questions as the pages show them. What tells the answer is there only after it may be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.attempts.models import Attempt
from assessments.attempts.queries import Place
from assessments.delivery.filling import Filled, filled_from_answer, seed_of, shuffled, token
from assessments.items.enums import ItemKind
from assessments.items.models import ItemVersion
from assessments.marking.rules import TEXT_LIMIT

_LABELS = "アイウエオカキクケコサシスセソタチツテト"


@dataclass(frozen=True)
class Choice:
    """``text`` is marked text, as are all texts here."""

    token: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One thing to put in order or to match; ``value`` is the place or the token chosen, "" for none."""

    name: str
    text: str
    value: str


@dataclass(frozen=True)
class Match:
    """A right side with the letter by which it is called."""

    token: str
    label: str
    text: str


@dataclass(frozen=True)
class Feedback:
    """Only for a question whose answer may be known. ``right`` is empty where the right answer is not told."""

    is_right: bool
    is_partly_right: bool
    given: Sequence[str]
    right: Sequence[str]
    explanation: str
    lesson_code: str


@dataclass(frozen=True)
class Question:
    """One question on screen. ``was`` is the digest of the form as it was made: see ``Filled.digest``."""

    number: int
    kind: str
    stem: str
    choices: Sequence[Choice]
    rows: Sequence[Row]
    matches: Sequence[Match]
    text: str
    was: str
    is_answered: bool
    fault: str = ""
    feedback: Feedback | None = None
    text_limit: int = TEXT_LIMIT

    @property
    def name(self) -> str:
        return f"q{self.number}"

    @property
    def template(self) -> str:
        return f"assessments/kinds/{self.kind}.html"

    @property
    def place_numbers(self) -> range:
        return range(1, len(self.rows) + 1)


def questions_of(
    attempt: Attempt,
    places: Iterable[Place],
    *,
    posted: Mapping[int, Filled] | None = None,
    faults: Mapping[int, str] | None = None,
) -> list[Question]:
    """The questions with what is saved; those of ``posted`` (by number) as they were sent, with what is wrong in words."""
    return [
        _question(attempt, place, (posted or {}).get(place.number), (faults or {}).get(place.number, ""))
        for place in places
    ]


def results_of(attempt: Attempt, places: Iterable[Place], *, tells_right: bool) -> list[Question]:
    """The questions of a submitted attempt with right, wrong and why."""
    return [_question(attempt, place, None, "", is_over=True, tells_right=tells_right) for place in places]


def _question(
    attempt: Attempt,
    place: Place,
    posted: Filled | None,
    fault: str,
    *,
    is_over: bool = False,
    tells_right: bool = True,
) -> Question:
    version, seed = place.version, seed_of(attempt.uuid, place.version)
    saved = filled_from_answer(version, place.response.answer if place.response else None, seed)
    filled = posted if posted is not None else saved
    return Question(
        number=place.number,
        kind=version.kind,
        stem=version.stem,
        choices=_choices(version, filled, seed, mixes=attempt.quiz.shuffle_options),
        rows=_rows(version, filled, seed, f"q{place.number}"),
        matches=_matches(version, seed),
        text=filled.text[:TEXT_LIMIT],
        was=saved.digest,
        is_answered=place.is_answered,
        fault=fault,
        feedback=_feedback(place, tells_right=tells_right) if is_over or place.is_told else None,
    )


def _choices(version: ItemVersion, filled: Filled, seed: str, *, mixes: bool) -> list[Choice]:
    if version.kind not in (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE):
        return []
    options = version.options
    if mixes and version.kind != ItemKind.TRUE_FALSE:
        options = shuffled(options, seed)
    tokens = [(token(seed, option["id"]), option["text"]) for option in options]
    return [Choice(token_, text, token_ in filled.chosen) for token_, text in tokens]


def _rows(version: ItemVersion, filled: Filled, seed: str, name: str) -> list[Row]:
    match version.kind:
        case ItemKind.ORDERING:
            options = shuffled(version.options, seed)
        case ItemKind.MATCHING:
            options = version.options["left"]
        case _:
            return []
    tokens = [(token(seed, option["id"]), option["text"]) for option in options]
    return [Row(f"{name}-{token_}", text, filled.rows.get(token_, "")) for token_, text in tokens]


def _matches(version: ItemVersion, seed: str) -> list[Match]:
    if version.kind != ItemKind.MATCHING:
        return []
    options = shuffled(version.options["right"], seed)
    return [
        Match(token(seed, option["id"]), label, option["text"])
        for label, option in zip(_LABELS, options, strict=False)
    ]


def _feedback(place: Place, *, tells_right: bool) -> Feedback:
    version, response = place.version, place.response
    score = (response.score if response else None) or 0
    return Feedback(
        is_right=score == 1,
        is_partly_right=0 < score < 1,
        given=answer_lines(version, response.answer if response else None),
        right=answer_lines(version, version.key, is_key=True) if tells_right and score != 1 else (),
        explanation=version.explanation,
        lesson_code=version.lesson_code,
    )


def answer_lines(version: ItemVersion, answer: Any, *, is_key: bool = False) -> list[str]:
    """An answer in words, a line each (marked text); of several accepted words the first."""
    if not answer:
        return []
    match version.kind:
        case ItemKind.SHORT_TEXT:
            return [answer[0] if is_key else answer.replace("{", "\\{")]
        case ItemKind.MATCHING:
            left = {option["id"]: option["text"] for option in version.options["left"]}
            right = {option["id"]: option["text"] for option in version.options["right"]}
            return [f"{left[a]} → {right[b]}" for a, b in answer.items()]
    texts = {option["id"]: option["text"] for option in version.options}
    if version.kind == ItemKind.ORDERING:
        return [f"{place}. {texts[id_]}" for place, id_ in enumerate(answer, start=1) if id_]
    return [texts[id_] for id_ in answer]
