"""A package made of rows, and what its learners' browsers send."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from courses.catalog.enums import ActivityKind, Scoring
from courses.catalog.models import Activity, Course
from courses.packages.models import Package, PackageUse, PackageVersion
from learning.enrollments.models import Enrollment
from learning.launches.actions import take
from learning.launches.models import Launch
from learning.launches.rules import Batch, SentEvent
from tests.learning.builders import NOW, course_of

TRUE_FALSE = {"question": "正しいですか。", "correct": "true"}
VERBS = "http://adlnet.gov/expapi/verbs/"


def played_in(
    code: str = "T100",
    *,
    library: str = "H5P.TrueFalse 1.8",
    params: Any = None,
    most: int | None = 1,
    **facts: Any,
) -> Any:
    """An activity of a course of its own that plays a package; ``facts`` are the course's."""
    course = course_of(code, lessons=1, quiz=False, **{"scoring": Scoring.SCORED, **facts})
    return add_package(course, library=library, params=params, most=most)


def add_package(
    course: Course,
    *,
    library: str = "H5P.TrueFalse 1.8",
    params: Any = None,
    most: int | None = 1,
    name: str = "P1",
) -> Activity:
    package = Package.objects.create(kind="h5p", title="○×の練習", created_at=NOW)
    package.current = PackageVersion.objects.create(
        package=package, number=1, params=TRUE_FALSE if params is None else params, main_library=library, max_score=most,
        created_at=NOW,
    )  # fmt: skip
    package.save()
    activity = Activity.objects.create(
        course=course, kind=ActivityKind.PACKAGE, code=f"{course.code}-{name}", title="○×の練習", minutes=5,
        is_offered=True, is_required=False, order=90, page_path=f"courses/{course.code.lower()}/{name.lower()}/",
    )  # fmt: skip
    PackageUse.objects.create(activity=activity, package=package)
    return activity


def launched(
    enrollment: Enrollment, activity: Activity, at: datetime = NOW, *, restored: bool = False
) -> Launch:
    """As if the page had been opened."""
    package = Package.objects.select_related("current").get(uses__activity=activity)
    assert package.current is not None
    launch = Launch.objects.create(
        enrollment=enrollment, activity=activity, version=package.current, restored=restored,
        pass_percent=package.pass_percent, opened_at=at, expires_at=at.replace(year=at.year + 1),
    )  # fmt: skip
    return Launch.objects.select_related("enrollment__course", "activity", "version__package").get(
        pk=launch.pk
    )


def statement(activity: Activity, verb: str, **result: Any) -> dict[str, Any]:
    """About the package as a whole; verb ``child`` is an answer to a part of it."""
    about = f"http://localhost:8000/xapi/activities/{activity.uuid}"
    if verb == "child":
        about, verb = f"{about}?subContentId=11111111-1111-4111-8111-111111111111", "answered"
    told = {"actor": {}, "verb": {"id": VERBS + verb}, "object": {"objectType": "Activity", "id": about}}
    return told | ({"result": result} if result else {})


def ended(
    activity: Activity, raw: float, *, response: str | None = None, most: float = 1, **more: Any
) -> dict[str, Any]:
    """The end of an attempt at True/False; an honest one unless ``response`` says otherwise."""
    said = response if response is not None else ("true" if raw else "false")
    return statement(
        activity, "answered", score={"min": 0, "raw": raw, "max": most}, response=said, completion=True, **more
    )  # fmt: skip


def hand_in(launch: Launch, events: Iterable[tuple[int, dict[str, Any]]], at: datetime = NOW) -> int:
    """How many attempts came of it."""
    batch = Batch(events=tuple(SentEvent(seq, told) for seq, told in events))
    return len(take(launch=launch, batch=batch, at=at).attempts)


def play_once(
    enrollment: Enrollment, activity: Activity, raw: float, at: datetime = NOW, **more: Any
) -> Launch:
    """Opened, played to its end."""
    launch = launched(enrollment, activity, at)
    hand_in(launch, [(1, ended(activity, raw, **more))], at)
    return launch
