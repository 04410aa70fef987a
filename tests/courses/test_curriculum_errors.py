"""Whatever is wrong in the files is told with file and line, all of it at once, and nothing else is raised."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.curriculum.files import CurriculumErrors, load_all, load_course
from tests.courses.curriculum_sample import COURSE, LESSON, QUIZ, errors_of, line_of, write_course


class TestLessonErrors:
    @pytest.mark.parametrize(
        ("body", "line", "message"),
        [
            ("::: nazo\n文\n:::\n", 1, "「::: nazo」は使えません"),
            ("文\n\n::: callout tip\n文\n", 3, "閉じられていません"),
            ("::: steps\n1. 文\n\n::: easy\n文\n:::\n", 4, "::: の中に ::: は書けません"),
            ("文\n\n:::\n", 3, "対応する始まり"),
            ("文\n\n：：：steps\n", 3, "半角"),
            ("::: callout warning 題\n文\n:::\n", 1, "tip、caution、example、term"),
            ("::: steps\n- 文\n:::\n", 1, "「1. 」"),
            ("::: checklist\n- **太字**\n:::\n", 2, "文字とふりがなだけ"),
            ("::: declaration\n- 一\n:::\n", 1, "問いかけ"),
            ("::: easy\n文\n:::\n", 1, "すぐ後"),
            ("文\n\n::: easy\n一\n:::\n\n::: easy\n二\n:::\n", 7, "一つだけ"),
            ("文\n\n::: callout tip\n:::\n", 3, "空です"),
            ("文\n\n# 大きな見出し\n", 3, "見出しは"),
            ("文\n\n> 引用\n", 3, "引用"),
            ("文\n\n---\n\n文\n", 3, "区切り線"),
            ("文\n\n![図](a.png)\n", 3, "画像"),
            ("文\n\n`x`\n", 3, "` は使えません"),
            ("文\n\n**太字\n", 3, "組になっていません"),
            ("[x](ftp://example.jp)\n", 1, "リンク先"),
            ("| 一 | 二 |\n|---|---|\n| 一 | 二 | 三 |\n", 3, "ます目が多すぎます"),
            ("文\n{漢字|}\n", 2, "ふりがなが空"),
            ("文\n{漢字|kanji}\n", 2, "ひらがなかカタカナ"),
            ("文\n{かな|かな}\n", 2, "漢字のない"),
            ("文\n{漢字｜かんじ}\n", 2, "半角で {漢字|かんじ}"),
            ("{**漢字**|かんじ}\n", 1, "外に書きます"),
        ],
    )
    def test_it_says_where_and_what(self, body: str, line: int, message: str, tmp_path: Path) -> None:
        found = errors_of(write_course(tmp_path, body=body))
        offset = LESSON.count("\n")
        assert any(("L1.md", line + offset) == error[:2] and message in error[2] for error in found), found

    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ("code: T101-L1", "code: T101-L2", 2, "course.yaml と違います"),
            ("title: 一つ目", "title: 二つ目", 3, "course.yaml と違います"),
            ("minutes: 10", "minutes: 9", 5, "course.yaml と違います"),
            ("minutes: 10\n", "", 2, "「minutes」がありません"),
            ("minutes: 10", "minutes: 10\nauthor: 私", 6, "「author」という項目はありません"),
            ('"{一|ひと}つ{目|め}"', '"{二|ふた}つ{目|め}"', 4, "同じになりません"),
            ('"{一|ひと}つ{目|め}"', "{一|ひと}つ{目|め}", 4, '"…" で囲んで'),
            ("---\n", "", 1, "初めに ---"),
        ],
    )
    def test_front_matter(self, old: str, new: str, line: int, message: str, tmp_path: Path) -> None:
        folder = write_course(tmp_path)
        (folder / "L1.md").write_text((LESSON + "文\n").replace(old, new), encoding="utf-8")
        found = errors_of(folder)
        assert any(("L1.md", line) == error[:2] and message in error[2] for error in found), found

    def test_an_empty_lesson_is_an_error(self, tmp_path: Path) -> None:
        assert errors_of(write_course(tmp_path, body="")) == [("L1.md", 2, "本文がありません")]


class TestYamlErrors:
    @pytest.mark.parametrize(
        ("old", "new", "at", "message"),
        [
            ("tier: 基礎\n", "", "code:", "「tier」がありません"),
            ("tier: 基礎", "teir: 基礎", "teir", "「teir」という項目はありません"),
            ("tier: 基礎", "tier: 基礎\ntier: 実践", "tier: 実践", "二度"),
            ("track: 職員", "track: staff", "track:", "職員、教育、シニア"),
            ("status: published", "status: open", "status:", "published、draft"),
            ("code: T101\n", "code: T102\n", "code:", "フォルダーの名前"),
            ("mandatory: false", "mandatory: はい", "mandatory:", "true か false"),
            ("minutes: 10\ndelivery", "minutes: 12\ndelivery", "minutes:", "合計（10）と違います"),
            ("minutes: 10\ndelivery", "minutes: 十\ndelivery", "minutes:", "整数"),
            ("pass_mark: 80\n", "", "code:", "pass_mark"),
            ("scoring: scored", "scoring: practice", "pass_mark:", "practice"),
            ("pass_mark: 80", "pass_mark: 101", "pass_mark:", "100以下"),
            ("codes: [online]", "codes: [net]", "codes:", "online、venue、class"),
            ("delivery:\n  text: オンライン\n  codes: [online]", "delivery: x", "delivery:", "「名前: 値」"),
            ("objectives: [できる]", "objectives: できる", "objectives:", "一覧"),
            ("  - code: T101-L1", "  - code: T101-L5", "- code:", "T101-L1 です"),
            ("title: ためし", "title: ためし\ntitle_ruby: ためす", "title_ruby", "同じになりません"),
            ("title: ためし", "title: {試|ため}し", "title: {", '"…" で囲んで'),
            ("title: ためし", "title: [ためし", "", "YAMLとして読めません"),
            ("title: ためし", "\ttitle: ためし", "\ttitle", "タブ"),
        ],
    )
    def test_course(self, old: str, new: str, at: str, message: str, tmp_path: Path) -> None:
        source = COURSE.replace(old, new, 1)
        assert source != COURSE
        found = errors_of(write_course(tmp_path, course=source))
        expected_line = line_of(source, at) if at else None
        assert any(
            error[0] == "course.yaml" and message in error[2] and expected_line in (None, error[1])
            for error in found
        ), found

    @pytest.mark.parametrize(
        ("old", "new", "at", "message"),
        [
            ("answer: b", "answer: c", "answer:", "選択肢にありません"),
            ("answer: b", "answer: [a, b]", "answer:", "答えは一つ"),
            ("    answer: b\n", "", "- code:", "「answer」がありません"),
            ("kind: single", "kind: choice", "kind:", "single、multiple"),
            ("kind: single", "kind: ordering", "answer:", "すべての選択肢"),
            ("kind: single", "kind: short_text", "a: これ", "「options」は使いません"),
            ("kind: single", "kind: matching", "- code:", "「matches」がありません"),
            ("answer: b", "answer: b\n    matches: {p: 一}", "matches", "「matches」は使いません"),
            ("lesson: T101-L1", "lesson: T101-L9", "lesson:", "この講座の課"),
            ("competency: DC1.1", "competency: DC9.9", "competency:", "competencies"),
            ("code: T101-Q1", "code: Q1", "- code:", "T101-Q1 のように"),
            ("code: T101-Q\n", "code: T101\n", "code:", "T101-Q です"),
            ("b: それ", "b: これ", "a: これ", "同じ文"),
            ("b: それ", "B: それ", "a: これ", "小文字"),
            ("      b: それ\n", "", "a: これ", "二つ以上"),
            ("stem: どれですか。", 'stem: "{漢字|x}"', "stem:", "ひらがなかカタカナ"),
            ("    stem: どれですか。\n", "", "- code:", "「stem」がありません"),
            ("items:", "extra: 1\nitems:", "extra:", "「extra」という項目はありません"),
        ],
    )
    def test_quiz(self, old: str, new: str, at: str, message: str, tmp_path: Path) -> None:
        source = QUIZ.replace(old, new, 1)
        assert source != QUIZ
        found = errors_of(write_course(tmp_path, quiz=source))
        assert any(
            ("quiz.yaml", line_of(source, at)) == error[:2] and message in error[2] for error in found
        ), found

    def test_item_codes_are_used_once(self, tmp_path: Path) -> None:
        item = QUIZ[QUIZ.index("  - code") :]
        line = QUIZ.count("\n") + 1
        assert ("quiz.yaml", line, "問題のコード T101-Q1 が重なっています") in errors_of(
            write_course(tmp_path, quiz=QUIZ + item)
        )

    def test_a_scored_course_needs_its_quiz(self, tmp_path: Path) -> None:
        assert errors_of(write_course(tmp_path, quiz=None)) == [("quiz.yaml", 1, "ファイルがありません")]

    def test_a_practice_course_may_do_without(self, tmp_path: Path) -> None:
        course = COURSE.replace("scoring: scored\npass_mark: 80", "scoring: practice")
        assert load_course(write_course(tmp_path, course=course, quiz=None)).quiz is None

    def test_a_published_course_needs_all_lessons(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path)
        (folder / "L1.md").rename(folder / "L7.md")
        assert errors_of(folder) == [
            ("L1.md", 1, "ファイルがありません"),
            ("L7.md", 1, "course.yaml の lessons にない課です"),
        ]

    def test_a_draft_needs_only_its_outline(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path, course=COURSE.replace("published", "draft"), quiz=None)
        (folder / "L1.md").unlink()
        (lesson,) = load_course(folder).lessons
        assert (lesson.code, lesson.title, lesson.title_ruby, lesson.blocks) == (
            "T101-L1",
            "一つ目",
            "一つ目",
            (),
        )

    def test_other_encodings_are_named(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path)
        (folder / "quiz.yaml").write_bytes(QUIZ.encode("cp932"))
        assert errors_of(folder) == [("quiz.yaml", 1, "文字コードがUTF-8ではありません")]

    def test_windows_files_load(self, tmp_path: Path) -> None:
        folder = write_course(tmp_path)
        before = load_course(folder)
        for name in ("course.yaml", "L1.md", "quiz.yaml"):
            path = folder / name
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        assert load_course(folder) == before

    def test_errors_of_all_files_come_together(self, tmp_path: Path) -> None:
        write_course(
            tmp_path,
            course=COURSE.replace("tier: 基礎\n", ""),
            body="**太字\n",
            quiz=QUIZ.replace("answer: b", "answer: z"),
        )
        (tmp_path / "T102").mkdir()
        with pytest.raises(CurriculumErrors) as caught:
            load_all(tmp_path)
        files = [error.file.relative_to(tmp_path).as_posix() for error in caught.value.errors]
        assert files == ["T101/L1.md", "T101/course.yaml", "T101/quiz.yaml", "T102/course.yaml"]
        assert str(caught.value.errors[0]).startswith(f"{tmp_path}/T101/L1.md:8 ")

    def test_prerequisites_must_exist(self, tmp_path: Path) -> None:
        write_course(tmp_path, course=COURSE.replace("prerequisites: []", "prerequisites: [T999]"))
        with pytest.raises(CurriculumErrors, match="T999"):
            load_all(tmp_path)

    def test_a_missing_root_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(CurriculumErrors, match="フォルダーがありません"):
            load_all(tmp_path / "nowhere")


class TestAnything:
    pieces = st.sampled_from(
        [
            "::: steps",
            "::: easy",
            ":::",
            "1. ",
            "- ",
            "**",
            "{漢|かん}",
            "{",
            "|",
            "\\",
            "\n",
            "\n\n",
            "## ",
            "> ",
        ]
    ) | st.sampled_from(
        [
            "| 一 |\n|---|\n",
            "---\n",
            "`",
            "[x](y)",
            "文。",
            "   ",
            "code: x\n",
            "items:\n",
            ": ",
            "&a",
            "!!x",
            "\t",
        ]
    )

    @given(body=st.lists(pieces, max_size=25).map("".join))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_no_lesson_breaks_the_reader(self, body: str, tmp_path: Path) -> None:
        self.load(write_course(tmp_path, body=LESSON + body))

    @given(quiz=st.lists(pieces, max_size=25).map("".join) | st.text(max_size=30))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_no_yaml_breaks_the_reader(self, quiz: str, tmp_path: Path) -> None:
        self.load(write_course(tmp_path, quiz=quiz))
        self.load(write_course(tmp_path, course=quiz))

    def load(self, folder: Path) -> None:
        try:
            load_course(folder)
        except CurriculumErrors as errors:
            assert errors.errors
            assert all(error.line >= 1 for error in errors.errors)
