"""What ships: it loads, every kanji has its reading, and the senior course stays short."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from courses.curriculum.files import CalloutBlock, CourseFile, StepsBlock, TextBlock, load_all
from courses.readability.kanji import is_kanji
from courses.readability.ruby import find_errors, parse, plain_text, strip
from courses.readability.rules import Level, Profile, check
from courses.readability.sentences import split_sentences

CONTENT = Path(__file__).parents[2] / "courses/curriculum/content"
ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "h3", "br"}


@pytest.fixture(scope="module")
def courses() -> dict[str, CourseFile]:
    return {course.code: course for course in load_all(CONTENT)}


def texts_of(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a dataclass with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), field.name)


def shown_texts(course: CourseFile) -> list[str]:
    """What a learner may see, in the form that carries furigana."""
    shown: list[object] = [course.title_ruby, course.objectives_ruby]
    for lesson in course.lessons:
        shown += [lesson.title_ruby, lesson.title_easy, lesson.blocks]
    if course.quiz is not None:
        shown.append(course.quiz.title_ruby)
        for item in course.quiz.items:
            shown += [item.stem, item.explanation, item.options, item.matches]
    return [text for part in shown for _, text in texts_of(part)]


class TestShippedContent:
    def test_all_courses_load(self, courses: dict[str, CourseFile]) -> None:
        assert len(courses) == 26
        assert sum(len(course.lessons) for course in courses.values()) == 131
        assert sum(course.minutes for course in courses.values() if course.mandatory) == 215

    def test_three_courses_are_published_and_complete(self, courses: dict[str, CourseFile]) -> None:
        published = {code for code, course in courses.items() if course.status == "published"}
        assert published == {"S105", "E201", "L203"}
        for code in published:
            assert all(lesson.blocks for lesson in courses[code].lessons)
            assert courses[code].quiz is not None

    def test_pupils_and_seniors_get_no_score(self, courses: dict[str, CourseFile]) -> None:
        scored = {code for code, course in courses.items() if course.scoring == "scored"}
        assert {code[0] for code in courses.keys() - scored} == {"E", "L"}
        assert {code for code in scored if code[0] != "S"} == {"E401", "L401"}
        assert all((course.pass_mark is not None) == (code in scored) for code, course in courses.items())

    def test_seniors_need_no_account(self, courses: dict[str, CourseFile]) -> None:
        open_courses = {code for code, course in courses.items() if course.open_to_guests}
        assert open_courses == {code for code in courses if code[0] == "L"} - {"L401"}

    def test_every_item_kind_is_shown(self, courses: dict[str, CourseFile]) -> None:
        quiz = courses["S105"].quiz
        assert quiz is not None
        kinds = {"single", "multiple", "true_false", "ordering", "matching", "short_text"}
        assert {item.kind for item in quiz.items} == kinds
        assert {item.lesson for item in quiz.items} == {lesson.code for lesson in courses["S105"].lessons}

    @pytest.mark.parametrize("code", ["S105", "E201", "L203"])
    def test_every_kanji_has_a_reading(self, code: str, courses: dict[str, CourseFile]) -> None:
        missing = [
            segment.base
            for text in shown_texts(courses[code])
            for segment in parse(text)
            if not segment.reading and any(map(is_kanji, segment.base))
        ]
        assert missing == []

    @pytest.mark.parametrize("code", ["S105", "E201", "L203"])
    def test_every_mark_is_well_formed(self, code: str, courses: dict[str, CourseFile]) -> None:
        for name, text in texts_of(courses[code]):
            assert find_errors(text) == [], (name, text)
            for segment in parse(text):
                # Okurigana stands outside the mark, and a mark holds nothing but kanji.
                assert segment.reading is None or all(map(is_kanji, segment.base)), segment

    @pytest.mark.parametrize("code", ["S105", "E201", "L203"])
    def test_html_holds_only_the_allowed_tags(self, code: str, courses: dict[str, CourseFile]) -> None:
        for name, text in texts_of(courses[code].lessons):
            if name.endswith("html"):
                assert set(re.findall(r"</?([a-z0-9]+)", text)) <= ALLOWED_TAGS
                assert "**" not in text
                assert ":::" not in text

    @pytest.mark.parametrize("code", ["S105", "E201"])
    def test_every_block_has_easy_text(self, code: str, courses: dict[str, CourseFile]) -> None:
        for lesson in courses[code].lessons:
            assert lesson.title_easy
            assert [block for block in lesson.blocks if not block.easy_html] == []

    @pytest.mark.parametrize("code", ["S105", "E201", "L203"])
    def test_easy_text_is_easy(self, code: str, courses: dict[str, CourseFile]) -> None:
        for name, text in texts_of(courses[code].lessons):
            if name in ("easy_html", "title_easy"):
                findings = check(plain_text(text), Profile.YASASHII)
                hard = [f for f in findings if f.level == Level.ERROR or f.code == "sentence_long"]
                assert hard == [], text


class TestSeniorCourse:
    """L203: one screen shows a block or a step; the sentences are as short as in the reviewed sample."""

    @pytest.fixture
    def screens(self, courses: dict[str, CourseFile]) -> list[list[str]]:
        blocks = [block for lesson in courses["L203"].lessons for block in lesson.blocks]
        htmls = [block.html for block in blocks if isinstance(block, (TextBlock, CalloutBlock))]
        htmls += [step.html for block in blocks if isinstance(block, StepsBlock) for step in block.steps]
        return [[s.text for s in split_sentences(strip(plain_text(html)))] for html in htmls]

    def test_a_screen_has_one_to_four_sentences(self, screens: list[list[str]]) -> None:
        assert {len(sentences) for sentences in screens} <= {1, 2, 3, 4}

    def test_sentences_are_short(self, screens: list[list[str]]) -> None:
        for sentence in (sentence for sentences in screens for sentence in sentences):
            assert len(sentence) <= 26, sentence
            assert sum(map(is_kanji, sentence)) <= 9, sentence

    def test_every_lesson_has_steps(self, courses: dict[str, CourseFile]) -> None:
        for lesson in courses["L203"].lessons:
            assert any(isinstance(block, StepsBlock) for block in lesson.blocks)

    def test_the_figures_of_the_police_stay(self, courses: dict[str, CourseFile]) -> None:
        text = strip("\n".join(text for _, text in texts_of(courses["L203"].lessons)))
        for figure in ("204件", "13億円", "140件", "21億円", "#9110", "188", "110"):
            assert figure in text
