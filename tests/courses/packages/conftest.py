"""Packages in a folder of their own, and the way of an upload from the form to the end of its job."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings

from courses.packages.enums import ImportPurpose
from courses.packages.examples.builder import build
from courses.packages.imports import confirm_libraries, upload
from courses.packages.models import Package, PackageImport
from courses.packages.pages import PackagePage
from courses.packages.shipped import load_examples
from tests.cast import AT
from tests.courses.lesson_cases import make_course, make_lesson
from tests.courses.packages.cmi5_units import ORIGIN, Unit, au, open_page, structure
from tests.courses.packages.playing import NAME, Play, open_it
from tests.snapshot import Snapshot, take

Import = Callable[..., PackageImport]


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content-addressed files of all tests; the rows decide what is there."""
    return tmp_path_factory.mktemp("packages")


@pytest.fixture(autouse=True)
def package_root(settings, shared_root: Path) -> Path:
    settings.PACKAGE_ROOT = shared_root
    return shared_root


@pytest.fixture(scope="session")
def examples_snapshot(cast_snapshot, shared_root, django_db_blocker) -> Snapshot[dict[str, Package]]:
    """Beside the cast, whose rows it leaves out."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(PACKAGE_ROOT=shared_root):
        cast_snapshot.restore()
        taken = take(lambda: load_examples(by=cast_snapshot.made.admin, at=AT))
        transaction.set_rollback(True)
    return taken


@pytest.fixture
def examples(cast, examples_snapshot) -> dict[str, Package]:
    """The cast, and the shipped packages with their libraries, by file name."""
    examples_snapshot.restore()
    return {name: Package.objects.get(pk=one.pk) for name, one in examples_snapshot.made.items()}


@pytest.fixture
def bring(cast, at, django_capture_on_commit_callbacks) -> Import:
    """``bring(data, "a.h5p")``: an author uploads; the job has run when it returns."""

    def bring(data: bytes, name: str, purpose=ImportPurpose.CONTENT, by=None, replaces=None) -> PackageImport:
        file = SimpleUploadedFile(name, data)
        with django_capture_on_commit_callbacks(execute=True):
            row = upload(file=file, purpose=purpose, by=by or cast.author, at=at, replaces=replaces)
        row.refresh_from_db()
        return row

    return bring


@pytest.fixture
def install(bring: Import, cast, at, django_capture_on_commit_callbacks) -> Import:
    """``install(data, "a.h5p")``: a library manager uploads, looks and says yes."""

    def install(data: bytes, name: str = "libraries.h5p") -> PackageImport:
        row: PackageImport = bring(data, name, purpose=ImportPurpose.LIBRARIES, by=cast.admin)
        with django_capture_on_commit_callbacks(execute=True):
            confirm_libraries(row=row, by=cast.admin, at=at)
        row.refresh_from_db()
        return row

    return install


@pytest.fixture
def example() -> Callable[[str], bytes]:
    return build


@pytest.fixture
def exercise(examples):
    course = make_course()
    make_lesson(course, [])
    made = PackagePage(title="○×と理由", slug="p1", code="T901-P1", package=examples[f"{NAME}.h5p"])
    course.add_child(instance=made)
    made.save_revision().publish()
    return PackagePage.objects.select_related("activity__course").get(pk=made.pk)


@pytest.fixture
def begin(exercise, cast, client_for):
    def begin(person=None, **body) -> Play:
        browser = client_for(person or cast.hanako)
        answer = open_it(browser, exercise, **body)
        assert answer.status_code == 200, answer.content.decode()
        return Play(browser, answer.json())

    return begin


@pytest.fixture
def cmi5_page(settings, bring, cast):
    """``cmi5_page(structure(…))``: an uploaded course structure (or a zip) as a page of a course, published."""
    settings.PACKAGES_ORIGIN = ORIGIN

    def make(data: bytes, name: str = "cmi5.xml", **facts):
        row = bring(data, name)
        assert row.version is not None, row.errors
        Package.objects.filter(pk=row.version.package_id).update(**facts)
        course = make_course()
        made = PackagePage(title="確認コード", slug="c1", code="T901-C1", package=row.version.package)
        course.add_child(instance=made)
        made.save_revision().publish()
        return PackagePage.objects.select_related("activity__course").get(pk=made.pk)

    return make


@pytest.fixture
def launch(client_for, cast):
    """``launch(page)``: hanako opens the package; the AU as it was launched."""

    def launch(page: PackagePage, person=None, **body) -> Unit:
        answer = open_page(client_for(person or cast.hanako), page, **body)
        assert answer.status_code == 200, answer.content.decode()
        assert answer.json()["kind"] == "cmi5"
        return Unit(answer.json()["play_url"])

    return launch


@pytest.fixture
def one(cmi5_page):
    """A course of one unit elsewhere, which completing or passing satisfies; 80 % pass."""
    return cmi5_page(structure(au("one", "CompletedOrPassed", attributes='masteryScore="0.8"')))
