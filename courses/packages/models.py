"""Libraries, packages, their versions, and what each upload came to.

Files are content-addressed (``courses.blobs``); library rows and versions are never changed once written, so that
somebody in the middle of a package stays on what they began with.
"""

import uuid

from django.conf import settings
from django.db import models

from courses.blobs.models import Blob
from courses.catalog.models import Activity
from courses.packages.enums import (
    CompletionRule,
    DependencyKind,
    GradeMethod,
    ImportPurpose,
    ImportState,
    LibraryStatus,
    PackageKind,
)
from people.organizations.models import Organization


class LibraryQuerySet(models.QuerySet["Library"]):
    def active(self) -> "LibraryQuerySet":
        return self.filter(status=LibraryStatus.ACTIVE)


class Library(models.Model):
    """One installed patch of an H5P library; several minors live side by side, and superseded patches stay.

    ``tree_sha`` is the hash of all its paths and file hashes: the same version with another tree is refused.
    ``meta`` is library.json as it was read, ``semantics`` a list of field descriptions (empty where it has none).
    """

    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    tree_sha = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=255)
    is_runnable = models.BooleanField(default=False)
    semantics = models.JSONField(default=list, blank=True)
    meta = models.JSONField(default=dict)
    status = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in LibraryStatus], default=LibraryStatus.ACTIVE
    )
    block_reason = models.CharField(max_length=300, blank=True)
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    installed_at = models.DateTimeField()

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "libraries"
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"], name="library_version_once"
            ),
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor"],
                condition=models.Q(status=LibraryStatus.ACTIVE),
                name="library_one_active_patch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"


class LibraryFile(models.Model):
    """One file of a library; ``path`` is relative to the library's folder."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "path"], name="library_file_once")]

    def __str__(self) -> str:
        return str(self.path)


class LibraryDependency(models.Model):
    """What a library says it needs: a name with major and minor, whatever patch is there."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in DependencyKind])
    order = models.PositiveSmallIntegerField()
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["library", "kind", "machine_name", "major", "minor"], name="library_dependency_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"


class Package(models.Model):
    """What authors and learners know as one package, whatever version it is at.

    ``pass_percent`` 0–100, None where passing means nothing; ``attempts_max`` None for as many as somebody likes.
    ``owner_body`` is the body whose authors may change it. A removed package is played by nobody and listed nowhere;
    its records stay.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PackageKind])
    title = models.CharField(max_length=255)
    owner_body = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    current = models.ForeignKey(
        "PackageVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    completion_rule = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in CompletionRule], default=CompletionRule.AUTO
    )
    pass_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    attempts_max = models.PositiveSmallIntegerField(null=True, blank=True)
    grade_method = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in GradeMethod], default=GradeMethod.BEST
    )
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_percent__isnull=True) | models.Q(pass_percent__lte=100),
                name="package_pass_percent",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class PackageVersion(models.Model):
    """One upload or edit of a package, never changed.

    H5P: ``params`` are the filtered parameters of content.json, ``meta`` h5p.json. SCORM: ``meta`` is the outline
    that was read from the manifest. ``max_score`` is None where the file does not tell it.
    ``warnings`` are ``{code, file, message}``; ``external_urls`` are addresses outside that the file names.
    ``source`` is the uploaded file itself; None where texts were edited here. Then ``based_on`` is the version whose
    texts they were; of another package where this one is a translation of it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255, blank=True)
    params = models.JSONField(default=dict)
    meta = models.JSONField(default=dict)
    main_library = models.CharField(max_length=300, blank=True, help_text="H5P.TrueFalse 1.8")
    language = models.CharField(max_length=20, blank=True)
    max_score = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    external_urls = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="package_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.package_id} v{self.number}"


class VersionFile(models.Model):
    """One file of a version's content; ``path`` is relative to ``content/`` (H5P) or to the package's root (SCORM)."""

    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="version_file_once")]

    def __str__(self) -> str:
        return str(self.path)


class VersionLibrary(models.Model):
    """A patch that a version is pinned to; ``weight`` is the order in which the closure is loaded."""

    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="libraries")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="pinned_by")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "library"], name="version_library_once"),
            models.UniqueConstraint(fields=["version", "weight"], name="version_library_weight_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.library_id}"


class PackageUse(models.Model):
    """Which package an activity plays: a block of a lesson, or a page of its own. Written when the page is published."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="package_use")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="uses")

    def __str__(self) -> str:
        return f"{self.activity_id} plays {self.package_id}"


class PackageImport(models.Model):
    """One upload and what came of it; the job of the same UUID does the work.

    ``errors`` and ``warnings`` are ``[{code, file, message}]``; ``plan`` is the difference that a library manager
    says yes or no to: ``[{library, change: new|patch|same|conflict, installed}]``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=10, choices=[(p.value, p.value) for p in ImportPurpose])
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ImportState], default=ImportState.WAITING
    )
    source = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    replaces = models.ForeignKey(
        Package, null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    owner_body = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    errors = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    plan = models.JSONField(default=list, blank=True)
    version = models.ForeignKey(
        PackageVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.filename)
