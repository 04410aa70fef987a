"""YAML read with its line numbers: every value is fetched by name and type, every problem is logged.

A getter that fails logs the error and returns an empty value, so that reading goes on and finds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import yaml

from courses.curriculum.errors import ErrorLog
from courses.readability.ruby import find_errors, strip

RUBY_MESSAGES = {
    "empty_reading": "ふりがなが空です。{漢字|かんじ} のように読みを書いてください",
    "reading_not_kana": "ふりがなは、ひらがなかカタカナで書いてください",
    "base_without_kanji": "漢字のない言葉に、ふりがながついています",
    "stray_brace": "{ } がふりがなの形ではありません。半角で {漢字|かんじ} と書くか、記号なら \\{ と書きます",
}
T = TypeVar("T", bound=str)

_TAG = "tag:yaml.org,2002:"


class Fields:
    """One YAML mapping. Lines are those of the file, also for front matter (`first_line`)."""

    def __init__(
        self, node: yaml.MappingNode, file: Path, log: ErrorLog, known: Collection[str], first_line: int = 1
    ) -> None:
        self.file = file
        self._log = log
        self._first_line = first_line
        self._start = node.start_mark.line + first_line
        self._nodes: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            self._take(key_node, value_node, known)

    def _take(self, key_node: yaml.Node, value_node: yaml.Node, known: Collection[str]) -> None:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        line = key_node.start_mark.line + self._first_line
        if key in self._nodes:
            self._log.add(self.file, line, f"「{key}」が二度書かれています")
        elif known and key not in known:
            names = "、".join(known)
            self._log.add(self.file, line, f"「{key}」という項目はありません。使える項目：{names}")
        else:
            self._nodes[key] = value_node

    def line(self, key: str = "") -> int:
        node = self._nodes.get(key)
        return self._start if node is None else node.start_mark.line + self._first_line

    def error(self, key: str, message: str) -> None:
        self._log.add(self.file, self.line(key), message)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value; `key: null` counts as left out."""
        node = self._nodes.get(key)
        return node is not None and node.tag != f"{_TAG}null"

    def keys(self) -> list[str]:
        return list(self._nodes)

    def _scalar(self, key: str, required: bool) -> yaml.ScalarNode | None:
        node = self._nodes.get(key)
        if node is None or not self.has(key):
            if required:
                self.error(key, f"「{key}」がありません")
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.error(key, f'「{key}」には文字を書いてください。値が {{ や [ で始まるときは "…" で囲みます')
            return None
        return node

    def text(self, key: str, *, required: bool = True) -> str:
        node = self._scalar(key, required)
        if node is None:
            return ""
        value = str(node.value).strip()
        if required and not value:
            self.error(key, f"「{key}」が空です")
        return value

    def ruby_text(self, key: str, *, required: bool = True) -> str:
        """Marked text (see `courses.readability.ruby`)."""
        value = self.text(key, required=required)
        self.check_ruby(key, value)
        return value

    def check_ruby(self, key: str, value: str) -> None:
        for problem in find_errors(value):
            self.error(key, f"{RUBY_MESSAGES[problem.code]}（「{problem.excerpt}」）")

    def ruby_of(self, key: str, plain: str) -> str:
        """Marked text that must read like `plain`; without it, `plain` itself."""
        marked = self.ruby_text(key, required=False)
        if marked and strip(marked) != plain:
            self.error(key, f"「{key}」からふりがなを除くと「{plain}」と同じになりません")
        return marked or plain

    def optional_text(self, key: str) -> str | None:
        return self.text(key, required=False) or None

    def choice(self, key: str, allowed: Sequence[T]) -> T:
        """One of the allowed values; the first of them where the file has none."""
        value = self.text(key)
        return (self._allowed(key, [value] if value else [], allowed) or (allowed[0],))[0]

    def choices(self, key: str, allowed: Sequence[T]) -> tuple[T, ...]:
        return self._allowed(key, self.texts(key), allowed)

    def _allowed(self, key: str, values: Iterable[str], allowed: Sequence[T]) -> tuple[T, ...]:
        found = []
        for value in values:
            match = next((choice for choice in allowed if choice == value), None)
            if match is None:
                self.error(key, f"「{key}」は {'、'.join(allowed)} のどれかです（今の値：{value}）")
            else:
                found.append(match)
        return tuple(found)

    def integer(self, key: str, *, minimum: int = 1) -> int:
        return self.optional_integer(key, minimum=minimum, required=True) or 0

    def optional_integer(self, key: str, *, minimum: int = 0, required: bool = False) -> int | None:
        node = self._scalar(key, required)
        if node is None:
            return None
        if not re.fullmatch(r"\d{1,6}", node.value) or int(node.value) < minimum:
            self.error(key, f"「{key}」には {minimum} 以上の整数を半角で書いてください")
            return None
        return int(node.value)

    def boolean(self, key: str, *, default: bool = False) -> bool:
        node = self._scalar(key, required=False)
        if node is None:
            return default
        if node.value not in ("true", "false"):
            self.error(key, f"「{key}」には true か false を書いてください")
        return bool(node.value == "true")

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        nodes = self._sequence(key, required)
        if any(not isinstance(node, yaml.ScalarNode) for node in nodes):
            self.error(key, f'「{key}」の値が文字ではありません。{{ や [ で始まるときは "…" で囲みます')
        return tuple(str(node.value).strip() for node in nodes if isinstance(node, yaml.ScalarNode))

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """A single value or a list of them."""
        if isinstance(self._nodes.get(key), yaml.SequenceNode):
            return self.texts(key)
        return tuple(filter(None, [self.text(key)]))

    def _sequence(self, key: str, required: bool) -> list[yaml.Node]:
        node = self._nodes.get(key)
        if node is None or not self.has(key):
            if required:
                self.error(key, f"「{key}」がありません")
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.error(key, f"「{key}」には一覧（- で始まる行）を書いてください")
            return []
        return list(node.value)

    def mapping(self, key: str, known: Collection[str] = (), *, required: bool = True) -> Fields | None:
        """The mapping below `key`; with no `known` keys, any key is allowed."""
        node = self._nodes.get(key)
        if node is None or not self.has(key):
            if required:
                self.error(key, f"「{key}」がありません")
            return None
        return self._fields(node, known, key)

    def mappings(self, key: str, known: Collection[str]) -> Iterable[Fields]:
        fields = (self._fields(node, known, key) for node in self._sequence(key, required=True))
        return [field for field in fields if field is not None]

    def _fields(self, node: yaml.Node, known: Collection[str], key: str) -> Fields | None:
        if isinstance(node, yaml.MappingNode):
            return Fields(node, self.file, self._log, known, self._first_line)
        self._log.add(
            self.file, node.start_mark.line + self._first_line, f"「{key}」は「名前: 値」の形で書いてください"
        )
        return None


def read_fields(
    source: str, file: Path, log: ErrorLog, known: Collection[str], first_line: int = 1
) -> Fields | None:
    """The top mapping of a YAML text, or None after logging why there is none."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        log.add(file, _error_line(error, first_line), _error_message(error, source))
        return None
    except (ValueError, RecursionError):
        log.add(file, first_line, "YAMLとして読めません")
        return None
    if not isinstance(node, yaml.MappingNode):
        log.add(file, first_line, "「名前: 値」の形で書いてください")
        return None
    return Fields(node, file, log, known, first_line)


def _error_line(error: yaml.YAMLError, first_line: int) -> int:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return first_line + (mark.line if mark else 0)


def _error_message(error: yaml.YAMLError, source: str) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    lines = source.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    hint = "行頭の空白の数と、: の後ろの空白を確かめてください"
    if re.search(r"[:-]\s+\{", line):
        hint = '値が { で始まるときは、全体を "…" で囲んでください'
    elif "\t" in line:
        hint = "タブは使えません。空白に直してください"
    return f"YAMLとして読めません。{hint}"
