"""Plans and their nodes as versioned rows: the final text can replace the draft without breaking a code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.strategy.enums import NodeKind, NodeStatus


class Plan(models.Model):
    """One version of a strategy plan. ``is_current`` marks the one that the public page shows first."""

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField()
    is_current = models.BooleanField(default=False)
    details = models.JSONField(
        default=dict, help_text="position, mid-term review, predecessors, notes, as in the source"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="plan_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class StrategyNode(models.Model):
    """One sentence of a plan, with the lines of the source that carry it.

    ``is_lost``: the source had a figure here that did not survive; ``lost_lines`` are its lines. Nothing is
    invented in its place: ``supplement`` is what a person added later, with its source, and loading keeps it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="nodes")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in NodeKind])
    section = models.CharField(
        max_length=20, blank=True, help_text="where the data file has it: goals, premises, roles, …"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    title = models.TextField()
    statement = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    source = models.CharField(
        max_length=10, blank=True, help_text="A = 2021 draft policy, B = 2026–2030 strategy draft"
    )
    lines = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    is_lost = models.BooleanField(default=False)
    lost_lines = models.JSONField(default=list, blank=True)
    supplement = models.TextField(_("what was added later, with its source"), blank=True)
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in NodeStatus], default=NodeStatus.ACTIVE
    )
    order = models.PositiveIntegerField(default=0)
    maps_to = models.ManyToManyField("self", symmetrical=False, related_name="mapped_from", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="strategy_code_once_a_plan")]
        indexes = [models.Index(fields=["code"], name="strategy_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title[:40]}"
