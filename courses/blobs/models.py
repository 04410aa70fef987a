"""The row for each stored file."""

from pathlib import Path

from django.conf import settings
from django.db import models


class Blob(models.Model):
    """One file of ``size`` bytes below ``PACKAGE_ROOT``; rows that need it point here with PROTECT.

    ``touched_at`` is when something last asked for it to be kept: a blob that nothing points to is taken away
    a day after that (``sweep_blobs``), so that an import in progress never loses one.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.sha256)

    @property
    def path(self) -> Path:
        """Where the bytes lie; two levels of folders keep each folder small."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    return Path(settings.PACKAGE_ROOT) / "blobs" / sha256[:2] / sha256[2:4] / sha256
