"""What a well-formed question is. The shapes of options and key are those of ``ItemVersion``."""

from collections.abc import Mapping

from assessments.items.enums import ItemKind, ItemProblem

OPTIONS_LIMIT = 20
TEXT_LIMIT = 500
STEM_LIMIT = 2_000


def problems(kind: str, stem: str, options: object, key: object) -> list[ItemProblem]:
    """Everything that is wrong, in the order in which an author would look; empty when the question can be asked."""
    if kind not in set(ItemKind):
        return [ItemProblem.UNKNOWN_KIND]
    found = [] if stem.strip() else [ItemProblem.NO_STEM]
    if len(stem) > STEM_LIMIT:
        found.append(ItemProblem.TOO_LONG)
    match kind:
        case ItemKind.SHORT_TEXT:
            return found + _word_problems(key)
        case ItemKind.MATCHING:
            return found + _matching_problems(options, key)
    return found + _choice_problems(kind, options, key)


def option_ids(options: object) -> list[str] | None:
    """The ids of ``[{"id", "text"}]``; None when it is anything else."""
    if not isinstance(options, list):
        return None
    for option in options:
        if not isinstance(option, Mapping) or set(option) != {"id", "text"}:
            return None
        if not isinstance(option["id"], str) or not isinstance(option["text"], str):
            return None
    return [option["id"] for option in options]


def _choice_problems(kind: str, options: object, key: object) -> list[ItemProblem]:
    ids = option_ids(options)
    if ids is None or not isinstance(options, list):
        return [ItemProblem.BAD_OPTIONS]
    found = _list_problems(options)
    if kind == ItemKind.TRUE_FALSE and len(ids) != 2:
        found.append(ItemProblem.NOT_TWO)
    return found + _key_problems(kind, ids, key)


def _list_problems(options: list[Mapping[str, str]], least: int = 2) -> list[ItemProblem]:
    texts = [option["text"].strip() for option in options]
    checks = {
        ItemProblem.TOO_FEW: len(options) < least,
        ItemProblem.TOO_MANY: len(options) > OPTIONS_LIMIT,
        ItemProblem.EMPTY_TEXT: not all(texts),
        ItemProblem.SAME_TEXT: len(set(texts)) < len(texts),
        ItemProblem.SAME_ID: len({option["id"] for option in options}) < len(options),
        ItemProblem.TOO_LONG: any(len(text) > TEXT_LIMIT for text in texts),
    }
    return [problem for problem, is_there in checks.items() if is_there]


def _key_problems(kind: str, ids: list[str], key: object) -> list[ItemProblem]:
    if (
        not isinstance(key, list)
        or not all(isinstance(entry, str) for entry in key)
        or not set(key) <= set(ids)
    ):
        return [ItemProblem.KEY_UNKNOWN]
    match kind:
        case ItemKind.ORDERING:
            return [] if sorted(key) == sorted(ids) else [ItemProblem.KEY_INCOMPLETE]
        case ItemKind.MULTIPLE:
            return [] if key else [ItemProblem.NONE_RIGHT]
    return [] if len(key) == 1 else [ItemProblem.NOT_ONE_RIGHT]


def _matching_problems(options: object, key: object) -> list[ItemProblem]:
    if not isinstance(options, Mapping):
        return [ItemProblem.BAD_OPTIONS]
    left, right = options.get("left"), options.get("right")
    left_ids, right_ids = option_ids(left), option_ids(right)
    if left_ids is None or right_ids is None or not isinstance(left, list) or not isinstance(right, list):
        return [ItemProblem.BAD_OPTIONS]
    found = list(dict.fromkeys([*_list_problems(left), *_list_problems(right)]))
    if not isinstance(key, Mapping) or not all(value in right_ids for value in key.values()):
        return [*found, ItemProblem.KEY_UNKNOWN]
    if not set(key) <= set(left_ids):
        return [*found, ItemProblem.KEY_UNKNOWN]
    return found if set(key) == set(left_ids) else [*found, ItemProblem.KEY_INCOMPLETE]


def _word_problems(key: object) -> list[ItemProblem]:
    if (
        not isinstance(key, list)
        or not key
        or not all(isinstance(word, str) and word.strip() for word in key)
    ):
        return [ItemProblem.NO_WORDS]
    found = [ItemProblem.RUBY_IN_WORDS] if any("{" in word for word in key) else []
    return [*found, ItemProblem.TOO_LONG] if any(len(word) > TEXT_LIMIT for word in key) else found
