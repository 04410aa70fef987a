"""Storing files and taking away those that nothing needs any more."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet

from courses.blobs.models import Blob, path_of

GRACE = timedelta(days=1)
_SWEPT_AT_ONCE = 500


class BlobWriter:
    """Takes bytes piece by piece and keeps them as a blob::

        with BlobWriter(at=now) as writer:
            for piece in pieces:
                writer.write(piece)
        writer.sha256, writer.size

    Leaving the block by an exception leaves nothing behind. Raises OSError when the disk is full or refuses.
    """

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.size = 0
        self._hash = hashlib.sha256()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "BlobWriter":
        folder = Path(settings.PACKAGE_ROOT) / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        self._file = NamedTemporaryFile(dir=folder, delete=False)
        return self

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        if self._file is None:
            raise ValueError("the writer is not open")
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        name = Path(file.name)
        try:
            with file:
                if kind is None:
                    file.flush()
                    os.fsync(file.fileno())
            if kind is None:
                _keep(name, sha256=self.sha256, size=self.size, at=self.at)
        finally:
            name.unlink(missing_ok=True)


def store(pieces: Iterable[bytes], *, at: datetime) -> str:
    """Keeps the bytes and gives their SHA-256 (hex). Raises OSError."""
    with BlobWriter(at=at) as writer:
        for piece in pieces:
            writer.write(piece)
    return writer.sha256


def sweep_blobs(at: datetime) -> int:
    """Takes away what nothing has pointed to for a day, and what killed imports left; gives how many files."""
    return _sweep_rows(at - GRACE) + _sweep_incoming(at - GRACE)


@transaction.atomic
def _keep(source: Path, *, sha256: str, size: int, at: datetime) -> None:
    """The row first: it holds off a sweep of the same blob, which may take the file until the row is ours."""
    Blob.objects.bulk_create(
        [Blob(sha256=sha256, size=size, touched_at=at)],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["touched_at"],
    )
    target = path_of(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o644)
    source.replace(target)


def _unneeded(before: datetime) -> QuerySet[Blob]:
    """Old blobs to which no row of any model points, by way of a relation with a name or without."""
    found = Blob.objects.filter(touched_at__lt=before)
    for relation in Blob._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.filter(~Exists(pointing))
    return found


def _sweep_rows(before: datetime) -> int:
    count = 0
    for sha256 in list(
        _unneeded(before).order_by("touched_at").values_list("pk", flat=True)[:_SWEPT_AT_ONCE]
    ):
        with transaction.atomic():
            # Inside the transaction: who stores the same bytes meanwhile waits for the row, and then looks for the file.
            deleted, _rows = _unneeded(before).filter(pk=sha256).delete()
            if deleted:
                path_of(sha256).unlink(missing_ok=True)
                count += 1
    return count


def _sweep_incoming(before: datetime) -> int:
    count = 0
    for path in (Path(settings.PACKAGE_ROOT) / "incoming").glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                count += 1
    return count
