"""Files become pages; what a person changed stays; the second run is quick and changes nothing."""

import re
import shutil
import uuid
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.catalog.enums import ActivityKind, CourseStatus
from courses.catalog.models import Activity, Course, shipped_uuid
from courses.catalog.pages import CoursePage, HomePage
from courses.curriculum.actions import CONTENT, load_curriculum
from courses.curriculum.enums import Change
from courses.curriculum.files import CurriculumErrors
from courses.lessons.blocks import TEXT_FEATURES
from courses.lessons.pages import LessonPage

AT = datetime(2026, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def load(**options):
    return load_curriculum(**{"check": False, "take_files": False, "at": AT, **options})


@pytest.fixture
def loaded(curriculum):
    return curriculum


@pytest.fixture
def content(tmp_path):
    """A copy of the shipped files that a test may change."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def changes(report):
    return {entry.code: entry.change for entry in report.entries if entry.change != Change.UNCHANGED}


def edit(page, **values):
    """What an author does in the editor and publishes."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def replace_in(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_makes_a_page_of_every_course(loaded):
    assert Course.objects.count() == CoursePage.objects.count() == 26
    assert {course.code for course in Course.objects.offered()} == {"S105", "E201", "L203"}
    assert {page.code for page in CoursePage.objects.live()} == {"S105", "E201", "L203"}
    assert sum(len(course.lesson_titles) for course in Course.objects.all()) == 131
    assert all(course.objectives and course.strategy_nodes.exists() for course in Course.objects.all())
    assert not loaded.conflicts
    assert [entry.number for entry in loaded.entries] == list(range(1, 48))
    assert {entry.total for entry in loaded.entries} == {47}


def test_a_draft_is_described_and_not_offered(loaded):
    course = Course.objects.get(code="S101")
    assert course.status == CourseStatus.DRAFT
    assert course.lesson_titles[0] == {
        "code": "S101-L1",
        "title": "なぜ、いま福島でDXなのか",
        "minutes": 8,
        "planned": True,
    }
    page = CoursePage.objects.get(course=course)
    assert (page.live, page.has_unpublished_changes) == (False, True)
    assert page.get_latest_revision_as_object().strategy_nodes.filter(code="gov-1-1").exists()


def test_a_published_course_has_its_facts(loaded):
    course = Course.objects.get(code="S105")
    assert course.uuid == shipped_uuid("S105") == CoursePage.objects.get(course=course).translation_key
    assert (course.page_path, course.url) == ("courses/s105/", "/courses/s105/")
    assert (course.track, course.minutes, course.pass_mark, course.recertify_every) == ("staff", 45, 80, 1)
    assert (course.is_mandatory, course.delivery) == (True, ["online"])
    assert course.title_ruby.startswith("{生成|せいせい}AI")
    assert {node.code for node in course.strategy_nodes.all()} >= {"gov-3-3", "prem-4"}
    assert {item.code for item in course.competencies.all()} >= {"DSSL-M8", "SJ-3"}
    assert course.required_count == course.activities.counting().count() >= 5


def test_lessons_become_activities_in_order(loaded):
    lessons = Activity.objects.filter(course__code="L203", kind=ActivityKind.LESSON).order_by("order")
    assert [row.code for row in lessons] == [f"L203-L{number}" for number in range(1, 6)]
    assert lessons[0].page_path == "courses/l203/l1/"
    assert all(row.is_offered and row.is_required for row in lessons)
    assert lessons[0].uuid == shipped_uuid("L203-L1")


def test_blocks_have_ids_that_every_install_shares(loaded):
    body = LessonPage.objects.get(code="S105-L1").body
    assert body[0].id == str(uuid.uuid5(shipped_uuid("S105-L1"), "text-1"))
    table = next(block for block in body if block.block_type == "table")
    assert len(table.value["rows"]) >= 2
    assert len({block.id for block in body}) == len(body)


def test_the_editor_would_write_every_text_as_it_is_loaded(loaded):
    converter = ContentstateConverter(features=TEXT_FEATURES)

    def texts(value):
        if isinstance(value, dict):
            for key, child in value.items():
                yield from [child] if key in ("body", "easy") and isinstance(child, str) else texts(child)
        elif isinstance(value, list):
            for child in value:
                yield from texts(child)

    found = [text for page in LessonPage.objects.all() for text in texts(page.body.get_prep_value()) if text]
    assert len(found) > 100
    for text in found:
        edited = converter.to_database_format(converter.from_database_format(text))
        assert re.sub(r' data-block-key="[^"]*"', "", edited) == text


def test_prerequisites_are_linked(loaded):
    course = Course.objects.get(code="S203")
    assert {row.code for row in course.prerequisites.all()} == {"S102"}


def test_the_second_run_changes_nothing(loaded, django_assert_max_num_queries):
    revisions = dict(Course.objects.values_list("code", "revision"))
    with django_assert_max_num_queries(450):
        again = load()
    assert changes(again) == {}
    assert dict(Course.objects.values_list("code", "revision")) == revisions


def test_a_changed_file_updates_only_its_page(loaded, content):
    replace_in(content / "S105" / "L1.md", "title: 生成AIは何をしているのか", "title: 生成AIは何をしているか")
    replace_in(
        content / "S105" / "course.yaml", "title: 生成AIは何をしているのか", "title: 生成AIは何をしているか"
    )
    lesson = content / "S105" / "L1.md"
    lines = [
        line for line in lesson.read_text(encoding="utf-8").splitlines() if not line.startswith("title_ruby")
    ]
    lesson.write_text("\n".join(lines) + "\n", encoding="utf-8")
    revision = Course.objects.get(code="S105").revision
    assert changes(load(root=content)) == {"S105-L1": Change.UPDATED}
    assert Activity.objects.get(code="S105-L1").title == "生成AIは何をしているか"
    assert Course.objects.get(code="S105").revision == revision + 1
    assert changes(load(root=content)) == {}


def test_a_page_that_a_person_changed_is_kept(loaded):
    page = LessonPage.objects.get(code="S105-L2")
    edit(page, title="入れてよい情報")
    report = load()
    assert changes(report) == {"S105-L2": Change.CONFLICT}
    assert "そのまま残しました" in str(report.conflicts[0])
    assert LessonPage.objects.get(code="S105-L2").title == "入れてよい情報"


def test_a_draft_on_top_of_a_page_counts_as_changed(loaded):
    page = LessonPage.objects.get(code="S105-L2")
    page.title = "書きかけ"
    page.save_revision()
    assert changes(load()) == {"S105-L2": Change.CONFLICT}


def test_a_draft_course_that_an_author_writes_on_is_kept(loaded):
    page = CoursePage.objects.get(code="S101").get_latest_revision_as_object()
    page.audience = "全職員"
    page.save_revision()
    assert changes(load()) == {"S101": Change.CONFLICT}


def test_opening_and_saving_a_page_is_no_change(loaded):
    page = LessonPage.objects.get(code="S105-L2")
    raw = page.body.get_prep_value()
    for block in raw:
        if "body" in block["value"]:
            block["value"]["body"] = block["value"]["body"].replace("<p>", '<p data-block-key="abc12">')
    edit(page, body=raw_stream(page, raw))
    assert changes(load()) == {}


def raw_stream(page, raw):
    return page._meta.get_field("body").to_python(raw)


def test_take_files_is_explicit(loaded):
    page = LessonPage.objects.get(code="S105-L2")
    title = page.title
    edit(page, title="入れてよい情報")
    assert changes(load(take_files=True)) == {"S105-L2": Change.UPDATED}
    assert LessonPage.objects.get(code="S105-L2").title == title
    assert changes(load()) == {}


def test_a_deleted_page_stays_deleted_and_records_keep_their_course(loaded):
    CoursePage.objects.get(code="L203").delete()
    course = Course.objects.get(code="L203")
    assert course.status == CourseStatus.RETIRED
    assert not course.activities.filter(is_offered=True).exists()
    assert changes(load())["L203"] == Change.CONFLICT
    assert not CoursePage.objects.filter(code="L203").exists()
    assert changes(load(take_files=True))["L203"] == Change.CREATED
    assert Course.objects.get(code="L203").status == CourseStatus.OFFERED
    assert Course.objects.get(code="L203").pk == course.pk


def test_an_unpublished_page_stays_unpublished(loaded):
    CoursePage.objects.get(code="L203").unpublish()
    assert changes(load()) == {"L203": Change.CONFLICT}
    assert not CoursePage.objects.get(code="L203").live


def test_check_tells_and_changes_nothing():
    report = load(check=True)
    assert len(report.changed) > 26
    assert not Course.objects.exists() and not HomePage.objects.exists()


def test_the_command_checks_with_exit_code_one(loaded, content, capsys):
    replace_in(content / "E101" / "course.yaml", "audience: 小学校1〜4年", "audience: 小学校1〜3年")
    call_command("load_curriculum", "--check")
    with pytest.raises(CommandError) as error:
        call_command("load_curriculum", "--check", f"--content={content}")
    assert error.value.returncode == 1
    assert "更新  E101" in capsys.readouterr().out
    assert Course.objects.get(code="E101").audience == "小学校1〜4年"
    call_command("load_curriculum", f"--content={content}")
    assert "更新 1件" in capsys.readouterr().out
    assert Course.objects.get(code="E101").audience == "小学校1〜3年"


def test_a_file_that_cannot_be_read_stops_everything(content):
    replace_in(content / "S105" / "course.yaml", "track: 職員", "track: 市民")
    with pytest.raises(CommandError) as error:
        call_command("load_curriculum", f"--content={content}")
    assert "S105/course.yaml" in str(error.value) and "何も変えていません" in str(error.value)
    assert not Course.objects.exists()


def test_an_unknown_strategy_code_is_an_error(content):
    replace_in(content / "S105" / "course.yaml", "gov-3-3", "gov-9-9")
    with pytest.raises(CurriculumErrors) as errors:
        load(root=content)
    assert "gov-9-9" in str(errors.value)
    assert not Course.objects.exists()


def test_a_lesson_that_left_the_files_is_kept_until_told(loaded, content):
    replace_in(content / "S105" / "course.yaml", "minutes: 45", "minutes: 36")
    text = (content / "S105" / "course.yaml").read_text(encoding="utf-8")
    start = text.index("  - code: S105-L5")
    end = text.index("\n\n", start)
    (content / "S105" / "course.yaml").write_text(text[:start].rstrip() + text[end:], encoding="utf-8")
    (content / "S105" / "L5.md").unlink()
    quiz = content / "S105" / "quiz.yaml"
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("S105-L5", "S105-L4"), encoding="utf-8")
    assert changes(load(root=content))["S105-L5"] == Change.CONFLICT
    assert Activity.objects.get(code="S105-L5").is_offered
    load(root=content, take_files=True)
    assert not Activity.objects.get(code="S105-L5").is_offered
    assert (
        Course.objects.get(code="S105").required_count
        == Course.objects.get(code="S105").activities.counting().count()
    )


def test_a_course_of_somebody_else_with_the_same_code_is_kept(loaded, content):
    other = Course.objects.create(code="S901", title="町のコース", track="staff")
    shutil.copytree(content / "S101", content / "S901")
    path = content / "S901" / "course.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("S101", "S901"), encoding="utf-8")
    assert changes(load(root=content)) == {"S901": Change.CONFLICT}
    other.refresh_from_db()
    assert other.title == "町のコース"


def test_courses_stand_in_reading_order(loaded):
    codes = list(Course.objects.order_by("order").values_list("code", flat=True))
    assert codes[0] == "S101" and codes[-1] == "L401"
    assert [code[0] for code in codes] == ["S"] * 12 + ["E"] * 6 + ["L"] * 8
