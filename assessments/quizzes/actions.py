"""Quizzes as they are asked: what the page says becomes rows when it is published."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from assessments.quizzes.models import Quiz, QuizEntry
from courses.catalog.enums import Scoring
from courses.catalog.models import Activity, Course
from office.audit.actions import record
from people.accounts.models import User


@dataclass(frozen=True)
class QuizRules:
    """``pass_mark`` is a whole percent and None for practice; ``max_attempts`` None = as often as one likes."""

    scoring: str
    pass_mark: int | None
    max_attempts: int | None = None
    shuffle_options: bool = False


def publish_quiz(
    *, activity: Activity, rules: QuizRules, item_ids: Sequence[int], at: datetime, by: User | None
) -> Quiz:
    """The quiz of an activity with these items in this order. Doing it again changes nothing.

    Attempts that are open keep what they began with.
    """
    rules = _kept_rules(rules)
    content_hash = _hash(rules, item_ids)
    with transaction.atomic():
        quiz, is_new = Quiz.objects.select_for_update().get_or_create(
            activity=activity, defaults=asdict(rules)
        )
        if not is_new and quiz.content_hash == content_hash:
            return quiz
        for name, value in {**asdict(rules), "content_hash": content_hash}.items():
            setattr(quiz, name, value)
        quiz.save()
        quiz.entries.all().delete()
        QuizEntry.objects.bulk_create(
            QuizEntry(quiz=quiz, item_id=item_id, order=order)
            for order, item_id in enumerate(item_ids, start=1)
        )
        record(
            action="assessments.quiz_published",
            instance=quiz,
            by=by,
            data={"questions": len(item_ids)},
            at=at,
        )
    return quiz


def follow_course(
    *, course: Course, scoring: str, pass_mark: int | None, at: datetime, by: User | None
) -> None:
    """Gives the published quizzes of a course its scoring and pass mark."""
    for quiz in (
        Quiz.objects.filter(activity__course=course).select_related("activity").prefetch_related("entries")
    ):
        item_ids = [entry.item_id for entry in sorted(quiz.entries.all(), key=lambda entry: entry.order)]
        rules = QuizRules(scoring, pass_mark, quiz.max_attempts, quiz.shuffle_options)
        publish_quiz(activity=quiz.activity, rules=rules, item_ids=item_ids, at=at, by=by)


def _kept_rules(rules: QuizRules) -> QuizRules:
    """Practice has nothing that could be passed."""
    if rules.scoring == Scoring.PRACTICE:
        return QuizRules(rules.scoring, None, rules.max_attempts, rules.shuffle_options)
    return rules


def _hash(rules: QuizRules, item_ids: Sequence[int]) -> str:
    text = json.dumps([asdict(rules), list(item_ids)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
