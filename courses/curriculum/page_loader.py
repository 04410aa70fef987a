"""Bringing one page in line with its file, unless a person has changed it since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from courses.catalog.models import Activity, Course
from courses.curriculum.enums import Change
from courses.curriculum.fingerprint import fingerprint
from courses.curriculum.report import Report
from courses.curriculum.snapshots import Snapshot, page_snapshot, put
from courses.lessons.pages import ActivityPage

EDITED = "編集画面で変えられているため、そのまま残しました"
EDITED_BOTH = "ファイルも変わっています。編集画面で変えられているため、そのまま残しました"
DELETED = "ページが削除されているため、作り直しませんでした"


@dataclass(frozen=True)
class Loading:
    """What one run of the loader carries along. ``rows``: for each relation of a course page, code → row."""

    at: datetime
    take_files: bool
    report: Report
    rows: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Target:
    """A page as its file wants it. ``place`` hangs a new page into the tree, ``describe`` tells what a draft says."""

    uuid: UUID
    page_class: type[Any]
    slug: str
    wanted: Snapshot
    place: Callable[[Any], None]
    describe: Callable[[Any], object]

    @property
    def hash(self) -> str:
        return fingerprint(self.wanted)


def bring_in_line(loading: Loading, target: Target, identity: Course | Activity | None, page: Any) -> Any:
    """The page as it stands afterwards, None where there is none. ``identity.content_hash`` keeps what was loaded."""
    code, title = target.wanted["code"], target.wanted["title"]
    loaded = identity.content_hash if identity is not None else ""
    if page is None and loaded and not loading.take_files:
        loading.report.add(code, title, Change.CONFLICT, DELETED)
        return None
    if page is None:
        return _create(loading, target)
    shown = fingerprint(page_snapshot(_latest(page), target.wanted))
    if shown == target.hash:
        _keep_hash(page, target.hash)
        loading.report.add(code, title, Change.UNCHANGED)
    elif shown == loaded or loading.take_files:
        _write(page, target, loading)
        loading.report.add(code, title, Change.UPDATED)
    else:
        loading.report.add(code, title, Change.CONFLICT, EDITED if loaded == target.hash else EDITED_BOTH)
    return page


def _latest(page: Any) -> Any:
    """What the editor shows: a draft on top of the live page counts as changed, too."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes else page


def _create(loading: Loading, target: Target) -> Any:
    code, title = target.wanted["code"], target.wanted["title"]
    page = target.page_class(
        slug=target.slug, translation_key=target.uuid, live=False, has_unpublished_changes=True
    )
    if isinstance(page, ActivityPage):
        facts = {"kind": page.activity_kind, "code": code, "title": title}
        page.activity, _created = Activity.objects.get_or_create(uuid=target.uuid, defaults=facts)
    put(page, target.wanted, loading.rows)
    try:
        target.place(page)
    except ValidationError as error:
        loading.report.add(code, title, Change.CONFLICT, "、".join(error.messages))
        return None
    _announce(page, target)
    loading.report.add(code, title, Change.CREATED)
    return page


def _write(page: Any, target: Target, loading: Loading) -> None:
    put(page, target.wanted, loading.rows)
    if not target.wanted["live"]:
        if page.live:
            page.unpublish()
        page.has_unpublished_changes = True
        page.save()
    _announce(page, target)


def _announce(page: Any, target: Target) -> None:
    """A revision for the editor, published where the file says so."""
    revision = page.save_revision()
    if target.wanted["live"]:
        revision.publish()
        page.refresh_from_db()
    else:
        target.describe(page)
    _keep_hash(page, target.hash)


def _keep_hash(page: Any, content_hash: str) -> None:
    row: Course | Activity = page.course if hasattr(page, "course_id") else page.activity
    if row.content_hash != content_hash:
        type(row)._default_manager.filter(pk=row.pk).update(content_hash=content_hash)
        row.content_hash = content_hash
