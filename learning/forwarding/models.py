"""How far each outside store has got, and what it refused."""

from django.db import models

from learning.records.models import Statement


class ForwardCursor(models.Model):
    """One outside store, by its name in the settings. ``sequence``: up to where it has everything.

    ``ceiling``: the highest sequence seen at ``ceiling_at``; what was being written then is settled later, and only
    then handed on, so that a slow transaction is never overtaken.
    """

    target = models.CharField(max_length=60, unique=True)
    sequence = models.BigIntegerField(default=0)
    ceiling = models.BigIntegerField(default=0)
    ceiling_at = models.DateTimeField(null=True, blank=True)
    sent = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.target


class DeadLetter(models.Model):
    """A statement that an outside store refused for good; a person decides what becomes of it."""

    target = models.CharField(max_length=60)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="dead_letters")
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    refused_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    is_asked_again = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    was_sent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "statement"], name="dead_letter_once")]
        indexes = [
            models.Index(
                fields=["target", "refused_at"],
                condition=models.Q(settled_at__isnull=True),
                name="dead_letter_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.statement_id}"
