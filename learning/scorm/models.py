"""What SCOs committed, and where each learner stands in each of them."""

from django.db import models

from courses.catalog.models import Activity
from learning.enrollments.models import Enrollment
from learning.launches.models import Launch
from learning.scorm.enums import Completion, Exit, Success


class ScormSession(models.Model):
    """What a launch of a SCORM package has beside other launches.

    ``go`` counts from 1: launches of one go continue each other, «begin again» opens the next. ``page`` numbers the last
    serving of the player, on from that of the launch before: what was served later has higher numbers.
    ``attempts_left`` when it was opened; None for as many as somebody likes.
    """

    launch = models.OneToOneField(Launch, on_delete=models.CASCADE, related_name="scorm")
    go = models.PositiveSmallIntegerField(default=1)
    page = models.PositiveIntegerField(default=0)
    is_served = models.BooleanField(default=False)
    attempts_left = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.launch_id} go {self.go}"


class ScormCommit(models.Model):
    """One commit as it came: the log. ``seq`` is its number within the launch; sent twice, kept once.

    ``body`` is the whole ``cmi`` of the SCO. ``is_end``: the SCO said goodbye with it. ``fault`` says why it does not
    count; empty where it does. ``faults`` are values in it that were left out or moved to their bounds.
    ``closes``: an attempt ended with it, and the package as a whole stood at ``rolled_scaled`` (−1…1, None without a
    score), ``rolled_success`` and ``rolled_ms`` of time spent.
    """

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="scorm_commits")
    seq = models.PositiveIntegerField()
    sco = models.CharField(max_length=255)
    is_end = models.BooleanField(default=False)
    body = models.JSONField()
    fault = models.CharField(max_length=12, blank=True)
    faults = models.JSONField(default=list, blank=True)
    closes = models.BooleanField(default=False)
    rolled_scaled = models.DecimalField(max_digits=12, decimal_places=7, null=True, blank=True)
    rolled_success = models.BooleanField(null=True, blank=True)
    rolled_ms = models.PositiveBigIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["launch", "seq"], name="scorm_commit_once")]

    def __str__(self) -> str:
        return f"{self.launch_id}:{self.seq}"


class ScormState(models.Model):
    """Where somebody stands in one SCO: what the newest commit of the present go said.

    ``cmi`` is what the SCO wants to find again. Scores are as SCORM has them: ``scaled`` −1…1, None without a score.
    ``spent_ms`` is the time of earlier visits, ``session_ms`` that of the visit which ``page`` numbers.
    ``review_from``: the page from which on the SCO is only looked at again, without credit; 0 for none.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="scorm_states")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="+")
    sco = models.CharField(max_length=255)
    cmi = models.JSONField(default=dict)
    completion = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Completion], default=Completion.UNKNOWN
    )
    success = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in Success], default=Success.UNKNOWN
    )
    score_raw = models.DecimalField(max_digits=18, decimal_places=7, null=True, blank=True)
    score_min = models.DecimalField(max_digits=18, decimal_places=7, null=True, blank=True)
    score_max = models.DecimalField(max_digits=18, decimal_places=7, null=True, blank=True)
    score_scaled = models.DecimalField(max_digits=12, decimal_places=7, null=True, blank=True)
    location = models.CharField(max_length=1000, blank=True)
    exit = models.CharField(max_length=12, choices=[(e.value, e.value) for e in Exit], blank=True)
    spent_ms = models.PositiveBigIntegerField(default=0)
    session_ms = models.PositiveBigIntegerField(default=0)
    page = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    review_from = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "activity", "sco"], name="scorm_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}/{self.activity_id} {self.sco}"

    @property
    def total_ms(self) -> int:
        return self.spent_ms + self.session_ms
