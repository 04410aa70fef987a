"""An upload is taken whole or not at all; an author's never installs code; a manager sees the difference first."""

import io
import json
import zipfile

import pytest

from courses.blobs.models import Blob, path_of
from courses.packages.enums import ImportPurpose, ImportState, LibraryStatus
from courses.packages.imports import import_package
from courses.packages.models import Library, Package, PackageVersion
from office.jobs.enums import JobState
from office.jobs.models import Job

pytestmark = pytest.mark.django_db
NAME = "true-false-reasons.h5p"


def changed(data: bytes, **files: str) -> bytes:
    """The package with some files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in old.infolist():
            made.writestr(info.filename, files.get(info.filename) or old.read(info.filename))
    return out.getvalue()


def with_patch(data: bytes, folder: str, patch: int, script: str = "") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        library = json.loads(old.read(f"{folder}/library.json"))
        path = library["preloadedJs"][0]["path"]
        code = old.read(f"{folder}/{path}").decode() + script
    library["patchVersion"] = patch
    return changed(data, **{f"{folder}/library.json": json.dumps(library), f"{folder}/{path}": code})


FOLDER = "Fukumana.ReasonedTrueFalse-1.0"


class TestLibraries:
    def test_a_manager_sees_what_is_new_before_anything_is_installed(self, bring, cast, example):
        row = bring(example(NAME), NAME, purpose=ImportPurpose.LIBRARIES, by=cast.admin)
        assert row.state == ImportState.LOOKED_AT
        assert {one["change"] for one in row.plan} == {"new"}
        assert not Library.objects.exists()

    def test_after_the_yes_they_are_there_with_all_files(self, install, example):
        assert install(example(NAME)).state == ImportState.DONE
        library = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse")
        paths = set(library.files.values_list("path", flat=True))
        assert {"library.json", "semantics.json", "js/reasoned-true-false.js"} <= paths
        assert all(path_of(sha).exists() for sha in library.files.values_list("blob_id", flat=True))
        assert library.is_runnable
        assert library.semantics

    def test_installing_again_changes_nothing(self, install, example):
        install(example(NAME))
        before = set(Library.objects.values_list("pk", "status"))
        install(example(NAME))
        assert set(Library.objects.values_list("pk", "status")) == before

    def test_a_newer_patch_stands_beside_the_older(self, install, example):
        install(example(NAME))
        install(with_patch(example(NAME), FOLDER, 99))
        old, new = Library.objects.filter(machine_name="Fukumana.ReasonedTrueFalse").order_by("patch")
        assert (old.status, new.status) == (LibraryStatus.SUPERSEDED, LibraryStatus.ACTIVE)

    def test_the_same_version_with_other_bytes_is_refused_whole(self, install, bring, cast, example):
        install(example(NAME))
        patch = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse").patch
        evil = with_patch(example(NAME), FOLDER, patch, script="\n/* other */")
        row = bring(evil, NAME, purpose=ImportPurpose.LIBRARIES, by=cast.admin)
        assert "conflict" in {one["change"] for one in row.plan}
        assert install(evil).state == ImportState.LOOKED_AT
        job = Job.objects.filter(kind="courses.install_libraries").latest("pk")
        assert job.state == JobState.FAILED
        assert "Fukumana.ReasonedTrueFalse" in job.error


class TestContent:
    def test_an_author_cannot_bring_libraries(self, bring, example):
        row = bring(example(NAME), NAME)
        assert row.state == ImportState.REFUSED
        assert "missing-main-library" in {error["code"] for error in row.errors}
        assert not Library.objects.exists()
        assert not Package.objects.exists()

    def test_with_its_libraries_here_it_becomes_a_version(self, install, bring, example):
        install(example(NAME))
        row = bring(example(NAME), NAME)
        assert (row.state, row.errors) == (ImportState.DONE, [])
        version = row.version
        assert version.package.current == version
        assert version.number == 1
        assert version.main_library == "Fukumana.ReasonedTrueFalse 1.0"
        loaded = list(version.libraries.order_by("weight").values_list("library__machine_name", flat=True))
        assert loaded == ["Fukumana.Activity", "Fukumana.ReasonedTrueFalse"]

    def test_content_alone_is_enough(self, install, bring, example):
        install(example(NAME))
        row = bring(build_content_only(example), NAME)
        assert row.state == ImportState.DONE

    def test_a_replacement_is_the_next_version_and_the_old_one_stays(self, install, bring, example):
        install(example(NAME))
        first = bring(example(NAME), NAME).version
        second = bring(example(NAME), "neu.h5p", replaces=first.package).version
        assert (second.package, second.number) == (first.package, 2)
        assert Package.objects.get().current == second
        assert PackageVersion.objects.filter(pk=first.pk).exists()

    def test_an_author_who_tampers_with_a_library_changes_nothing(self, install, bring, example):
        install(example(NAME))
        trees = set(Library.objects.values_list("tree_sha", flat=True))
        row = bring(with_patch(example(NAME), FOLDER, 99, script="\nsteal();"), NAME)
        assert row.state == ImportState.DONE
        assert "newer-patch" in {warning["code"] for warning in row.warnings}
        assert set(Library.objects.values_list("tree_sha", flat=True)) == trees

    def test_what_is_no_package_says_why_and_keeps_nothing(self, bring):
        row = bring(b"<html>I am a zip</html>", "a.h5p")
        assert row.state == ImportState.REFUSED
        assert row.errors[0]["code"] == "unable-to-unzip"
        assert row.errors[0]["message"].endswith("。")

    def test_a_job_that_is_told_twice_makes_one_version(self, install, bring, example):
        install(example(NAME))
        row = bring(example(NAME), NAME)
        job = Job.objects.get(params={"import": str(row.uuid)}, kind="courses.import_package")
        import_package(job)
        assert PackageVersion.objects.count() == 1

    def test_two_imports_of_the_same_file_are_two_packages_of_the_same_files(self, install, bring, example):
        install(example(NAME))
        before = Blob.objects.count()
        bring(example(NAME), NAME)
        once = Blob.objects.count()
        bring(example(NAME), NAME)
        assert Package.objects.count() == 2
        assert Blob.objects.count() == once >= before


def build_content_only(example) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(example(NAME))) as old, zipfile.ZipFile(out, "w") as made:
        for info in old.infolist():
            if not info.filename.startswith("Fukumana."):
                made.writestr(info.filename, old.read(info.filename))
    return out.getvalue()
