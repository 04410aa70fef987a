"""A learner's period with a course."""

import uuid

from django.db import models

from courses.catalog.models import Course
from learning.enrollments.enums import EnrollmentOrigin
from people.learners.models import Learner


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def open(self) -> "EnrollmentQuerySet":
        return self.filter(closed_at__isnull=True)

    def of_person(self, learner: Learner) -> "EnrollmentQuerySet":
        """Everything of the person behind a learner: their own periods and those of guests they claimed."""
        if learner.user_id is None:
            return self.filter(learner=learner)
        return self.filter(learner__user_id=learner.user_id)


class Enrollment(models.Model):
    """One period of one learner with one course; its UUID is the xAPI registration.

    Renewal opens the next period (``number``); nothing is reset. ``closed_at`` ends a period without
    touching what it holds. At most one period a learner and course is open.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="enrollments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrollments")
    number = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in EnrollmentOrigin])
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=models.Q(closed_at__isnull=True),
                name="enrollment_one_open",
            ),
            models.UniqueConstraint(fields=["learner", "course", "number"], name="enrollment_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
