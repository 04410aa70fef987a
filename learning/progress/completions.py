"""What a completion freezes.

The list of the activities that it asked for is the same for everybody who completes by it. It is kept once and the facts
name it by its digest, so that the two hundredth lesson makes no completion longer.
"""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalog.enums import Scoring
from courses.catalog.models import Course
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion, RequiredActivities
from learning.progress.projection import needed
from learning.records.models import Statement
from learning.records.prepared import Prepared

FACTS_EXTENSION = "completion"


def completion_facts(enrollment: Enrollment) -> dict[str, Any] | None:
    """The course, its rule and the activities as they read now; two queries, three for the first one by this list.

    None where the course needs nothing: such a course cannot be completed.
    """
    rows = tuple(_REQUIRED.rows(course=enrollment.course_id))
    if not rows:
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
        "rule": rule_text(course, len(rows)),
        "required": {"sha256": _kept(rows), "count": len(rows)},
    }


def required_by(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """What a completion asked for: ``[{uuid, code, title, move_on}]``. Older facts hold the list itself."""
    if "required" not in facts:
        return list(facts["activities"])
    return list(RequiredActivities.objects.get(digest=facts["required"]["sha256"]).activities)


def _kept(rows: tuple[tuple[Any, ...], ...]) -> str:
    """The digest of a list that is in the table from now on."""
    digest = _digest(rows)
    if not _KNOWN.rows(digest=digest):
        listed = RequiredActivities(digest=digest, activities=_listed(rows))
        # Somebody else may be writing the same list: then this waits, and theirs is as good.
        RequiredActivities.objects.bulk_create([listed], ignore_conflicts=True)
    return digest


def _listed(rows: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    return [
        {"uuid": str(uuid), "code": code, "title": title, "move_on": move_on}
        for uuid, code, title, move_on in rows
    ]


@lru_cache(maxsize=100)
def _digest(rows: tuple[tuple[Any, ...], ...]) -> str:
    """SHA-256 of the list as JSON, keys in order and without spaces: anybody can compute it again."""
    told = json.dumps(_listed(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


def _required(*, course: int) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = needed(course).order_by("order", "pk")
    return rows.values_list("uuid", "code", "title", "move_on")


def _known(*, digest: str) -> QuerySet[Any, Any]:
    return RequiredActivities.objects.filter(digest=digest).values_list("pk")


_REQUIRED = Prepared(_required, ints=("course",))
_KNOWN = Prepared(_known, texts=("digest",))


def rule_text(course: Course, count: int) -> str:
    """What a completion asks for, in a sentence in the language of the install."""
    with translation.override(settings.LANGUAGE_CODE):
        text = ngettext("All of %(count)s required activity.", "All of %(count)s required activities.", count)
        text %= {"count": count}
        if course.pass_mark:
            text += _("The quiz is passed with %(mark)s points out of 100.") % {"mark": course.pass_mark}
        return text


def frozen(enrollment: Enrollment, statement: Statement) -> Completion:
    """The unsaved completion that a «satisfied» of the course stands for: everything in it comes from the statement."""
    completion = completion_of(statement)
    completion.enrollment = enrollment
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
