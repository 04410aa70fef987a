"""Loading the curriculum that the product ships: files become pages, and pages that a person changed stay."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.catalog.actions import describe_course
from courses.catalog.models import Activity, Course, shipped_uuid
from courses.catalog.pages import CoursePage
from courses.competencies.actions import load_frameworks
from courses.curriculum.enums import Change
from courses.curriculum.files import CourseFile, LessonFile, load_all
from courses.curriculum.page_loader import Loading, Target, bring_in_line
from courses.curriculum.references import check_references, in_reading_order, referred_rows
from courses.curriculum.report import Entry, Report
from courses.curriculum.site import ensure_site
from courses.curriculum.snapshots import course_snapshot, lesson_snapshot
from courses.glossary.actions import load_terms
from courses.lessons.pages import LessonPage
from courses.strategy.actions import load_strategy

CONTENT = Path(__file__).parent / "content"

QuizLoader = Callable[..., str]

_quiz_loaders: list[QuizLoader] = []


def register_quiz_loader(loader: QuizLoader) -> None:
    """``loader(course=Course, parent=CoursePage, quiz=QuizFile, at=datetime, take_files=bool)`` returns a ``Change``.

    Courses know no quizzes; whoever does registers in ``apps.ready()``. Registering again changes nothing.
    """
    if loader not in _quiz_loaders:
        _quiz_loaders.append(loader)


def load_curriculum(
    *,
    check: bool,
    take_files: bool,
    at: datetime,
    root: Path = CONTENT,
    tell: Callable[[Entry], None] = lambda entry: None,
) -> Report:
    """Every course folder below ``root`` as a page with its lessons and its quiz.

    Strategy, frameworks, glossary and the two front pages are loaded first. A page that a person changed is kept and
    reported as a conflict, unless ``take_files``; where a person published or withdrew a whole course, its lessons and
    quiz are left alone, too. ``check`` does all of it and rolls it back, so that what it
    reports is what would happen. Raises ``CurriculumErrors`` for files that cannot be used; nothing is changed then.
    """
    files = in_reading_order(load_all(root))
    report = Report(tell, expected=len(_FOUNDATIONS) + sum(map(_work_in, files)))
    with transaction.atomic():
        _load_foundations(report, at)
        rows = referred_rows()
        check_references(files, rows, root)
        catalog = ensure_site(at=at)
        loading = Loading(at=at, take_files=take_files, report=report, rows=rows)
        pages = {page.course.uuid: page for page in CoursePage.objects.select_related("course")}
        for file in files:
            page = _load_course(loading, file, catalog, pages)
            if page is None:
                continue
            rows["prerequisites"][file.code] = page.course
            if page.live == (file.status == "published"):
                _load_lessons(loading, file, page)
                _load_quiz(loading, file, page)
        shipped = {shipped_uuid(file.code) for file in files}
        for uuid, page in pages.items():
            if page.course.content_hash and uuid not in shipped:
                _drop_page(loading, page)
        transaction.set_rollback(check)
    return report


_FOUNDATIONS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("strategy", "戦略の項目", load_strategy),
    ("frameworks", "スキルの枠組み", load_frameworks),
    ("glossary", "用語集", load_terms),
)


def _load_foundations(report: Report, at: datetime) -> None:
    for code, title, load in _FOUNDATIONS:
        loaded = load(at=at)
        change = Change.CREATED if loaded.created else Change.UPDATED if loaded.changed else Change.UNCHANGED
        report.add(code, title, change)


def _work_in(file: CourseFile) -> int:
    """Pages that a course folder makes: the course, its written lessons, its quiz."""
    return (
        1
        + sum(bool(lesson.blocks) for lesson in file.lessons)
        + (file.quiz is not None and bool(_quiz_loaders))
    )


def _load_course(loading: Loading, file: CourseFile, catalog: Any, pages: dict[Any, Any]) -> Any:
    identity = shipped_uuid(file.code)
    taken = Course.objects.filter(code=file.code).exclude(uuid=identity).exists()
    if taken:
        loading.report.add(
            file.code, file.title, Change.CONFLICT, "このコードは、編集画面で作られた別の講座が使っています"
        )
        return None
    target = Target(
        uuid=identity,
        page_class=CoursePage,
        slug=file.code.lower(),
        wanted=course_snapshot(file, identity),
        place=lambda page: catalog.add_child(instance=page),
        describe=lambda page: describe_course(page=page, by=None, at=loading.at),
    )
    return bring_in_line(loading, target, Course.objects.filter(uuid=identity).first(), pages.get(identity))


def _load_lessons(loading: Loading, file: CourseFile, parent: Any) -> None:
    pages = {
        page.activity.uuid: page
        for page in LessonPage.objects.child_of(parent).select_related("activity").order_by("path")
    }
    known = {
        row.uuid: row
        for row in Activity.objects.filter(uuid__in=[shipped_uuid(lesson.code) for lesson in file.lessons])
    }
    before = None
    for lesson in file.lessons:
        identity = shipped_uuid(lesson.code)
        page = pages.pop(identity, None)
        if lesson.blocks:
            target = _lesson_target(file, lesson, parent, before)
            page = bring_in_line(loading, target, known.get(identity), page)
        before = page or before
    for page in pages.values():
        if page.activity.content_hash:
            _drop_page(loading, page)


def _lesson_target(file: CourseFile, lesson: LessonFile, parent: Any, before: Any) -> Target:
    """A new lesson comes after the one before it in the file, also when a quiz already stands at the end."""
    identity = shipped_uuid(lesson.code)

    def place(page: Any) -> None:
        if before is not None:
            before.refresh_from_db()
            before.add_sibling(pos="right", instance=page)
        else:
            parent.add_child(instance=page)

    return Target(
        uuid=identity,
        page_class=LessonPage,
        slug=lesson.code.rpartition("-")[2].lower(),
        wanted=lesson_snapshot(lesson, identity, live=file.status == "published"),
        place=place,
        describe=lambda page: None,
    )


def _drop_page(loading: Loading, page: Any) -> None:
    """A shipped course or lesson that the files no longer have. Records may lean on it: it is hidden, never deleted."""
    if page.live and loading.take_files:
        page.unpublish()
        loading.report.add(page.code, page.title, Change.UPDATED, "ファイルにないため、公開を終えました")
    elif page.live:
        loading.report.add(
            page.code, page.title, Change.CONFLICT, "ファイルにありません。ページはそのまま残しました"
        )


def _load_quiz(loading: Loading, file: CourseFile, parent: Any) -> None:
    if file.quiz is None:
        return
    parent.refresh_from_db()
    for loader in _quiz_loaders:
        change = loader(
            course=parent.course, parent=parent, quiz=file.quiz, at=loading.at, take_files=loading.take_files
        )
        detail = "編集画面で変えられているため、そのまま残しました" if change == Change.CONFLICT else ""
        loading.report.add(file.quiz.code, file.quiz.title, change, detail)
