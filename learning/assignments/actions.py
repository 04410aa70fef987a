"""Assigning, expanding, withdrawing."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity, Course
from learning.assignments.expansion import CHUNK, expand, learners_of, reference_day
from learning.assignments.models import Assignment, Duty
from learning.assignments.rules import Plan, faults
from office.audit.actions import record
from office.jobs.actions import start_job, step
from office.jobs.models import Job
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization

JOB = "assign"
_FAULTS = {
    "target": gettext_lazy("Choose exactly one: people, a class, or a unit. Nothing was assigned."),
    "reason": gettext_lazy("Write in one sentence (up to 300 characters) why. Nothing was assigned."),
    "due_before_open": gettext_lazy(
        "The last day is before the first day. Nothing was assigned. Choose a later day."
    ),
    "due_past": gettext_lazy("The last day is already over. Nothing was assigned. Choose a later day."),
}


def assign(
    *,
    course: Course,
    activity: Activity | None = None,
    organization: Organization | None = None,
    group: LearnerGroup | None = None,
    learners: Iterable[Learner] = (),
    opens_on: date,
    due_on: date | None,
    reason: str,
    by: User,
    at: datetime,
    token: UUID | None = None,
) -> Assignment:
    """Puts a course, or one activity of it, before people. Whether ``by`` may is asked by whoever calls.

    A target of up to 500 people has its duties at once; for more a job makes them. The same ``token`` again (a
    double click) gives the first assignment. Raises ValidationError ``not_offered``, ``activity`` and the codes of
    ``rules.faults``.
    """
    named = sorted({str(learner.uuid) for learner in learners})
    plan = Plan(opens_on, due_on, reason, sum(map(bool, (organization, group, named))))
    _check(course, activity, plan, at)
    first = Assignment(
        uuid=token or uuid4(),
        course=course,
        activity=activity,
        organization=organization,
        group=group,
        named=named,
        opens_on=opens_on,
        due_on=due_on,
        reason=reason.strip(),
        assigned_by=by,
        created_at=at,
    )
    try:
        return _created(first, by, at)
    except IntegrityError as error:
        earlier = Assignment.objects.filter(uuid=first.uuid, assigned_by=by).first()
        if earlier is None:
            raise ValidationError(
                _("Please open the form again. Nothing was assigned."), code="token"
            ) from error
        return earlier


@transaction.atomic
def _created(assignment: Assignment, by: User, at: datetime) -> Assignment:
    assignment.save(force_insert=True)
    data = {"course": assignment.course.code, "target": target_name(assignment), "reason": assignment.reason}
    record(action="learning.assigned", instance=assignment, by=by, data=data, at=at)
    if learners_of(assignment, reference_day(assignment.opens_on, at)).count() <= CHUNK:
        expand(assignment, after=0, at=at)
        return assignment
    job = start_job(
        kind=JOB,
        title=_("Assign: %(course)s") % {"course": assignment.course.title},
        params={"assignment": str(assignment.uuid), "back_url": _address(assignment)},
        owner=by.uuid,
        at=at,
    )
    assignment.job = job.uuid
    assignment.save(update_fields=["job"])
    return assignment


def expand_in_job(job: Job) -> None:
    """The handler of ``assign`` jobs: goes on after the last learner of the cursor; stops when it was withdrawn."""
    assignment = Assignment.objects.select_related("course", "group", "organization").get(
        uuid=job.params["assignment"]
    )
    on = reference_day(assignment.opens_on, assignment.created_at)
    total = learners_of(assignment, on).count() if job.total is None else job.total
    last: int | None = job.cursor.get("last", 0)
    while last is not None:
        with transaction.atomic():
            if Assignment.objects.filter(pk=assignment.pk, withdrawn_at__isnull=False).exists():
                break
            piece = expand(assignment, after=last, at=timezone.now())
            last = piece.last
            step(
                job,
                done=job.done + piece.count,
                cursor={"last": last or job.cursor.get("last", 0)},
                total=total,
            )
    count = Duty.objects.filter(assignment=assignment).count()
    text = ngettext("Assigned to %(count)s person.", "Assigned to %(count)s people.", count) % {
        "count": count
    }
    job.result = {"message": text, "url": _address(assignment), "url_label": _("See the assignment")}


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, reason: str, by: User, at: datetime) -> Assignment:
    """Nobody has to do it any more; what was done stays done. Raises ValidationError ``no_reason``, ``withdrawn``."""
    if not reason.strip():
        raise ValidationError(_("Say why. Nothing was changed."), code="no_reason")
    held = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if held.withdrawn_at is not None:
        raise ValidationError(
            _("This assignment was already withdrawn. Nothing was changed."), code="withdrawn"
        )
    held.withdrawn_at, held.withdrawn_by, held.withdraw_reason = at, by, reason.strip()[:300]
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    data = {"reason": held.withdraw_reason}
    record(action="learning.assignment_withdrawn", instance=held, by=by, data=data, at=at)
    return held


def target_name(assignment: Assignment) -> str:
    """Whom it is for, in words."""
    if assignment.group is not None:
        return str(assignment.group)
    if assignment.organization is not None:
        return str(assignment.organization)
    count = len(assignment.named)
    return ngettext("%(count)s person by name", "%(count)s people by name", count) % {"count": count}


def _check(course: Course, activity: Activity | None, plan: Plan, at: datetime) -> None:
    if course.status != CourseStatus.OFFERED:
        raise ValidationError(
            _("This course is not open at the moment. Nothing was changed."), code="not_offered"
        )
    if activity is not None and (activity.course_id != course.pk or not activity.is_offered):
        raise ValidationError(
            _("This part does not belong to the course. Nothing was assigned."), code="activity"
        )
    wrong = faults(plan, timezone.localtime(at).date())
    if wrong:
        raise ValidationError([ValidationError(_FAULTS[code], code=code) for code in wrong])


def _address(assignment: Assignment) -> str:
    return reverse("learning:assignment_detail", args=[assignment.uuid])
