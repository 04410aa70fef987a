"""A worker is killed in the middle of an import, two take in the same file at once, the disk runs full for real."""

import io
import os
import signal
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from courses.blobs import actions as blobs
from courses.blobs.actions import GRACE, store, sweep_blobs
from courses.blobs.models import Blob, path_of
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.imports import upload
from courses.packages.models import Package, PackageImport, PackageVersion, VersionFile
from courses.packages.shipped import load_examples
from office.benches.databases import database_url
from office.jobs import actions as jobs
from office.jobs.enums import JobState
from office.jobs.models import SILENT_AFTER, Job
from tests.learning.builders import NOW, person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# Files have been stored when the process dies; rows have not.
WORKER = """
import sys, time
import django
django.setup()
from courses.packages import storing
from office.jobs.actions import run_job
real, begun = storing.BlobSink.begin, []
def begin(self, path):
    begun.append(path)
    if {stop} and len(begun) > 12:
        print("in the middle", flush=True)
        time.sleep(60)
    return real(self, path)
storing.BlobSink.begin = begin
if not {stop}:
    print("ready", flush=True)
    sys.stdin.readline()
run_job(int(sys.argv[1]))
"""


@pytest.fixture(scope="module", autouse=True)
def kept_database(django_db_setup, django_db_blocker):
    """The tests here empty the database; afterwards what the migrations made (the root page) is put back."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(getattr(connection, "_test_serialized_contents"))  # noqa: B009


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.PACKAGE_ROOT = tmp_path / "packages"
    return Path(settings.PACKAGE_ROOT)


@pytest.fixture
def waiting(monkeypatch, example):
    """A job for an upload whose libraries are here; nobody does it yet."""
    monkeypatch.setattr(jobs, "_wake", lambda job_id: None)
    author = person("author")
    load_examples(by=author, at=NOW)

    def waiting() -> Job:
        data = with_pictures(example("spot-the-scam.h5p"))
        upload(file=SimpleUploadedFile("scam.h5p", data), purpose=ImportPurpose.CONTENT, by=author, at=NOW)
        return Job.objects.latest("pk")

    return waiting


def worker(job: Job, root: Path, *, stop: bool) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PACKAGE_ROOT": str(root),
    }
    command = [sys.executable, "-c", WORKER.format(stop=stop), str(job.pk)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def with_pictures(data: bytes) -> bytes:
    """The package with five pictures more, all different."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as package:
        for number in range(5):
            picture = io.BytesIO()
            Image.new("RGB", (8, 8), (number, 0, 0)).save(picture, "PNG")
            package.writestr(f"content/images/{number}.png", picture.getvalue())
    return file.getvalue()


def files_of(version: PackageVersion) -> set[tuple[str, str]]:
    return set(VersionFile.objects.filter(version=version).values_list("path", "blob_id"))


def test_a_killed_import_leaves_no_half_package_and_the_next_worker_takes_it_in(waiting, root):
    before = Package.objects.count()
    job = waiting()
    with worker(job, root, stop=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "in the middle\n"
        finally:
            process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL

    job.refresh_from_db()
    row = PackageImport.objects.latest("pk")
    assert (job.state, row.state, Package.objects.count()) == (JobState.RUNNING, ImportState.WAITING, before)
    assert jobs.sweep(job.heartbeat_at + SILENT_AFTER + timedelta(seconds=1)) == 1
    jobs.run_job(job.pk)
    job.refresh_from_db()
    row.refresh_from_db()
    assert (job.state, job.tries, row.state) == (JobState.DONE, 2, ImportState.DONE)
    assert Package.objects.count() == before + 1
    # What the killed worker held open is taken away after a day; what the version needs stays.
    for left in (root / "incoming").iterdir():
        os.utime(left, (0, 0))
    sweep_blobs(NOW + GRACE + timedelta(days=1))
    assert not list((root / "incoming").iterdir())
    assert row.version is not None
    assert len(files_of(row.version)) == 5
    assert all(path_of(blob).exists() for _path, blob in files_of(row.version))


def test_two_workers_take_in_the_same_file_at_the_same_moment(waiting, root):
    before = Package.objects.count()
    both = [worker(waiting(), root, stop=False) for _ in range(2)]
    for process in both:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    for process in both:
        process.communicate()

    rows = PackageImport.objects.order_by("-pk")[:2]
    versions = [row.version for row in rows]
    assert [row.state for row in rows] == [ImportState.DONE] * 2
    assert Package.objects.count() == before + 2
    first, second = (files_of(version) for version in versions if version is not None)
    assert first == second
    assert len(first) == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_disk_that_is_full_while_writing_leaves_nothing(root, monkeypatch):
    real = blobs.NamedTemporaryFile  # type: ignore[attr-defined]

    class Full:
        """A file whose bytes go to a device without room: write or flush fails as on a full disk."""

        def __init__(self, **options) -> None:
            self.real = real(**options)
            self.device = Path("/dev/full").open("wb")  # noqa: SIM115
            self.name = self.real.name

        def __enter__(self):
            return self.device.__enter__()

        def __exit__(self, *error):
            self.real.close()
            return self.device.__exit__(*error)

        def write(self, data: bytes) -> int:
            return self.device.write(data)

        def flush(self) -> None:
            self.device.flush()

        def fileno(self) -> int:
            return self.device.fileno()

    monkeypatch.setattr(blobs, "NamedTemporaryFile", Full)
    with pytest.raises(OSError, match="No space left"):
        store([b"some bytes"], at=NOW)
    assert not Blob.objects.exists()
    assert not list((root / "incoming").iterdir())
