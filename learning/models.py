"""Index for Django: the rows of every room."""

from learning.assignments.models import Assignment, Duty
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.progress.models import ActivityProgress, Completion, CourseProgress, FreeText, Place
from learning.records.models import Statement

__all__ = [
    "ActivityProgress",
    "Assignment",
    "Certificate",
    "Completion",
    "CourseProgress",
    "Duty",
    "Enrollment",
    "FreeText",
    "Place",
    "Statement",
]
