"""Registering, launching, waiving and abandoning. Everything of one learner's period waits for the period's lock."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from courses.catalog.models import Activity
from courses.packages.cmi5 import Au, Course
from learning.cmi5 import words
from learning.cmi5.addresses import au_address, origin_of, return_address
from learning.cmi5.enums import LaunchMode, Said, WaivedReason
from learning.cmi5.models import Cmi5Event, Cmi5Registration, Cmi5Session
from learning.cmi5.outcomes import Standing, groups_satisfied
from learning.cmi5.queries import course_of, standing_of
from learning.cmi5.recording import record_steps
from learning.cmi5.saying import client_of_site, ids_of, say, speaker
from learning.cmi5.statements import Speaker, abandoned, launch_data, launched, satisfied, waived
from learning.cmi5.tokens import new_token
from learning.enrollments.models import Enrollment
from learning.launches.models import Launch, PackageAttempt
from learning.lrs.enums import DocumentKind
from learning.lrs.keeping import Conditions, Place, put_document
from learning.lrs.models import Document
from learning.xapi.actors import actor_key, digest
from learning.xapi.references import activity_key
from office.audit.actions import record
from people.accounts.models import User

_ANY = Conditions(None, None)
# What nobody continues for so long is over, though its AU never said so.
LIFE = timedelta(hours=12)


class UnknownAu(LookupError):
    """The course structure has no such AU."""


class TokenGone(Exception):
    """The token was given out before, or the session is over (8.2.3.2, code 1)."""


def lock_period(enrollment_id: int) -> None:
    Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment_id)


def register(launch: Launch, *, again: bool, at: datetime) -> Cmi5Registration:
    """The registration that a launch falls under: the one there is, or a new one at first and ``again``.

    Under the period's lock. What is satisfied without anything being done is said at once (9.6.1).
    """
    rows = registrations(launch.enrollment, launch.activity)
    last = rows.order_by("-number").first()
    if last is not None and not again:
        return last
    made = Cmi5Registration.objects.create(
        enrollment=launch.enrollment,
        activity=launch.activity,
        version=launch.version,
        number=(last.number if last else 0) + 1,
        begun_at=at,
    )
    course = course_of(launch.version)
    say_satisfied(made, course, Standing(course), speaker(made, uuid4()), at)
    return made


def registrations(enrollment: Enrollment, activity: Activity) -> QuerySet[Cmi5Registration]:
    rows = Cmi5Registration.objects.filter(enrollment=enrollment, activity=activity)
    return rows.select_related(
        "activity__course", "enrollment__learner", "enrollment__course", "version__package"
    )


@transaction.atomic
def begin_session(*, launch: Launch, registration: Cmi5Registration, au: str, at: datetime) -> Cmi5Session:
    """A launch session of one AU: launch data, preferences and «launched» are there before it starts (9.3.1, 10, 11).

    Open sessions of the same package are abandoned (9.3.6). Raises UnknownAu.
    """
    lock_period(launch.enrollment_id)
    course = course_of(registration.version)
    unit = next((one for one in course.aus if one.id == au), None)
    if unit is None:
        raise UnknownAu(au)
    open_ones = Cmi5Session.objects.open().filter(
        registration__enrollment=launch.enrollment_id, registration__activity=launch.activity_id
    )
    for session in open_ones.select_related("registration__activity", "registration__enrollment__learner"):
        _abandon(session, at)
    session = Cmi5Session.objects.create(
        launch=launch,
        registration=registration,
        au=unit.id,
        origin=origin_of(au_address(registration.version, unit))[:300],
        mode=_mode(launch, registration, unit),
        mastery_score=_mastery(launch, unit),
        launched_at=at,
        expires_at=at + LIFE,
    )
    _write_launch(session, unit, at)
    return session


def _mode(launch: Launch, registration: Cmi5Registration, au: Au) -> LaunchMode:
    """Review where nothing more can be said that counts: passed or waived, or no attempt is left."""
    standing = standing_of(registration)
    said = standing.said.get(au.id, set())
    if Said.WAIVED in said or (Said.PASSED in said and au.id in standing.satisfied):
        return LaunchMode.REVIEW
    most = launch.version.package.attempts_max
    used = PackageAttempt.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id).count()
    return LaunchMode.REVIEW if most is not None and used >= most else LaunchMode.NORMAL


def _mastery(launch: Launch, au: Au) -> Decimal | None:
    """What the desk asks for takes the place of what the file says, where the file has a mastery score at all (10.0)."""
    if not au.mastery_score:
        return None
    if launch.pass_percent is not None:
        return Decimal(launch.pass_percent) / 100
    return Decimal(au.mastery_score)


def _write_launch(session: Cmi5Session, au: Au, at: datetime) -> None:
    registration = session.registration
    by, ids = speaker(registration, session.uuid), ids_of(registration)
    mastery = None if session.mastery_score is None else float(session.mastery_score)
    data = launch_data(
        au, session=session.uuid, mode=session.mode, mastery=mastery, return_url=return_address(session)
    )
    owner = digest("state", str(activity_key(ids.au(au.id))), str(actor_key(dict(by.actor))))
    place = Place(client_of_site(at), DocumentKind.STATE, owner, registration.uuid)
    _put(place, words.LAUNCH_DATA, data, at)
    _write_preferences(by, at)
    url = au_address(registration.version, au)
    say([launched(by, au, ids, mode=session.mode, mastery=mastery, url=url, at=at)], at)


def _write_preferences(by: Speaker, at: datetime) -> None:
    """cmi5LearnerPreferences (11); what the learner has chosen in an AU before is kept."""
    owner = digest("agent profile", str(actor_key(dict(by.actor))))
    place = Place(client_of_site(at), DocumentKind.AGENT_PROFILE, owner)
    if not Document.objects.filter(client=place.client, key=place.key(words.PREFERENCES)).exists():
        _put(place, words.PREFERENCES, {"languagePreference": "ja", "audioPreference": "on"}, at)


def _put(place: Place, name: str, data: dict[str, object], at: datetime) -> None:
    content = json.dumps(data, ensure_ascii=False).encode()
    put_document(
        place=place,
        document_id=name,
        content=content,
        content_type="application/json",
        conditions=_ANY,
        at=at,
    )


def _abandon(session: Cmi5Session, at: datetime) -> None:
    """9.3.6: from the launch to the last word of the AU."""
    lasted = (session.last_at or session.launched_at) - session.launched_at
    registration = session.registration
    told = abandoned(
        speaker(registration, session.uuid),
        session.au,
        ids_of(registration),
        milliseconds=int(lasted.total_seconds() * 1000),
        at=at,
    )
    session.abandoned_at = at
    session.save(update_fields=["abandoned_at"])
    say([told], at)


def abandon_expired(*, at: datetime, most: int = 200) -> int:
    """Sessions whose time is over without «terminated»; how many there were. Each by itself: one fault stops no other."""
    rows = Cmi5Session.objects.open().filter(expires_at__lte=at).order_by("expires_at")
    keys = list(rows.values_list("pk", "registration__enrollment_id")[:most])
    for pk, enrollment in keys:
        with transaction.atomic():
            lock_period(enrollment)
            related = ("registration__activity", "registration__enrollment__learner")
            session = Cmi5Session.objects.open().select_related(*related).filter(pk=pk).first()
            if session is not None:
                _abandon(session, at)
    return len(keys)


def give_token(*, session: Cmi5Session, at: datetime) -> str:
    """The auth-token, once (8.2). Raises TokenGone."""
    token, kept = new_token(session.uuid)
    waiting = Cmi5Session.objects.open().filter(pk=session.pk, fetched_at__isnull=True, expires_at__gt=at)
    if not waiting.update(fetched_at=at, secret_hash=kept):
        raise TokenGone
    return token


@transaction.atomic
def waive(
    *, registration: Cmi5Registration, au: str, reason: WaivedReason, by: User | None, at: datetime
) -> bool:
    """Lets an AU count as met by other means (9.3.7), once in a registration; whether it did now. Raises UnknownAu."""
    lock_period(registration.enrollment_id)
    course = course_of(registration.version)
    unit = next((one for one in course.aus if one.id == au), None)
    if unit is None:
        raise UnknownAu(au)
    if registration.events.filter(au=au, verb=Said.WAIVED).exists():
        return False
    speaks = speaker(registration, uuid4())
    told = waived(speaks, unit, ids_of(registration), reason=reason, at=at)
    say([told], at)
    event = Cmi5Event.objects.create(
        registration=registration,
        au=au,
        verb=Said.WAIVED,
        statement_uuid=UUID(told["id"]),
        timestamp=at,
        received_at=at,
    )
    say_satisfied(registration, course, standing_of(registration), speaks, at)
    record_steps(registration, course, {event.statement_uuid}, at)
    data = {"unit": au[:200], "reason": reason.value}
    record(action="learning.cmi5_waived", instance=registration, by=by, data=data, at=at)
    return True


def say_satisfied(
    registration: Cmi5Registration, course: Course, standing: Standing, by: Speaker, at: datetime
) -> None:
    """«satisfied» for blocks and the course that are so now, once in a registration (9.3.9)."""
    titles = {course.id: course.title, **{block.id: block.title for block in course.blocks}}
    new = [one for one in groups_satisfied(course, standing.satisfied) if one not in registration.satisfied]
    if not new:
        return
    ids = ids_of(registration)
    say([satisfied(by, one, titles[one], ids, is_course=one == course.id, at=at) for one in new], at)
    registration.satisfied = [*registration.satisfied, *new]
    registration.save(update_fields=["satisfied"])
