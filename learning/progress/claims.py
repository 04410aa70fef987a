"""What a claimed guest has finished counts for what its person was asked to do."""

from datetime import datetime

from django.utils import timezone

from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import still_valid
from learning.progress.models import ActivityProgress
from people.accounts.models import User
from people.learners.models import Learner


def settle_claimed(*, learner: Learner, user: User, at: datetime) -> int:
    """Open duties of the person that the guest's periods fulfill point at those periods and are done; returns how many.

    As if the guest had been claimed before the assignment was made. A period of the person's own in which nothing was
    ever recorded, and for which nobody waits any more, ends. Call it in the transaction of the claim.
    """
    courses = Enrollment.objects.filter(learner=learner).values("course")
    theirs = Enrollment.objects.filter(learner__user=user, course__in=courses).order_by("pk")
    # All of them at once and in one order: an event locks its period before it touches a duty.
    locked = list(theirs.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    rows = Enrollment.objects.filter(pk__in=locked, learner=learner).select_related("course", "progress")
    periods = list(rows.order_by("pk"))
    settled = [
        (duty, duty.enrollment_id)
        for period in periods
        for duty in Duty.objects.filter(
            learner__user=user, done_at__isnull=True, assignment__course=period.course_id
        ).select_related("assignment")
        if _settled(duty, period, at)
    ]
    left = {before for _duty, before in settled} - {period.pk for period in periods}
    waited_for = Duty.objects.filter(enrollment__in=left, done_at__isnull=True).values("enrollment")
    empty = Enrollment.objects.open().filter(pk__in=left, progress__isnull=True).exclude(pk__in=waited_for)
    empty.update(closed_at=at)
    return len(settled)


def _settled(duty: Duty, period: Enrollment, at: datetime) -> bool:
    done_at = _done_at(duty, period, at)
    if done_at is None:
        return False
    duty.done_at = done_at
    return bool(
        Duty.objects.filter(pk=duty.pk, done_at__isnull=True).update(enrollment=period, done_at=done_at)
    )


def _done_at(duty: Duty, period: Enrollment, at: datetime) -> datetime | None:
    """When the course, or the one activity that was assigned, was satisfied in the period; None if no longer valid."""
    activity = duty.assignment.activity_id
    if activity is None:
        done = period.progress.completed_at if hasattr(period, "progress") else None
    else:
        rows = ActivityProgress.objects.filter(enrollment=period, activity=activity)
        done = rows.values_list("satisfied_at", flat=True).first()
    today = timezone.localtime(at).date()
    if done is None or not still_valid(timezone.localtime(done).date(), period.course.recertify_every, today):
        return None
    return done
