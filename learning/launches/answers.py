"""What somebody answered, question by question, read off the statement that closed an attempt (pure).

Statements come from a browser and may say anything: whatever has another shape than H5P gives it is left out. Whether an
answer is right is asked of the content itself where its type can be marked here, and else of the pattern in the statement.
Response formats: xAPI 1.0.3, Data 4.1.1.6.1 (``[,]`` between answers, ``[.]`` between the two halves of a pair).
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.packages import h5p
from courses.packages.h5p.statements import LONGEST_RESPONSE

SEPARATOR, PAIR = "[,]", "[.]"
MOST_ANSWERS = 300
MOST_CHARACTERS = 1_000
DEEPEST = 8
# It stores the place on the screen and compares it with the order in the file: its parts say what was not chosen.
_SHUFFLED = "H5P.SingleChoiceSet"
_TRUE_FALSE = {"true": "○", "false": "×"}
_CATEGORY = "http://h5p.org/libraries/"
_TAG = re.compile(r"<[^<>]{1,500}>")
_Map = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question. ``given`` and ``right`` are texts as the content words them; ``right`` is empty where nothing tells.

    ``is_right`` None: cannot be told. ``key`` is the same for the same question in every attempt at one version.
    """

    key: str
    question: str
    given: tuple[str, ...]
    right: tuple[str, ...] = ()
    is_right: bool | None = None


def answers_of(statement: Any, tree: Any, machine_name: str, params: Any) -> list[Answer]:
    """The answers of an attempt: of the parts in ``tree`` (``getXAPIData``) where it has any, else of ``statement`` itself.

    ``machine_name`` and ``params`` are those of the version that was played. At most MOST_ANSWERS, never raises.
    """
    parts = _parts_of(params)
    nodes = list(_leaves(tree, 0, shuffled=machine_name == _SHUFFLED))
    if not nodes:
        nodes = [(statement, machine_name == _SHUFFLED)]
    if len(nodes) == 1 and not _sub_content(nodes[0][0]):
        parts[""] = (machine_name, params if isinstance(params, Mapping) else {})
    found = [
        answer
        for number, (node, shuffled) in enumerate(nodes)
        for answer in _answers(node, number, parts, shuffled=shuffled)
    ]
    return found[:MOST_ANSWERS]


def _leaves(node: Any, depth: int, *, shuffled: bool) -> Iterator[tuple[_Map, bool]]:
    """Statements of the parts that somebody answered, in their order, and whether what they say can be wrong."""
    children = node.get("children") if isinstance(node, Mapping) else None
    if depth > DEEPEST or not isinstance(children, list):
        return
    for child in children[:MOST_ANSWERS]:
        statement = child.get("statement") if isinstance(child, Mapping) else None
        if not isinstance(statement, Mapping):
            continue
        wrong = shuffled or _SHUFFLED in _category(statement)
        below = list(_leaves(child, depth + 1, shuffled=wrong))
        if below:
            yield from below
        elif "response" in _dig(statement, "result"):
            yield statement, wrong


def _answers(
    statement: Any, number: int, parts: Mapping[str, tuple[str, _Map]], *, shuffled: bool
) -> Iterator[Answer]:
    result, definition = _dig(statement, "result"), _dig(statement, "object", "definition")
    response = result.get("response")
    if not isinstance(response, str) or len(response) > LONGEST_RESPONSE:
        return
    sub = _sub_content(statement)
    key, question = sub or str(number), _question(definition)
    if shuffled:
        yield Answer(key, question, ())
        return
    grouped = _grouped(definition, response)
    if grouped:
        yield from grouped
        return
    words = _words_of(*parts[sub]) if sub in parts else _TRUE_FALSE
    given, right = _texts(definition, response, words), _right(definition, words)
    marked = h5p.mark(*parts[sub], response) if sub in parts else None
    is_right = marked.raw == marked.max if marked is not None else _said(result, definition, response)
    yield Answer(key, question, given, right, is_right)


# --- questions of one statement that stand side by side --------------------------------------------


def _grouped(definition: _Map, response: str) -> list[Answer]:
    """Several questions in one statement: choices that are named ``<question>-<choice>`` and worded with their question."""
    choices = _choices(definition.get("choices"))
    groups: dict[str, dict[str, str]] = {}
    for name, text in choices.items():
        head, dash, tail = name.partition("-")
        if not dash or not tail or not head[:1].isalpha() or not head[1:].isdecimal():
            return []
        groups.setdefault(head, {})[name] = text
    if len(groups) < 2:
        return []
    chosen, pattern = response.split(SEPARATOR), _pattern(definition)
    is_row = definition.get("interactionType") == "sequencing"
    return [_of_group(head, texts, chosen, pattern, is_row=is_row) for head, texts in groups.items()]


