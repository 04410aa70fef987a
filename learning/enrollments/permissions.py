"""Who may begin a course of their own accord."""

from django.contrib.auth.models import AnonymousUser

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Course
from people.accounts.models import User


def can_join(user: User | AnonymousUser, course: Course) -> bool:
    """Members where the course is open to them, visitors where it is open to all; to others it is assigned."""
    if course.status != CourseStatus.OFFERED:
        return False
    return course.open_to_guests or (user.is_authenticated and course.self_enrollment)
