"""What happens when a SCORM package is opened: continued, looked at again, or begun anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.catalog.models import Activity
from courses.packages.models import PackageUse
from learning.enrollments.models import Enrollment
from learning.launches.kinds import Begun
from learning.launches.models import Launch, PackageAttempt
from learning.scorm.models import ScormSession, ScormState


def before(enrollment: Enrollment, activity: Activity, again: bool) -> Begun:
    """What was kept decides the version. What is done may be looked at again, even without an attempt left."""
    states = ScormState.objects.filter(enrollment=enrollment, activity=activity)
    if again:
        states.delete()
        return Begun()
    newest = states.select_related("launch__version").order_by("-last_seq").first()
    return Begun() if newest is None else Begun(newest.launch.version, may_review=True)


def kept(mine: Mapping[str, Any]) -> QuerySet[ScormState]:
    return ScormState.objects.filter(**mine)


def after(launch: Launch, again: bool, at: datetime) -> None:
    earlier = ScormSession.objects.filter(
        launch__enrollment=launch.enrollment_id, launch__activity=launch.activity_id
    )
    last = earlier.order_by("-launch_id").first()
    ScormSession.objects.create(
        launch=launch,
        go=1 if last is None else last.go + 1 if again else last.go,
        page=0 if last is None else last.page,
        attempts_left=_attempts_left(launch),
    )


def _attempts_left(launch: Launch) -> int | None:
    use = PackageUse.objects.select_related("package").get(activity=launch.activity_id)
    if use.package.attempts_max is None:
        return None
    rows = PackageAttempt.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    return max(0, int(use.package.attempts_max) - rows.count())


def notice(launch: Launch) -> str:
    """Told to the learner when the player opens."""
    if launch.scorm.attempts_left == 0:
        return _("You have used all attempts. You can look at it again; nothing is counted any more.")
    rows = ScormState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    return _("You go on where you were.") if rows.exists() else ""
