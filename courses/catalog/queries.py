"""What a course page shows that is the same for everybody."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.urls import reverse

from courses.catalog.enums import CourseStatus, Track
from courses.catalog.models import Activity, Course, page_url
from courses.strategy.enums import NodeKind, NodeStatus

_KEPT_SECONDS = 60 * 60
# What a course can serve, the most concrete first; the rest of a plan is background.
_AIMS = (
    *(NodeKind.MEASURE, NodeKind.MEASURE_GROUP, NodeKind.PREMISE, NodeKind.SUPPORT),
    *(NodeKind.SUBGOAL, NodeKind.GOAL, NodeKind.PHILOSOPHY),
)


@dataclass(frozen=True)
class OutlineEntry:
    """A lesson or quiz that can be opened. ``title`` is marked text."""

    id: int
    uuid: UUID
    kind: str
    code: str
    title: str
    minutes: int
    path: str

    @property
    def url(self) -> str:
        return page_url(self.path)


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

    entries: tuple[OutlineEntry, ...] = ()
    nodes: tuple[ServedNode, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()

    @property
    def aims(self) -> tuple[ServedNode, ...]:
        return tuple(node for node in self.nodes if node.is_aim)

    @property
    def background(self) -> tuple[ServedNode, ...]:
        return tuple(node for node in self.nodes if not node.is_aim)


def outline_of(course: Course) -> Outline:
    """Three queries, and none until the course is published again: the revision is part of the key."""
    key = f"catalog:outline:{course.uuid}:{course.revision}"
    found: Outline | None = cache.get(key)
    if found is None:
        found = Outline(_entries(course), _nodes(course), _prerequisites(course))
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _entries(course: Course) -> tuple[OutlineEntry, ...]:
    columns = ("pk", "uuid", "kind", "code", "title", "title_ruby", "minutes", "page_path")
    rows = Activity.objects.filter(course=course, parent=None, is_offered=True).order_by("order", "pk")
    return tuple(
        OutlineEntry(pk, uuid, kind, code, ruby or title, minutes, path)
        for pk, uuid, kind, code, title, ruby, minutes, path in rows.values_list(*columns)
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
