"""The list of a course's AUs, as its learner sees it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from courses.packages.cmi5 import Au, Block, Course
from learning.cmi5.enums import Said
from learning.cmi5.models import Cmi5Registration
from learning.cmi5.outcomes import Standing
from learning.cmi5.queries import course_of, standing_of


@dataclass(frozen=True)
class Line:
    """A block's heading or an AU. ``level`` counts from 0; ``key`` stands for the AU in an address."""

    title: str
    level: int
    key: UUID | None = None
    state: str = ""


def lines_of(registration: Cmi5Registration, language: str) -> list[Line]:
    """Two queries, however many AUs."""
    return list(
        _lines(course_of(registration.version).children, registration, standing_of(registration), language, 0)
    )


def au_of(registration: Cmi5Registration, key: UUID) -> str | None:
    """The publisher's id behind the key of an address."""
    course: Course = course_of(registration.version)
    return next((au.id for au in course.aus if key_of(registration, au) == key), None)


def key_of(registration: Cmi5Registration, au: Au) -> UUID:
    return uuid5(registration.uuid, au.id)


def _lines(
    children: Iterable[Au | Block],
    registration: Cmi5Registration,
    standing: Standing,
    language: str,
    level: int,
) -> Iterator[Line]:
    for child in children:
        title = _told(child, language)
        if isinstance(child, Block):
            yield Line(title, level)
            yield from _lines(child.children, registration, standing, language, level + 1)
        else:
            yield Line(title, level, key_of(registration, child), _state(child, standing))


def _told(one: Au | Block, language: str) -> str:
    texts = one.title
    wanted = [tag for tag in texts if tag.split("-")[0].lower() == language.split("-")[0]]
    for tag in (*wanted, "ja", "und", "en", *texts):
        if texts.get(tag):
            return texts[tag]
    return one.id


def _state(au: Au, standing: Standing) -> str:
    """``passed``, ``failed``, ``satisfied``, ``begun`` or ``new``."""
    said = standing.said.get(au.id, set())
    if Said.PASSED in said:
        return "passed"
    if au.id in standing.satisfied and said:
        return "satisfied"
    if Said.FAILED in said:
        return "failed"
    return "begun" if said else "new"
