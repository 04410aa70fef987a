"""Requests for libraries."""

import uuid

from django.conf import settings
from django.db import models

from courses.library_requests.enums import RequestState
from courses.packages.models import PackageImport


class LibraryRequest(models.Model):
    """Libraries that the file of an upload needs and that are not here, or not as new as in the file.

    ``libraries``: ``[{"library": "H5P.Blanks 1.14", "version": "1.14.6", "here": "1.14.2"}]``; ``version`` is empty where
    only the name is known, ``here`` where nothing is installed. ``key`` is the hash of file, libraries and person: the same is asked
    for once as long as it is open. ``seen_at``: when the person saw the answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.ForeignKey(PackageImport, on_delete=models.PROTECT, related_name="library_requests")
    libraries = models.JSONField(default=list)
    key = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RequestState], default=RequestState.OPEN
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state=RequestState.OPEN), name="library_request_open_once"
            )
        ]
        indexes = [models.Index(fields=["asked_by", "state"], name="library_request_of_person")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.state}"
