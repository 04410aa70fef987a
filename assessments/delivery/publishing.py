"""What publishing a page does to quizzes. A quiz takes scoring and pass mark from its course."""

from datetime import datetime

from assessments.delivery.pages import QuizPage
from assessments.quizzes.actions import QuizRules, follow_course, publish_quiz
from assessments.quizzes.models import Quiz
from courses.catalog.models import Course
from courses.catalog.pages import CoursePage
from people.accounts.models import User


def publish_quiz_page(*, page: QuizPage, at: datetime, by: User | None) -> Quiz:
    """The quiz as the page now tells it."""
    course = Course.objects.filter(uuid=page.get_parent().translation_key).first()
    rules = QuizRules(
        scoring=course.scoring if course else Course._meta.get_field("scoring").default,
        pass_mark=course.pass_mark if course else None,
        max_attempts=page.max_attempts,
        shuffle_options=page.shuffle_options,
    )
    item_ids = [entry.item_id for entry in page.quiz_items.order_by("sort_order")]
    return publish_quiz(activity=page.activity, rules=rules, item_ids=item_ids, at=at, by=by)


def publish_course_page(*, page: CoursePage, at: datetime, by: User | None) -> None:
    """A new pass mark holds for attempts that begin from now on."""
    follow_course(course=page.course, scoring=page.scoring, pass_mark=page.pass_mark, at=at, by=by)
