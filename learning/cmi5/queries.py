"""Where a registration stands, read from what was said."""

from collections.abc import Iterable

from courses.packages.cmi5 import Course
from courses.packages.models import PackageVersion
from learning.cmi5.enums import Said
from learning.cmi5.models import Cmi5Event, Cmi5Registration
from learning.cmi5.outcomes import Event, Standing


def course_of(version: PackageVersion) -> Course:
    """The structure that was read when the package was taken in."""
    return Course.from_json(version.meta["cmi5"])


def events_of(registration: Cmi5Registration) -> list[Event]:
    """In the order in which they came; one query."""
    return as_events(Cmi5Event.objects.filter(registration=registration).order_by("pk"))


def as_events(rows: Iterable[Cmi5Event]) -> list[Event]:
    return [Event(row.statement_uuid, row.au, Said(row.verb), row.score, row.duration_ms) for row in rows]


def standing_of(registration: Cmi5Registration) -> Standing:
    standing = Standing(course_of(registration.version))
    for event in events_of(registration):
        standing.take(event)
    return standing
