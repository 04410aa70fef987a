"""Who must learn what by when, and why."""

import uuid

from django.conf import settings
from django.db import models

from courses.catalog.models import Activity, Course
from learning.enrollments.models import Enrollment
from people.groups.models import LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization


class Assignment(models.Model):
    """A course, or one activity of it, put before people, a group, or a unit with everything below it.

    ``reason`` is the sentence that every learner of it reads. The learners are the ``Duty`` rows,
    made by a job that can be resumed; ``job`` is its UUID.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    group = models.ForeignKey(
        LearnerGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    named = models.JSONField(default=list, blank=True, help_text="UUIDs of learners, where people were named")
    opens_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments_made"
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdraw_reason = models.CharField(max_length=300, blank=True)
    job = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_on__gte=models.F("opens_on")),
                name="assignment_due_after_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(organization__isnull=False, group__isnull=False),
                name="assignment_one_target",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdraw_reason=""),
                name="assignment_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} by {self.due_on}"


class Duty(models.Model):
    """One learner's share of an assignment.

    ``done_at`` is projected from the records of ``enrollment``: when its course (or the one activity assigned) was
    satisfied. Whoever holds a still valid completion gets a duty that points at that period and is done from the
    start. ``why_unit`` and ``why_post`` are the learner's own when it was made: they explain why the duty is theirs.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="duties")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="duties")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="duties")
    why_unit = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_post = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["assignment", "learner"], name="duty_once")]
        indexes = [
            models.Index(fields=["learner", "done_at"], name="duty_of_learner"),
            models.Index(fields=["assignment"], condition=models.Q(done_at__isnull=True), name="duty_open"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.learner_id}"