def _of_group(
    head: str, texts: Mapping[str, str], chosen: Sequence[str], pattern: Sequence[str], *, is_row: bool
) -> Answer:
    question = _common_start(list(texts.values()))
    mine = [name for name in chosen if name in texts]
    right = [name for name in pattern if name in texts]
    same = mine == right if is_row else set(mine) == set(right)
    return Answer(
        head,
        _cut(question.rstrip(" :：")),
        tuple(_cut(texts[name][len(question) :].strip()) for name in mine),
        tuple(_cut(texts[name][len(question) :].strip()) for name in right),
        same if right else None,
    )


def _common_start(texts: Sequence[str]) -> str:
    """What all of them begin with, up to a space: the question before its choices. Empty for a single one."""
    if len(texts) < 2:
        return ""
    first, last = min(texts), max(texts)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind(" ", 0, length) + 1]


# --- one question ----------------------------------------------------------------------------------


def _words_of(machine_name: str, params: _Map) -> _Map:
    """How True/False words its two answers."""
    labels = _dig(params, "l10n") if machine_name == "H5P.TrueFalse" else {}
    words = {"true": labels.get("trueText"), "false": labels.get("falseText")}
    return {key: word if isinstance(word, str) and word else _TRUE_FALSE[key] for key, word in words.items()}


def _texts(definition: _Map, response: str, words: _Map) -> tuple[str, ...]:
    """What was answered, in words."""
    kind = definition.get("interactionType")
    parts = [part for part in response.split(SEPARATOR) if part.strip()]
    if kind == "true-false":
        return tuple(_cut(str(words.get(part, part))) for part in parts)
    if kind == "matching":
        sources, targets = _choices(definition.get("source")), _choices(definition.get("target"))
        pairs = [part.partition(PAIR) for part in parts]
        return tuple(_cut(f"{sources.get(one, one)} → {targets.get(two, two)}") for one, _dot, two in pairs)
    choices = _choices(definition.get("choices"))
    return tuple(_cut(choices.get(part, part)) for part in parts)


def _right(definition: _Map, words: _Map) -> tuple[str, ...]:
    pattern = SEPARATOR.join(_pattern(definition))
    return _texts(definition, pattern, words) if pattern else ()


def _pattern(definition: _Map) -> list[str]:
    """The first right answer; ``{case_matters=true}`` and the like are instructions, not answers."""
    patterns = definition.get("correctResponsesPattern")
    first = patterns[0] if isinstance(patterns, list) and patterns else ""
    if not isinstance(first, str) or len(first) > LONGEST_RESPONSE:
        return []
    while first.startswith("{") and "=" in first.partition("}")[0]:
        first = first.partition("}")[2]
    return first.split(SEPARATOR) if first else []


def _said(result: _Map, definition: _Map, response: str) -> bool | None:
    """What the statement tells: its success, else full points, else the pattern."""
    if isinstance(result.get("success"), bool):
        return bool(result["success"])
    score = _dig(result, "score")
    raw, most = score.get("raw"), score.get("max")
    if isinstance(raw, int | float) and isinstance(most, int | float) and most > 0:
        return raw == most
    pattern = _pattern(definition)
    return response.split(SEPARATOR) == pattern if pattern else None


# --- reading ---------------------------------------------------------------------------------------


def _dig(value: Any, *way: str) -> _Map:
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _question(definition: _Map) -> str:
    return _cut(_worded(definition.get("description")) or _worded(definition.get("name")))


def _worded(value: Any) -> str:
    """A language map in the language that there is; Japanese first."""
    if not isinstance(value, Mapping):
        return ""
    texts = {str(language): text for language, text in value.items() if isinstance(text, str)}
    found = next((texts[key] for key in ("ja", "ja-JP", *texts) if key in texts), "")
    return " ".join(html.unescape(_TAG.sub(" ", found[: 20 * MOST_CHARACTERS])).split())


def _choices(value: Any) -> dict[str, str]:
    found = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    return {str(one.get("id")): _worded(one.get("description")) for one in found[:MOST_ANSWERS]}


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _sub_content(statement: Any) -> str:
    sub = _dig(statement, "object", "definition", "extensions").get("http://h5p.org/x-api/h5p-subContentId")
    return sub if isinstance(sub, str) else ""


def _category(statement: _Map) -> str:
    listed = _dig(statement, "context", "contextActivities").get("category")
    ids = (
        [str(one.get("id", "")) for one in listed if isinstance(one, Mapping)]
        if isinstance(listed, list)
        else []
    )
    return " ".join(ids).removeprefix(_CATEGORY)


def _parts_of(params: Any, depth: int = 0) -> dict[str, tuple[str, _Map]]:
    """Content type and parameters of each part, by its id."""
    found: dict[str, tuple[str, _Map]] = {}
    if depth > 2 * DEEPEST:
        return found
    if isinstance(params, list):
        for one in params:
            found |= _parts_of(one, depth + 1)
    elif isinstance(params, Mapping):
        library, inner, sub = params.get("library"), params.get("params"), params.get("subContentId")
        if isinstance(library, str) and isinstance(inner, Mapping) and isinstance(sub, str):
            found[sub] = (library.split(" ", 1)[0], inner)
        for one in params.values():
            found |= _parts_of(one, depth + 1)
    return found
