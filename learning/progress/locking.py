"""The lock that events of one period wait for."""

from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

from courses.catalog.models import Activity, Course
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import Owner
from learning.records.prepared import Prepared
from people.learners.models import Learner

_M = TypeVar("_M", bound=Model)


def _columns(model: type[Model], *names: str) -> tuple[str, ...]:
    """In the order in which ``from_db`` expects them."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


# Everything that a statement and the facts of a completion are made of; the long texts of a course are not.
_ENROLLMENT = _columns(Enrollment, "id", "uuid", "learner_id", "course_id")
_LEARNER = _columns(Learner, "id", "uuid", "user_id", "is_primary")
_COURSE = _columns(
    Course, "id", "uuid", "code", "title", "minutes", "revision", "scoring", "recertify_every", "pass_mark"
)
_ACTIVITY = _columns(
    Activity, "id", "uuid", "course_id", "parent_id", "kind", "title", "move_on", "is_required", "is_offered"
)


def locked_period(
    owner: Owner, activity: UUID, registration: UUID | None
) -> tuple[Enrollment, Activity] | None:
    """The period that a result in an activity falls under, locked, and the activity as it is now; one query.

    The period that ``registration`` names, open or not; else the open one with the activity's course, the
    person's own before a claimed guest's.
    """
    values: dict[str, Any] = {"activity": activity, **owner.ids}
    if registration is not None:
        values["registration"] = registration
    row = _LOCKS[owner.user is not None, registration is not None].row(**values)
    if row is None:
        return None
    parts = iter(row)
    enrollment = _loaded(Enrollment, _ENROLLMENT, parts)
    enrollment.learner = _loaded(Learner, _LEARNER, parts)
    enrollment.course = _loaded(Course, _COURSE, parts)
    return enrollment, _loaded(Activity, _ACTIVITY, parts)


def _loaded(model: type[_M], names: tuple[str, ...], parts: Any) -> _M:
    """An instance of which only these columns were read."""
    return model.from_db(connection.alias, names, list(islice(parts, len(names))))


def _lock(
    *, activity: UUID, user: int | None = None, learner: int | None = None, registration: UUID | None = None
) -> Any:
    owned = Owner(user, learner).q()
    periods = Enrollment.objects.select_for_update(of=("self",), no_key=True).filter(
        owned, course__activities__uuid=activity
    )
    periods = periods.open() if registration is None else periods.filter(uuid=registration)
    columns = (
        *_ENROLLMENT,
        *(f"learner__{name}" for name in _LEARNER),
        *(f"course__{name}" for name in _COURSE),
        *(f"course__activities__{name}" for name in _ACTIVITY),
    )
    return periods.order_by("-learner__is_primary", "pk").values_list(*columns)[:1]


# By: is there a person behind the learner, is a registration named.
_LOCKS = {
    (by_user, by_name): Prepared(
        _lock,
        ints=("user" if by_user else "learner",),
        uuids=("activity", "registration") if by_name else ("activity",),
    )
    for by_user in (True, False)
    for by_name in (True, False)
}
