"""A small course in files, T101, that a test writes with the one part that differs."""

from pathlib import Path

import pytest

from courses.curriculum.files import CurriculumErrors, load_course

COURSE = """\
code: T101
status: published
track: 職員
tier: 基礎
level: FL1
title: ためし
title_en: A trial
audience: 全職員
mandatory: false
minutes: 10
delivery:
  text: オンライン
  codes: [online]
scoring: scored
pass_mark: 80
prerequisites: []
objectives: [できる]
lessons:
  - code: T101-L1
    title: 一つ目
    minutes: 10
strategy: [gov-1-1]
strategy_context: []
competencies: [DC1.1]
"""
LESSON = """\
---
code: T101-L1
title: 一つ目
title_ruby: "{一|ひと}つ{目|め}"
minutes: 10
---

"""
QUIZ = """\
code: T101-Q
title: 確認
items:
  - code: T101-Q1
    kind: single
    lesson: T101-L1
    competency: DC1.1
    stem: どれですか。
    options:
      a: これ
      b: それ
    answer: b
    explanation: それです。
"""


def write_course(
    root: Path, *, course: str = COURSE, body: str = "本文です。\n", quiz: str | None = QUIZ
) -> Path:
    """Writes the course below `root` and gives its folder; without `quiz` there is no such file."""
    folder = root / "T101"
    folder.mkdir(exist_ok=True)
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / "L1.md").write_text(LESSON + body, encoding="utf-8")
    if quiz is not None:
        (folder / "quiz.yaml").write_text(quiz, encoding="utf-8")
    return folder


def errors_of(folder: Path) -> list[tuple[str, int, str]]:
    """File name, line and message of everything that is wrong."""
    with pytest.raises(CurriculumErrors) as caught:
        load_course(folder)
    return [(error.file.name, error.line, error.message_ja) for error in caught.value.errors]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
