"""What publishing a page does to quizzes. A quiz takes scoring and pass mark from its course."""

from datetime import datetime

from assessments.delivery.pages import QuizPage, QuizPageItem
from assessments.quizzes.actions import QuizRules, follow_course, publish_quiz
from assessments.quizzes.models import Quiz
from courses.catalog.models import Course
from courses.catalog.pages import CoursePage
from people.accounts.models import User


def publish_quiz_page(*, page: QuizPage, at: datetime, by: User | None) -> Quiz:
    """The quiz as the published revision of the page tells it, with the versions of the questions that it holds."""
    course = Course.objects.filter(uuid=page.get_parent().translation_key).first()
    rules = QuizRules(
        scoring=course.scoring if course else Course._meta.get_field("scoring").default,
        pass_mark=course.pass_mark if course else None,
        max_attempts=page.max_attempts,
        shuffle_options=page.shuffle_options,
    )
    entries = QuizPageItem.objects.filter(page=page).select_related("version", "item__current")
    # A revision from before pages held versions names none: it asks what is newest.
    held = [entry.version or entry.item.current for entry in entries.order_by("sort_order")]
    versions = [version for version in held if version is not None]
    return publish_quiz(activity=page.activity, rules=rules, versions=versions, at=at, by=by)


def publish_course_page(*, page: CoursePage, at: datetime, by: User | None) -> None:
    """A new pass mark holds for attempts that begin from now on."""
    follow_course(course=page.course, scoring=page.scoring, pass_mark=page.pass_mark, at=at, by=by)
