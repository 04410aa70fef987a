"""``manage.py bench_import import|unzip FILE``: one piece of the bench «packages», alone in a process.

So that its time and memory are its own. Prints one line of JSON: ``{"seconds", "cpu", "grown_mib"}`` (wall time, CPU
time of this process, growth of the resident peak). The package stays in the database: for scratch databases only.
"""

import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.blobs.actions import BlobWriter
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.imports import JOB
from courses.packages.models import PackageImport
from office.jobs.actions import run_job
from office.jobs.models import Job
from people.accounts.models import User

COPY_BYTES = 1024 * 1024
AUTHOR = "bench-author"


class Command(BaseCommand):
    help = "One import, or one plain unzip, for the bench «packages»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["import", "unzip"])
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        work = _import(options["file"]) if options["kind"] == "import" else _unzip(options["file"])
        peak, cpu, begun = _peak_mib(), time.process_time(), time.perf_counter()
        work()
        figures = {
            "seconds": time.perf_counter() - begun,
            "cpu": time.process_time() - cpu,
            "grown_mib": _peak_mib() - peak,
        }
        self.stdout.write(json.dumps(figures))


def _peak_mib() -> float:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _unzip(path: Path) -> Callable[[], None]:
    def work() -> None:
        with TemporaryDirectory() as folder, zipfile.ZipFile(path) as package:
            package.extractall(folder)

    return work


def _import(path: Path) -> Callable[[], None]:
    """The job as a worker does it; upload and row are there before the clock starts."""
    now = timezone.now()
    with BlobWriter(at=now) as writer, path.open("rb") as source:
        while piece := source.read(COPY_BYTES):
            writer.write(piece)
    row = PackageImport.objects.create(
        purpose=ImportPurpose.CONTENT,
        source_id=writer.sha256,
        filename=path.name,
        uploaded_by=User.objects.get(username=AUTHOR),
        uploaded_at=now,
    )
    params = {"import": str(row.uuid)}
    job = Job.objects.create(kind=JOB, title="bench", params=params, created_at=now, heartbeat_at=now)

    def work() -> None:
        run_job(job.pk)
        row.refresh_from_db()
        if row.state != ImportState.DONE:
            raise CommandError(f"{path.name} was not taken in: {row.errors}")

    return work
