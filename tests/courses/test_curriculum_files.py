"""From the files of a course to its blocks and hashes."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from courses.curriculum.files import (
    Block,
    CalloutBlock,
    ChecklistBlock,
    DeclarationBlock,
    Step,
    StepsBlock,
    TableBlock,
    TextBlock,
    content_hash,
    load_course,
)
from courses.readability.ruby import strip
from tests.courses.curriculum_sample import COURSE, QUIZ, write_course


class TestBlocks:
    def blocks(self, folder: Path) -> tuple[Block, ...]:
        return load_course(folder).lessons[0].blocks

    def test_headings_divide_text(self, tmp_path: Path) -> None:
        folder = write_course(
            tmp_path, body="始め。\n\n## {見|み}出し\n一行目\n二行目\n\n### 小見出し\n- 一\n- 二\n"
        )
        html = "<p>一行目<br>\n二行目</p>\n<h3>小見出し</h3>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>"
        assert self.blocks(folder) == (TextBlock("", "<p>始め。</p>"), TextBlock("{見|み}出し", html))

    def test_steps(self, tmp_path: Path) -> None:
        body = """\
            ::: steps 三つの手順
            1. **{題|だい}**
               文です。
            2. **太字**で始まる文です。
            3. 三つ目

               続きです。
            :::
            """
        steps = (
            Step("{題|だい}", "<p>文です。</p>"),
            Step("", "<p><strong>太字</strong>で始まる文です。</p>"),
            Step("", "<p>三つ目</p>\n<p>続きです。</p>"),
        )
        assert self.blocks(write_course(tmp_path, body=textwrap.dedent(body))) == (
            StepsBlock("三つの手順", steps),
        )

    def test_a_step_may_be_its_title_alone(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path, body="::: steps\n1. **題だけ**\n:::\n")
        assert self.blocks(folder) == (StepsBlock("", (Step("題だけ", ""),)),)

    def test_callout_checklist_and_declaration(self, tmp_path: Path) -> None:
        body = """\
            ::: callout caution 気をつける
            注意です。
            :::
            ::: checklist 見る
            - {一|いち}
            - 二
            :::
            ::: declaration 宣言
            何をしますか。
            書きましょう。
            :::
            """
        assert self.blocks(write_course(tmp_path, body=textwrap.dedent(body))) == (
            CalloutBlock("caution", "気をつける", "<p>注意です。</p>"),
            ChecklistBlock("見る", ("{一|いち}", "二")),
            DeclarationBlock("宣言", "何をしますか。\n書きましょう。"),
        )

    @pytest.mark.parametrize("caption", ["表：題", "{表|ひょう}：題", "表: 題"])
    def test_tables_take_furigana_and_a_caption(self, caption: str, tmp_path: Path) -> None:
        folder = write_course(
            tmp_path, body=f"前の文。\n\n{caption}\n\n| {{甲|こう}} | 乙 |\n|---|---|\n| 一 | {{二|に}} |\n"
        )
        table = TableBlock("題", ("{甲|こう}", "乙"), (("一", "{二|に}"),))
        assert self.blocks(folder) == (TextBlock("", "<p>前の文。</p>"), table)

    def test_easy_text_belongs_to_the_block_above(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path, body="文。\n\n::: easy\nやさしい文。\n:::\n\n次の文。\n")
        easy = TextBlock("", "<p>文。</p>", "<p>やさしい文。</p>")
        assert self.blocks(folder) == (easy, TextBlock("", "<p>次の文。</p>"))

    def test_bold_type_works_beside_brackets_and_furigana(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path, body="これは**「重要」**です。**{必|かなら}ず。**次に\n")
        html = "<p>これは<strong>「重要」</strong>です。<strong>{必|かなら}ず。</strong>次に</p>"
        assert self.blocks(folder) == (TextBlock("", html),)

    def test_html_in_the_source_is_text(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path, body="<script>alert(1)</script>と<b>太字</b>\n\n<div>\n箱\n</div>\n")
        (block,) = self.blocks(folder)
        assert isinstance(block, TextBlock)
        assert "<script" not in block.html
        assert "&lt;b&gt;太字&lt;/b&gt;" in block.html

    def test_an_escaped_brace_stays_escaped(self, tmp_path: Path) -> None:
        (block,) = self.blocks(write_course(tmp_path, body=r"記号の\{漢字|かんじ}です。"))
        assert isinstance(block, TextBlock)
        assert strip(block.html) == "<p>記号の{漢字|かんじ}です。</p>"

    def test_links_keep_their_address(self, tmp_path: Path) -> None:
        (block,) = self.blocks(write_course(tmp_path, body="[{県|けん}](https://example.jp/?a=1&b=2)\n"))
        assert block == TextBlock("", '<p><a href="https://example.jp/?a=1&amp;b=2">{県|けん}</a></p>')


class TestContentHash:
    def test_layout_does_not_count(self, tmp_path: Path) -> None:
        first = load_course(write_course(tmp_path))
        second = load_course(
            write_course(
                tmp_path, course="# メモ\n" + COURSE, body="\n本文です。\n\n", quiz=QUIZ + "# 終わり\n"
            )
        )
        assert first.quiz is not None
        assert second.quiz is not None
        assert content_hash(first) == content_hash(second)
        assert content_hash(first.lessons[0]) == content_hash(second.lessons[0])
        assert content_hash(first.quiz) == content_hash(second.quiz)

    def test_each_part_has_its_own(self, tmp_path: Path) -> None:
        course = load_course(write_course(tmp_path))
        changed = load_course(write_course(tmp_path, body="別の本文です。\n"))
        assert content_hash(changed.lessons[0]) != content_hash(course.lessons[0])
        assert content_hash(changed) == content_hash(course)
        assert content_hash(replace(course, audience="だれでも")) != content_hash(course)

    def test_it_stays_the_same_between_releases(self, tmp_path: Path) -> None:
        """A stored hash decides whether a person has changed a page: a new hash would be a false conflict."""
        course = load_course(write_course(tmp_path))
        assert course.quiz is not None
        assert [content_hash(part)[:8] for part in (course, course.lessons[0], course.quiz)] == [
            "661a7734",
            "13a58c83",
            "2b3c118b",
        ]
