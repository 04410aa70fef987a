"""What a completion freezes."""

from typing import Any

from django.conf import settings
from django.db.models import F, FilteredRelation, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalog.enums import Scoring
from courses.catalog.models import Course
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion
from learning.progress.projection import needed
from learning.records.models import Statement

FACTS_EXTENSION = "completion"


def completion_facts(enrollment: Enrollment) -> dict[str, Any] | None:
    """The course, its rule and the activities as they read now; one query.

    None where the course needs nothing: such a course cannot be completed.
    """
    rows = (
        needed(enrollment.course_id)
        .annotate(own=FilteredRelation("progress", condition=Q(progress__enrollment=enrollment.pk)))
        .annotate(satisfied_at=F("own__satisfied_at"))
        .order_by("order", "pk")
        .values_list("uuid", "code", "title", "move_on", "satisfied_at")
    )
    activities = [
        {
            "uuid": str(uuid),
            "code": code,
            "title": title,
            "move_on": move_on,
            "satisfied_at": satisfied_at.isoformat() if satisfied_at else None,
        }
        for uuid, code, title, move_on, satisfied_at in rows
    ]
    if not activities:
        return None
    course = enrollment.course
    return {
        "course": {
            "code": course.code,
            "title": course.title,
            "minutes": course.minutes,
            "revision": course.revision,
            "scoring": course.scoring,
            "recertify_every": course.recertify_every,
        },
        "rule": rule_text(course, len(activities)),
        "activities": activities,
    }


def rule_text(course: Course, count: int) -> str:
    """What a completion asks for, in a sentence in the language of the install."""
    with translation.override(settings.LANGUAGE_CODE):
        text = ngettext("All of %(count)s required activity.", "All of %(count)s required activities.", count)
        text %= {"count": count}
        if course.pass_mark:
            text += _("The quiz is passed with %(mark)s points out of 100.") % {"mark": course.pass_mark}
        return text


def freeze(enrollment: Enrollment, statement: Statement) -> Completion:
    """The completion that a «satisfied» of the course stands for: everything in it comes from the statement."""
    completion = completion_of(statement)
    completion.enrollment = enrollment
    completion.save(force_insert=True)
    return completion


def completion_of(statement: Statement) -> Completion:
    """The unsaved row, without its enrollment: the same today and after a rebuild."""
    facts = facts_in(statement.body)
    return Completion(
        statement=statement,
        completed_at=statement.timestamp,
        course_revision=facts["course"]["revision"],
        source=statement.source,
        score_scaled=statement.score_scaled,
        facts=facts,
        certificate_due=facts["course"]["scoring"] == Scoring.SCORED,
    )


def facts_in(body: dict[str, Any]) -> dict[str, Any]:
    """The frozen facts that a «satisfied» carries."""
    extensions: dict[str, Any] = body["context"]["extensions"]
    return next(value for name, value in extensions.items() if name.endswith(f"/{FACTS_EXTENSION}"))
