"""What a quiz page would give as .h5p: its questions as they are published, or as they stand in the draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.delivery.pages import QuizPage
from assessments.exports.rules import LEFT_OUT, Exported, exported, question_set
from assessments.items.models import ItemVersion
from assessments.quizzes.models import Quiz
from courses.blobs.models import path_of
from courses.packages import h5p
from courses.packages.h5p.exporting import BLANKS, MULTI_CHOICE, QUESTION_SET
from courses.packages.models import LibraryFile
from courses.packages.storing import InstalledLibraries
from courses.readability import ruby


@dataclass(frozen=True)
class QuizExport:
    """``is_draft``: the quiz was never published, so that its draft is taken."""

    title: str
    pass_mark: int | None
    parts: Sequence[Exported]
    is_draft: bool

    @property
    def left_out(self) -> list[Exported]:
        return [part for part in self.parts if part.losses & LEFT_OUT]

    @property
    def count(self) -> int:
        """Questions that the file will hold."""
        return sum(part.question is not None for part in self.parts)


def export_of(page: QuizPage) -> QuizExport:
    quiz = Quiz.objects.filter(activity=page.activity_id).first()
    versions = _published(quiz) if quiz else []
    is_draft = not versions
    if is_draft:
        versions = _of_draft(page.get_latest_revision_as_object())
    parts = [exported(number, version, ruby.strip) for number, version in enumerate(versions, start=1)]
    return QuizExport(page.title, quiz.pass_mark if quiz else None, parts, is_draft)


def _published(quiz: Quiz) -> list[ItemVersion]:
    entries = quiz.entries.filter(item__retired_at__isnull=True).select_related("version")
    return [entry.version for entry in entries.order_by("order")]


def _of_draft(page: Any) -> list[ItemVersion]:
    entries = sorted(page.quiz_items.all(), key=lambda entry: entry.sort_order or 0)
    items = [entry.version or entry.item.current for entry in entries if entry.item.retired_at is None]
    return [version for version in items if version is not None]


def libraries_for(export: QuizExport) -> list[tuple[str, str]] | None:
    """``(path in the file, hash of the blob)`` of all libraries that the quiz needs, None when one is not installed."""
    needed = {
        BLANKS if isinstance(part.question, h5p.Blanks) else MULTI_CHOICE
        for part in export.parts
        if part.question
    }
    index = InstalledLibraries()
    resolution = h5p.resolve([QUESTION_SET, *sorted(needed)], index)
    if not resolution.is_complete:
        return None
    folders = {index.rows[library.name].pk: library.name.folder for library in resolution.ordered}
    files = LibraryFile.objects.filter(library__in=folders).values_list("library", "path", "blob")
    return [(f"{folders[library]}/{path}", blob) for library, path, blob in files]


def file_of(export: QuizExport, *, language: str, with_libraries: bool) -> bytes:
    """The .h5p file. Raises h5p.NotExportable; OSError when a library's file cannot be read."""
    quiz = question_set(export.parts, export.pass_mark)
    files = (libraries_for(export) or []) if with_libraries else []
    return h5p.export_quiz(quiz, title=export.title, language=language, more=dict(_read(files)))


def _read(files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    for path, blob in files:
        yield path, path_of(blob).read_bytes()
