"""Competency frameworks as versioned data: a competency is (framework, version, item)."""

from django.db import models


class Framework(models.Model):
    """One version of a framework. A revision is a new row; a code once used stays."""

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=200, blank=True)
    sources = models.JSONField(default=list, blank=True)
    details = models.JSONField(
        default=dict, blank=True, help_text="levels, crosswalks and notes, as in the source"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="framework_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Competency(models.Model):
    """One item of one version of a framework."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    parent_code = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=0)
    details = models.JSONField(
        default=dict, blank=True, help_text="definition, stage, kind, as in the source"
    )

    class Meta:
        verbose_name_plural = "competencies"
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="competency_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
