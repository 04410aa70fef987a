"""Files of packages are kept once, whole or not at all, and only as long as something needs them."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from courses.blobs.actions import BlobWriter, store, sweep_blobs
from courses.blobs.models import Blob, path_of
from courses.packages.enums import PackageKind
from courses.packages.models import Package, PackageVersion, VersionFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    made = tmp_path / "packages"
    settings.PACKAGE_ROOT = made
    return made


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def needed_by_a_version(sha256, at):
    package = Package.objects.create(kind=PackageKind.H5P, title="手順", created_at=at)
    version = PackageVersion.objects.create(package=package, number=1, created_at=at)
    return VersionFile.objects.create(version=version, path="images/a.png", blob_id=sha256)


def test_the_same_bytes_are_kept_once(root, at):
    first = store([b"ab", b"c"], at=at)
    second = store([b"abc"], at=at + timedelta(hours=1))
    assert first == second
    assert files_in(root) == [path_of(first)]
    assert path_of(first).read_bytes() == b"abc"
    assert Blob.objects.get().size == 3


def test_a_broken_upload_leaves_nothing(root, at):
    with pytest.raises(OSError, match="no space"), BlobWriter(at=at) as writer:
        writer.write(b"half of it")
        raise OSError("no space left")
    assert files_in(root) == []
    assert not Blob.objects.exists()


def test_a_file_that_was_lost_comes_back_with_the_next_upload(at):
    sha256 = store([b"abc"], at=at)
    path_of(sha256).unlink()
    store([b"abc"], at=at)
    assert path_of(sha256).read_bytes() == b"abc"


def test_the_sweep_takes_what_nothing_needs_after_a_day(root, at):
    kept, lost = store([b"kept"], at=at), store([b"lost"], at=at)
    needed_by_a_version(kept, at)
    assert sweep_blobs(at + timedelta(hours=23)) == 0
    assert sweep_blobs(at + timedelta(hours=25)) == 1
    assert files_in(root) == [path_of(kept)]
    assert list(Blob.objects.values_list("pk", flat=True)) == [kept]
    assert lost != kept


def test_a_blob_asked_for_again_is_not_swept(at):
    sha256 = store([b"abc"], at=at)
    store([b"abc"], at=at + timedelta(hours=20))
    assert sweep_blobs(at + timedelta(hours=25)) == 0
    assert path_of(sha256).exists()


def test_what_a_killed_import_left_is_swept(root, at):
    left = root / "incoming" / "tmp123"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    os.utime(left, (at.timestamp(), at.timestamp()))
    assert sweep_blobs(at + timedelta(hours=25)) == 1
    assert files_in(root) == []
