"""Index for Django: the rows of every room."""

from assessments.attempts.models import Attempt, Response
from assessments.delivery.pages import QuizPage, QuizPageItem
from assessments.items.models import Item, ItemVersion
from assessments.quizzes.models import Quiz, QuizEntry

__all__ = ["Attempt", "Item", "ItemVersion", "Quiz", "QuizEntry", "QuizPage", "QuizPageItem", "Response"]
