"""Index for Django: the rows and pages of every room."""

from courses.blobs.models import Blob
from courses.catalog.models import Activity, Course
from courses.catalog.pages import CoursePage, HomePage
from courses.competencies.models import Competency, Framework
from courses.glossary.models import Term
from courses.lessons.pages import LessonPage
from courses.library_requests.models import LibraryRequest
from courses.media.models import CourseDocument, CourseImage, CourseImageRendition
from courses.packages.models import (
    Library,
    LibraryDependency,
    LibraryFile,
    Package,
    PackageImport,
    PackageUse,
    PackageVersion,
    VersionFile,
    VersionLibrary,
)
from courses.packages.pages import PackagePage
from courses.search.models import SearchEntry
from courses.search.pages import CatalogPage
from courses.strategy.models import Plan, StrategyNode

__all__ = [
    "Activity",
    "Blob",
    "CatalogPage",
    "Competency",
    "Course",
    "CourseDocument",
    "CourseImage",
    "CourseImageRendition",
    "CoursePage",
    "Framework",
    "HomePage",
    "LessonPage",
    "Library",
    "LibraryDependency",
    "LibraryFile",
    "LibraryRequest",
    "Package",
    "PackageImport",
    "PackagePage",
    "PackageUse",
    "PackageVersion",
    "Plan",
    "SearchEntry",
    "StrategyNode",
    "Term",
    "VersionFile",
    "VersionLibrary",
]
