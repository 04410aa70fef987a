"""`L1.md` and its siblings: front matter and the blocks of one lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from courses.curriculum.block_reader import read_blocks
from courses.curriculum.blocks import Block
from courses.curriculum.errors import ErrorLog
from courses.curriculum.fields import RUBY_MESSAGES, Fields, read_fields
from courses.curriculum.markdown import parse_markdown
from courses.readability.ruby import find_errors, parse

_KEYS = ("code", "title", "title_ruby", "title_easy", "minutes")


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson of a course. `blocks` is empty while only its outline in `course.yaml` exists.

    `title` has no furigana, `title_ruby` and `title_easy` are marked text; `title_easy` may be empty.
    """

    code: str
    title: str
    title_ruby: str
    minutes: int
    blocks: tuple[Block, ...] = ()
    title_easy: str = ""


def read_lesson(path: Path, outline: LessonFile, log: ErrorLog) -> LessonFile:
    """The lesson that the file holds; where the file contradicts the course's outline, both are reported."""
    source = read_source(path, log)
    fields = _front_matter(source, path, log)
    if fields is None:
        return outline
    for key, expected in (
        ("code", outline.code),
        ("title", outline.title),
        ("minutes", str(outline.minutes)),
    ):
        if (value := fields.text(key)) and value != expected:
            fields.error(key, f"「{key}」が course.yaml と違います（course.yaml：{expected}）")
    blocks = read_blocks(source, path, log)
    if not blocks:
        log.add(path, fields.line("code"), "本文がありません")
    return LessonFile(
        code=outline.code,
        title=outline.title,
        title_ruby=fields.ruby_of("title_ruby", outline.title),
        title_easy=fields.ruby_text("title_easy", required=False),
        minutes=outline.minutes,
        blocks=blocks,
    )


def read_source(path: Path, log: ErrorLog) -> str:
    """The text of a file with `\\n` line ends and no BOM; empty after logging why it cannot be read."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        if not source.strip():
            log.add(path, 1, "ファイルが空です")
        return source
    except FileNotFoundError:
        log.add(path, 1, "ファイルがありません")
    except UnicodeDecodeError:
        log.add(path, 1, "文字コードがUTF-8ではありません")
    except OSError as error:
        log.add(path, 1, f"ファイルを読めません（{error.strerror}）")
    return ""


def _front_matter(source: str, path: Path, log: ErrorLog) -> Fields | None:
    if not source:
        return None
    first = next(iter(parse_markdown(source).children), None)
    if first is None or first.type != "front_matter" or first.map is None:
        log.add(path, 1, "ファイルの初めに --- で囲んだ code、title、minutes がありません")
        return None
    lines = source.split("\n")
    end = first.map[1]
    _check_ruby("\n".join(lines[end:]), end, path, log)
    return read_fields("\n".join(lines[1 : end - 1]), path, log, _KEYS, first_line=2)


def _check_ruby(body: str, offset: int, path: Path, log: ErrorLog) -> None:
    for problem in find_errors(body):
        message = f"{RUBY_MESSAGES[problem.code]}（「{problem.excerpt}」）"
        log.add(path, offset + problem.line, message)
    for number, line in enumerate(body.split("\n"), start=1):
        if any(segment.reading and set(segment.base) & set("*_[]`\\") for segment in parse(line)):
            message = (
                "ふりがなの { } の中に、太字などの記号は書けません。**{漢字|かんじ}** のように外に書きます"
            )
            log.add(path, offset + number, message)
