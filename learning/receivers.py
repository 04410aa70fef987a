"""What this package does when others announce something. Connected in ``apps.ready()``."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from kombu.exceptions import KombuError

from assessments.attempts.models import Attempt
from assessments.attempts.registration import register_provider
from assessments.signals import attempt_graded
from courses.catalog.enums import Scoring
from courses.catalog.models import Course
from courses.lessons.access import register_gate
from courses.lessons.words import register_words_reader
from courses.packages.enums import PackageKind
from learning.access.gate import gate
from learning.assignments.actions import JOB, expand_in_job
from learning.benches.packages import bench_packages
from learning.benches.pages import bench_pages
from learning.certificates.actions import revoke_certificate
from learning.certificates.models import Certificate
from learning.certificates.tasks import issue_certificate
from learning.cmi5.guests import HOUSE
from learning.cmi5.launching import KIND as CMI5
from learning.cmi5.recording import replay_cmi5
from learning.launches.attempts import replay_h5p
from learning.launches.kinds import register_kind
from learning.launches.replaying import register_replay
from learning.lrs.guests import register_house
from learning.progress import readiness
from learning.progress.claims import settle_claimed
from learning.progress.models import Completion
from learning.progress.signals import completion_voided, course_completed
from learning.runtime.grading import record_attempt
from learning.runtime.participants import registration_for
from learning.runtime.queries import declared_text
from learning.scorm.folding import replay_scorm
from learning.scorm.kind import SCORM
from office.benches.actions import register_bench
from office.jobs.actions import register_handler
from people.accounts.models import User
from people.learners.models import Learner
from people.learners.signals import learner_claimed

logger = logging.getLogger(__name__)


def connect() -> None:
    register_gate(gate)
    register_provider(registration_for)
    register_words_reader(declared_text)
    register_bench("pages", bench_pages)
    register_bench("packages", bench_packages)
    register_replay(PackageKind.H5P, replay_h5p)
    register_kind(SCORM, PackageKind.SCORM_12, PackageKind.SCORM_2004)
    register_replay(PackageKind.SCORM_12, replay_scorm)
    register_replay(PackageKind.SCORM_2004, replay_scorm)
    register_kind(CMI5, PackageKind.CMI5)
    register_replay(PackageKind.CMI5, replay_cmi5)
    register_house(HOUSE)
    register_handler(JOB, expand_in_job)
    register_handler(readiness.JOB, readiness.complete_in_job)
    attempt_graded.connect(on_graded, dispatch_uid="learning.on_graded")
    course_completed.connect(on_completed, dispatch_uid="learning.on_completed")
    post_save.connect(on_course_saved, sender=Course, dispatch_uid="learning.on_course_saved")
    completion_voided.connect(on_voided, dispatch_uid="learning.on_voided")
    learner_claimed.connect(on_claimed, dispatch_uid="learning.on_claimed")


def on_graded(sender: Any, attempt: Attempt, at: datetime, by: User | None, **kwargs: Any) -> None:
    record_attempt(attempt=attempt, by=by, at=at)


def on_completed(sender: Any, completion_id: int, course: Course, **kwargs: Any) -> None:
    """Without a broker the learner's request must not fail: the sweep finds the completion."""
    if course.scoring != Scoring.SCORED:
        return
    try:
        issue_certificate.apply_async(kwargs={"completion_id": completion_id}, retry=False)
    except (KombuError, OSError):
        logger.warning("no broker: the certificate waits for the sweep", exc_info=True)


def on_course_saved(
    sender: Any, instance: Course, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """The catalog counts anew what a completion needs: whoever has all of it by now has completed the course."""
    if "required_count" in (update_fields or ()):
        transaction.on_commit(
            lambda: readiness.start_if_needed(course=instance, at=timezone.now()), robust=True
        )


def on_voided(
    sender: Any, completion: Completion, by: User | None, reason: str, at: datetime, **kwargs: Any
) -> None:
    for certificate in Certificate.objects.filter(completion=completion, revoked_at__isnull=True):
        revoke_certificate(certificate=certificate, reason=reason, by=by, at=at)


def on_claimed(sender: Any, learner: Learner, user: User, at: datetime, **kwargs: Any) -> None:
    settle_claimed(learner=learner, user=user, at=at)
