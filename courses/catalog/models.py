"""What can be learned, apart from the pages that show it.

``Course`` and ``Activity`` are identities: learners' records point here, pages point here with PROTECT,
and their facts are copied from the page when it is published. Their UUIDs are the page's
``translation_key`` (a translation keeps it, a copy gets a new one); for shipped content they are
``uuid5`` of the code and so the same in every install.
"""

import uuid
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from courses.catalog.enums import ActivityKind, CourseStatus, MoveOn, Scoring, Track
from courses.competencies.models import Competency
from courses.strategy.models import StrategyNode

SHIPPED_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://fukumana.example/activities")


def shipped_uuid(code: str) -> uuid.UUID:
    """The identity of shipped content, the same in every install: ``shipped_uuid("S105-L2")``."""
    return uuid.uuid5(SHIPPED_NAMESPACE, code)


def page_url(page_path: str) -> str:
    """From a path below the site root (``courses/s105/``) to an address that holds below a sub-path, too."""
    return reverse("wagtail_serve", args=[page_path]) if page_path else ""


def activity_url(page_path: str, block: uuid.UUID | None = None) -> str:
    """Of a lesson, or of a block that records inside it: the lesson's page leads on to its place in the reader's face."""
    url = page_url(page_path)
    return f"{url}?block={block}" if url and block else url


Edition = tuple[uuid.UUID, int, datetime | None]
"""A course as it was published at one time: identity, revision, moment (a restored backup counts revisions anew)."""


class CourseQuerySet(models.QuerySet["Course"]):
    def offered(self) -> "CourseQuerySet":
        return self.filter(status=CourseStatus.OFFERED)

    def for_guests(self) -> "CourseQuerySet":
        return self.offered().filter(open_to_guests=True)

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "CourseQuerySet":
        """What the catalog lists: to a member everything that is offered, to a visitor what is open to all."""
        return self.offered() if user.is_authenticated else self.for_guests()


class Course(models.Model):
    """One course. ``pass_mark`` is a whole percent, None where nothing is scored.

    ``recertify_every`` counts fiscal years (会計年度): 1 = every year, None = never again.
    ``page_path`` is the address below the site root as it was at the last publishing or move.
    ``required_count`` is the number of activities that a completion needs.
    ``title_ruby`` and ``objectives`` are marked text (``{漢字|かんじ}``); ``title_ruby`` may be empty.
    ``content_hash`` is the fingerprint of the page as the files made it when they were last loaded.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=255)
    title_ruby = models.CharField(max_length=400, blank=True)
    title_en = models.CharField(max_length=255, blank=True)
    track = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Track])
    tier = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    is_mandatory = models.BooleanField(default=False)
    mandatory_basis = models.TextField(blank=True)
    recertify_every = models.PositiveSmallIntegerField(null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    scoring = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Scoring], default=Scoring.SCORED
    )
    delivery = models.JSONField(default=list, help_text="codes of Delivery")
    delivery_note = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=10, blank=True)
    objectives = models.JSONField(default=list, blank=True)
    lesson_titles = models.JSONField(default=list, blank=True, help_text="[{code, title, minutes}]")
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="required_by")
    strategy_nodes = models.ManyToManyField(StrategyNode, blank=True, related_name="courses")
    competencies = models.ManyToManyField(Competency, blank=True, related_name="courses")
    open_to_guests = models.BooleanField(default=False)
    self_enrollment = models.BooleanField(default=True)
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in CourseStatus], default=CourseStatus.DRAFT
    )
    page_path = models.CharField(max_length=255, blank=True, db_index=True, help_text="courses/s105/")
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="when it or one of its pages was last published"
    )
    revision = models.PositiveIntegerField(
        default=0, help_text="raised whenever the course or one of its pages is published"
    )
    required_count = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__isnull=True) | models.Q(pass_mark__lte=100),
                name="course_pass_mark_percent",
            )
        ]
        indexes = [models.Index(fields=["status", "track", "order"], name="course_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def url(self) -> str:
        """The address of its page; empty as long as it has none."""
        return page_url(self.page_path)

    @property
    def edition(self) -> Edition:
        """What everything may be kept by that follows from the course and its pages alone."""
        return self.uuid, self.revision, self.published_at


class ActivityQuerySet(models.QuerySet["Activity"]):
    def counting(self) -> "ActivityQuerySet":
        """Activities that a completion of their course needs: lessons, quizzes, packages, and exercises in lessons."""
        needed = self.filter(is_offered=True, is_required=True)
        return needed.exclude(move_on=MoveOn.NOT_APPLICABLE)


class Activity(models.Model):
    """Something that a learner does and that leaves a record: a lesson, a quiz, a package, a practice.

    A block that records inside a lesson is a child, ``uuid5(lesson uuid, block id)``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ActivityKind])
    code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=255)
    title_ruby = models.CharField(max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    move_on = models.CharField(
        max_length=20, choices=[(m.value, m.value) for m in MoveOn], default=MoveOn.COMPLETED
    )
    is_required = models.BooleanField(default=True)
    is_offered = models.BooleanField(default=False)
    page_path = models.CharField(max_length=255, blank=True, db_index=True, help_text="courses/s105/l1/")
    order = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["course", "order"], name="activity_in_course")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def url(self) -> str:
        """The address of its page, for a block its place there; empty as long as it has none."""
        return activity_url(self.page_path, self.uuid if self.parent_id else None)
