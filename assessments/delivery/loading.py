"""Quizzes from the shipped files. What a person changed since is kept and reported."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from assessments.delivery.pages import QuizPage, QuizPageItem
from assessments.items.actions import restore_item, write_item
from assessments.items.models import Item, ItemVersion
from assessments.quizzes.models import QuizEntry
from courses.catalog.enums import Scoring
from courses.catalog.models import Activity, Course, shipped_uuid
from courses.catalog.pages import CoursePage
from courses.curriculum.enums import Change
from courses.curriculum.files import ItemFile, OptionFile, QuizFile
from courses.curriculum.fingerprint import fingerprint

SLUG = "quiz"
_MINUTES_A_QUESTION = 1
_ITEM_FIELDS = ("kind", "stem", "options", "key", "explanation", "competency_code", "lesson_code")


@transaction.atomic
def load_quiz(
    *, course: Course, parent: CoursePage, quiz: QuizFile, at: datetime, take_files: bool = False
) -> Change:
    """Makes or updates the quiz page of a course and its questions; a draft where the course's page is one.

    ``activity.content_hash`` is the fingerprint of page and questions as the files made them. Where they differ from
    it, somebody worked on them: they stay, unless ``take_files``.
    """
    wanted = _wanted(course, parent, quiz)
    identity = shipped_uuid(f"{course.code}-Q")
    activity = Activity.objects.filter(uuid=identity).first()
    loaded = activity.content_hash if activity else ""
    page = QuizPage.objects.child_of(parent).filter(translation_key=identity).first()
    if page is None:
        if loaded and not take_files:
            return Change.CONFLICT
        _fill(_new_page(course, parent, wanted), wanted, at)
        return Change.CREATED
    found = fingerprint(_found(page, wanted))
    if found == fingerprint(wanted):
        _remember(page, wanted)
        return Change.UNCHANGED
    if found != loaded and not take_files:
        return Change.CONFLICT
    _fill(page, wanted, at)
    return Change.UPDATED


def _wanted(course: Course, parent: CoursePage, quiz: QuizFile) -> dict[str, Any]:
    title = quiz.title or ("ふり返り" if course.scoring == Scoring.PRACTICE else "確認テスト")
    return {
        "code": quiz.code,
        "title": title,
        "title_ruby": "" if quiz.title_ruby == title else quiz.title_ruby,
        "live": parent.live,
        "items": [_item_content(item) for item in quiz.items],
    }


def _item_content(item: ItemFile) -> dict[str, Any]:
    options: Any = _options(item.options)
    key: Any = list(item.answer)
    if item.kind == "matching":
        options, key = {"left": options, "right": _options(item.matches)}, dict(item.pairs)
    return {
        "code": item.code,
        "kind": item.kind,
        "stem": item.stem.strip(),
        "options": options,
        "key": key,
        "explanation": item.explanation.strip(),
        "competency_code": item.competency,
        "lesson_code": item.lesson,
    }


def _options(options: Sequence[OptionFile]) -> list[dict[str, str]]:
    return [{"id": option.id, "text": " ".join(option.text.split("\n"))} for option in options]


def _found(page: QuizPage, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the editor shows now: a draft on top of the live page, questions that an author added, and whether a
    question was edited and is not asked like that yet."""
    latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    entries = sorted(latest.quiz_items.all(), key=lambda entry: entry.sort_order or 0)
    items = Item.objects.select_related("current").in_bulk([entry.item_id for entry in entries])
    asked = _asked(page) if page.live else {}
    shown = {name: getattr(latest, name) for name in ("code", "title", "title_ruby")}
    return {
        **shown,
        "live": page.live,
        "items": [_current_content(items[entry.item_id], asked.get(entry.item_id)) for entry in entries],
    }


def _asked(page: QuizPage) -> dict[int, ItemVersion]:
    """Item id → the version that was published with the page."""
    entries = QuizEntry.objects.filter(quiz__activity=page.activity_id).select_related("version")
    return {entry.item_id: entry.version for entry in entries}


def _current_content(item: Item, asked: ItemVersion | None) -> dict[str, Any]:
    values = _wording(item.current) if item.current else {}
    waits = asked is not None and _wording(asked) != values
    marks = {"retired": bool(item.retired_at), "unpublished": waits}
    return {"code": item.code, **values, **{name: True for name, is_so in marks.items() if is_so}}


def _wording(version: ItemVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in _ITEM_FIELDS}


def _new_page(course: Course, parent: CoursePage, wanted: dict[str, Any]) -> QuizPage:
    taken = Page.objects.child_of(parent).filter(slug=SLUG).exists()
    page = QuizPage(
        title=wanted["title"],
        slug=f"{SLUG}-{course.code.lower()}" if taken else SLUG,
        code=wanted["code"],
        minutes=max(1, len(wanted["items"]) * _MINUTES_A_QUESTION),
        translation_key=shipped_uuid(f"{course.code}-Q"),
        live=False,
    )
    parent.add_child(instance=page)
    return page


def _fill(page: QuizPage, wanted: dict[str, Any], at: datetime) -> None:
    for name in ("code", "title", "title_ruby"):
        setattr(page, name, wanted[name])
    page.quiz_items = [
        QuizPageItem(item=_write(content, at), sort_order=order)
        for order, content in enumerate(wanted["items"])
    ]
    if wanted["live"]:
        page.save_revision().publish()
    else:
        if page.live:
            page.unpublish()
        page.has_unpublished_changes = True
        page.save()
        page.save_revision()
    _remember(page, wanted)


def _write(content: dict[str, Any], at: datetime) -> Item:
    item = write_item(**content, at=at, by=None).item
    if item.retired_at is not None:
        restore_item(item=item, at=at, by=None)
    return item


def _remember(page: QuizPage, wanted: dict[str, Any]) -> None:
    content_hash = fingerprint(wanted)
    Activity.objects.filter(pk=page.activity_id).exclude(content_hash=content_hash).update(
        content_hash=content_hash
    )
