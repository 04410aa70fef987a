"""Role assignments: the one source of permissions."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models

from people.groups.models import LearnerGroup
from people.organizations.models import Organization
from people.roles.enums import Role


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def valid_on(self, on: date) -> "RoleAssignmentQuerySet":
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)
        )


class RoleAssignment(models.Model):
    """A role of a person over one scope, from a day until a day.

    The scope is exactly one of: the whole install, a unit with everything below it, or a group. ``valid_to`` is the
    first day on which it is over; one that is the first day as well means that the role was taken back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    everywhere = models.BooleanField(default=False)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    group = models.ForeignKey(
        LearnerGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="roles_granted",
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_has_exactly_one_scope",
                condition=(
                    models.Q(everywhere=True, organization__isnull=True, group__isnull=True)
                    | models.Q(everywhere=False, organization__isnull=False, group__isnull=True)
                    | models.Q(everywhere=False, organization__isnull=True, group__isnull=False)
                ),
            )
        ]
        indexes = [models.Index(fields=["user", "role"], name="role_of_user")]

    def __str__(self) -> str:
        return f"{self.role} of {self.user_id}"
