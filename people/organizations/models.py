"""The tree of bodies and units. A unit's parent is a dated fact."""

import uuid
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.organizations.enums import OrganizationKind

_KIND_LABELS = {
    OrganizationKind.PREFECTURE: pgettext_lazy("kind of unit", "Prefecture"),
    OrganizationKind.BUREAU: pgettext_lazy("kind of unit", "Bureau"),
    OrganizationKind.DIVISION: pgettext_lazy("kind of unit", "Division"),
    OrganizationKind.SECTION: pgettext_lazy("kind of unit", "Section"),
    OrganizationKind.MUNICIPALITY: pgettext_lazy("kind of unit", "Municipality"),
    OrganizationKind.BOARD_OF_EDUCATION: pgettext_lazy("kind of unit", "Board of education"),
    OrganizationKind.SCHOOL: pgettext_lazy("kind of unit", "School"),
    OrganizationKind.COMMUNITY_CENTER: pgettext_lazy("kind of unit", "Community center"),
    OrganizationKind.CONFERENCE: pgettext_lazy("kind of unit", "Conference"),
    OrganizationKind.POLICE: pgettext_lazy("kind of unit", "Police"),
    OrganizationKind.OTHER: pgettext_lazy("kind of unit", "Other"),
}

# One query for any depth, on both engines: roots, then every unit placed below them on the day.
_BELOW_SQL = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM people_organization WHERE id IN ({roots})
        UNION
        SELECT p.organization_id FROM people_organizationplacement p
        JOIN below b ON p.parent_id = b.id
        WHERE p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)
    )
    SELECT id FROM below
"""
# The same, but never from a prefecture into a municipality: each body looks after its own people.
_WITHIN_BODY_SQL = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM people_organization WHERE id IN ({roots})
        UNION
        SELECT p.organization_id FROM people_organizationplacement p
        JOIN below b ON p.parent_id = b.id
        JOIN people_organization o ON o.id = p.organization_id AND o.kind <> 'municipality'
        WHERE p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)
    )
    SELECT id FROM below
"""
_ABOVE_SQL = """
    WITH RECURSIVE above(id) AS (
        SELECT id FROM people_organization WHERE id IN ({roots})
        UNION
        SELECT p.parent_id FROM people_organizationplacement p
        JOIN above a ON p.organization_id = a.id
        WHERE p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)
    )
    SELECT id FROM above
"""


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def valid_on(self, on: date) -> "OrganizationQuerySet":
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)
        )


def _walk(sql: str, roots: list[int], on: date) -> RawSQL:
    """A subquery of ids; an empty list of roots gives an empty set (closed by default)."""
    marks = ", ".join(["%s"] * len(roots)) or "NULL"
    return RawSQL(sql.format(roots=marks), [*roots, on, on])  # noqa: S611 - ids are parameters, the text is ours


def units_below(*units: "Organization | int", on: date) -> OrganizationQuerySet:
    """The units themselves and everything placed below them on the day: the only way down the tree."""
    roots = [unit if isinstance(unit, int) else unit.pk for unit in units]
    return Organization.objects.filter(pk__in=_walk(_BELOW_SQL, roots, on))


def units_within_body(*units: "Organization | int", on: date) -> OrganizationQuerySet:
    """Like ``units_below``, without the municipalities below a prefecture: the way down for names of people."""
    roots = [unit if isinstance(unit, int) else unit.pk for unit in units]
    return Organization.objects.filter(pk__in=_walk(_WITHIN_BODY_SQL, roots, on))


def units_above(*units: "Organization | int", on: date) -> OrganizationQuerySet:
    """The units themselves and everything above them on the day, in no order."""
    roots = [unit if isinstance(unit, int) else unit.pk for unit in units]
    return Organization.objects.filter(pk__in=_walk(_ABOVE_SQL, roots, on))


class Organization(models.Model):
    """A body or unit. ``code`` is a stable local key; ``jis_code`` has six digits with the check digit.

    ``valid_to`` is the first day on which the unit no longer exists.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=[(k.value, _KIND_LABELS[k]) for k in OrganizationKind])
    name = models.CharField(max_length=200)
    name_kana = models.CharField(max_length=200, blank=True)
    jis_code = models.CharField(max_length=6, blank=True)
    living_area = models.CharField(max_length=20, blank=True, help_text="生活圏")
    region = models.CharField(max_length=20, blank=True, help_text="地方")
    joined_on = models.DateField(
        null=True, blank=True, help_text=_("A body that has not joined is never counted as 0 %.")
    )
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jis_code"], condition=~models.Q(jis_code=""), name="organization_jis_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="organization_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def kind_label(self) -> str:
        return str(_KIND_LABELS[OrganizationKind(self.kind)])


class OrganizationPlacement(models.Model):
    """From when until when a unit stood under a parent. At most one open placement a unit."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="child_placements")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(valid_to__isnull=True), name="placement_one_open"
            ),
            models.UniqueConstraint(fields=["organization", "valid_from"], name="placement_one_a_start"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="placement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("parent")), name="placement_not_under_itself"
            ),
        ]
        indexes = [models.Index(fields=["parent", "organization"], name="placement_parent")]

    def __str__(self) -> str:
        return f"{self.organization_id} < {self.parent_id}"
