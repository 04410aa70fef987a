"""Quizzes as they are asked: what the page says becomes rows when it is published."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from assessments.items.models import ItemVersion
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
    *, activity: Activity, rules: QuizRules, versions: Sequence[ItemVersion], at: datetime, by: User | None
) -> Quiz:
    """The quiz of an activity with these versions of its questions in this order. Doing it again changes nothing.

    Attempts that are open keep what they began with.
    """
    rules = _kept_rules(rules)
    content_hash = _hash(rules, versions)
    with transaction.atomic():
        quiz, is_new = Quiz.objects.select_for_update(no_key=True).get_or_create(
            activity=activity, defaults=asdict(rules)
        )
        if not is_new and quiz.content_hash == content_hash:
            return quiz
        for name, value in {**asdict(rules), "content_hash": content_hash}.items():
            setattr(quiz, name, value)
        quiz.save()
        quiz.entries.all().delete()
        QuizEntry.objects.bulk_create(
            QuizEntry(quiz=quiz, item_id=version.item_id, version=version, order=order)
            for order, version in enumerate(versions, start=1)
        )
        record(
            action="assessments.quiz_published",
            instance=quiz,
            by=by,
            data={"questions": len(versions)},
            at=at,
        )
    return quiz


def follow_course(
    *, course: Course, scoring: str, pass_mark: int | None, at: datetime, by: User | None
) -> None:
    """Gives the published quizzes of a course its scoring and pass mark. What they ask stays as it was published."""
    quizzes = Quiz.objects.filter(activity__course=course).select_related("activity")
    for quiz in quizzes.prefetch_related("entries__version"):
        versions = [entry.version for entry in sorted(quiz.entries.all(), key=lambda entry: entry.order)]
        rules = QuizRules(scoring, pass_mark, quiz.max_attempts, quiz.shuffle_options)
        publish_quiz(activity=quiz.activity, rules=rules, versions=versions, at=at, by=by)


def _kept_rules(rules: QuizRules) -> QuizRules:
    """Practice has nothing that could be passed."""
    if rules.scoring == Scoring.PRACTICE:
        return QuizRules(rules.scoring, None, rules.max_attempts, rules.shuffle_options)
    return rules


def _hash(rules: QuizRules, versions: Sequence[ItemVersion]) -> str:
    text = json.dumps([asdict(rules), [version.pk for version in versions]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
