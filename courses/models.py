"""Index for Django: the rows and pages of every room."""

from courses.catalog.models import Activity, Course
from courses.catalog.pages import CoursePage, HomePage
from courses.competencies.models import Competency, Framework
from courses.glossary.models import Term
from courses.lessons.pages import LessonPage
from courses.media.models import CourseDocument, CourseImage, CourseImageRendition
from courses.search.models import SearchEntry
from courses.search.pages import CatalogPage
from courses.strategy.models import Plan, StrategyNode

__all__ = [
    "Activity",
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
    "Plan",
    "SearchEntry",
    "StrategyNode",
    "Term",
]
