"""What a course page shows that is the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from courses.catalog.enums import ActivityKind, CourseStatus, MoveOn, Track
from courses.catalog.models import Activity, ActivityQuerySet, Course, activity_url, page_url
from courses.strategy.enums import NodeKind, NodeStatus
from office.kept.rules import Kept

_contents = Kept(size=500, seconds=60 * 60)
# Shorter: what a course leans on may change without the course.
_outlines = Kept(size=500, seconds=5 * 60)
# What a course can serve, the most concrete first; the rest of a plan is background.
_AIMS = (
    *(NodeKind.MEASURE, NodeKind.MEASURE_GROUP, NodeKind.PREMISE, NodeKind.SUPPORT),
    *(NodeKind.SUBGOAL, NodeKind.GOAL, NodeKind.PHILOSOPHY),
)


@dataclass(frozen=True)
class ContentsEntry:
    """A lesson or quiz that can be opened. ``title`` is marked text, ``path`` counts below the site root.

    ``is_needed``: a completion of the course needs it. ``exercises``: blocks of the lesson that a completion needs,
    too; they are entries whose ``parent`` is the lesson.
    """

    id: int
    uuid: UUID
    kind: str
    code: str
    title: str
    minutes: int
    path: str
    is_needed: bool
    parent: int | None = None
    exercises: tuple["ContentsEntry", ...] = ()

    @property
    def is_block(self) -> bool:
        return self.parent is not None

    @property
    def url(self) -> str:
        return activity_url(self.path, self.uuid if self.is_block else None)


@dataclass(frozen=True)
class ServedNode:
    """A sentence of the strategy that the course serves."""

    code: str
    title: str
    is_aim: bool

    @property
    def url(self) -> str:
        return reverse("courses:strategy_node", args=[self.code])


@dataclass(frozen=True)
class Prerequisite:
    """A course that should come first; ``path`` is empty as long as it is not offered."""

    code: str
    title: str
    path: str

    @property
    def url(self) -> str:
        return page_url(self.path)


@dataclass(frozen=True)
class Outline:
    """What stands in a course and around it; empty for a page that is not saved yet."""

    entries: tuple[ContentsEntry, ...] = ()
    nodes: tuple[ServedNode, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()

    @property
    def aims(self) -> tuple[ServedNode, ...]:
        return tuple(node for node in self.nodes if node.is_aim)

    @property
    def background(self) -> tuple[ServedNode, ...]:
        return tuple(node for node in self.nodes if not node.is_aim)


def contents_of(course: Course) -> tuple[ContentsEntry, ...]:
    """What is offered in a course, in order: one query, and none until the course is published again."""
    return _contents.get(course.edition, lambda: _entries(course))


def with_exercises(contents: Iterable[ContentsEntry]) -> list[ContentsEntry]:
    """Each entry and after it the exercises inside it."""
    return [line for entry in contents for line in (entry, *entry.exercises)]


def _entries(course: Course) -> tuple[ContentsEntry, ...]:
    inside: dict[int | None, list[ContentsEntry]] = {}
    for row in _offered(course):
        inside.setdefault(row.parent_id, []).append(_entry(row))
    return tuple(replace(entry, exercises=tuple(inside.get(entry.id, ()))) for entry in inside.get(None, ()))


def _offered(course: Course) -> ActivityQuerySet:
    """Pages, and the blocks that a completion needs."""
    needed_block = Q(kind=ActivityKind.PACKAGE, is_required=True)
    rows = Activity.objects.filter(Q(parent=None) | needed_block, course=course, is_offered=True)
    return rows.order_by("order", "pk")


def _entry(row: Activity) -> ContentsEntry:
    return ContentsEntry(
        id=row.pk,
        uuid=row.uuid,
        kind=row.kind,
        code=row.code,
        title=row.title_ruby or row.title,
        minutes=row.minutes,
        path=row.page_path,
        is_needed=row.is_required and row.move_on != MoveOn.NOT_APPLICABLE,
        parent=row.parent_id,
    )


def outline_of(course: Course) -> Outline:
    """Two more queries, and none for some minutes or until the course is published again."""
    return _outlines.get(
        course.edition,
        lambda: Outline(contents_of(course), _nodes(course), _prerequisites(course)),
    )


def _nodes(course: Course) -> tuple[ServedNode, ...]:
    rows = course.strategy_nodes.filter(status=NodeStatus.ACTIVE).order_by("-plan__is_current", "order")
    found = rows.values_list("code", "title", "kind", "plan__is_current")
    return tuple(
        ServedNode(code, title, is_current and kind in _AIMS)
        for code, title, kind, is_current in sorted(found, key=lambda row: _weight(row[2]))
    )


def _weight(kind: str) -> int:
    return _AIMS.index(NodeKind(kind)) if kind in _AIMS else len(_AIMS)


def _prerequisites(course: Course) -> tuple[Prerequisite, ...]:
    rows = course.prerequisites.exclude(status=CourseStatus.RETIRED).order_by("order")
    return tuple(
        Prerequisite(code, ruby or title, path if status == CourseStatus.OFFERED else "")
        for code, title, ruby, path, status in rows.values_list(
            "code", "title", "title_ruby", "page_path", "status"
        )
    )


@dataclass(frozen=True)
class TrackCount:
    """How many courses a visitor of the front door finds in a track, and how many of them need no account."""

    track: Track
    offered: int
    open: int


def track_counts() -> dict[str, TrackCount]:
    rows = list(Course.objects.offered().exclude(page_path="").values_list("track", "open_to_guests"))
    return {
        track.value: TrackCount(
            track, sum(t == track for t, _open in rows), sum(t == track and is_open for t, is_open in rows)
        )
        for track in Track
    }
