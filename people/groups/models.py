"""Classes and other groups of learners."""

import uuid
from datetime import date

from django.db import models

from people.groups.enums import GroupKind
from people.learners.models import Learner
from people.organizations.models import Organization


class LearnerGroup(models.Model):
    """A class (年度 + school + 学年 + 組) or any other group under a unit. A class lives for one school year."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in GroupKind], default=GroupKind.HOMEROOM
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="learner_groups")
    name = models.CharField(max_length=100)
    fiscal_year = models.PositiveSmallIntegerField()
    grade = models.CharField(
        max_length=2, blank=True, help_text="OneRoster grades: P1–P6, J1–J3, H1–H3, E1–E3"
    )
    class_name = models.CharField(max_length=30, blank=True, help_text="組: 1組, A組, たんぽぽ")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "fiscal_year", "grade", "class_name"],
                condition=models.Q(kind=GroupKind.HOMEROOM.value),
                name="homeroom_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def valid_on(self, on: date) -> "GroupMembershipQuerySet":
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)
        )


class GroupMembership(models.Model):
    """A learner in a group, with the number in class (出席番号) by which lists are sorted."""

    group = models.ForeignKey(LearnerGroup, on_delete=models.PROTECT, related_name="memberships")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="memberships")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "learner"],
                condition=models.Q(valid_to__isnull=True),
                name="membership_one_open",
            ),
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=models.Q(valid_to__isnull=True),
                name="membership_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.group_id}"
