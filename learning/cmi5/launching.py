"""How a cmi5 package is opened: what ``learning.launches`` asks of its kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.catalog.models import Activity
from courses.packages.hosting import Place, played_where
from courses.packages.models import PackageVersion
from learning.cmi5.actions import begin_session, register, registrations
from learning.cmi5.addresses import absolute, launch_address
from learning.cmi5.enums import LaunchMode
from learning.cmi5.models import Cmi5Registration, Cmi5Session
from learning.cmi5.queries import course_of
from learning.enrollments.models import Enrollment
from learning.launches.kinds import Begun, Kind
from learning.launches.models import Launch


def refusal(version: PackageVersion) -> str:
    """AUs elsewhere can always be launched; files need a place where they are played."""
    if all(not au.path for au in course_of(version).aus):
        return ""
    played = played_where(version)
    return played.reason if played.place == Place.NOT_HERE else ""


def before(enrollment: Enrollment, activity: Activity, again: bool) -> Begun:
    """Who has a registration stays on its version until they begin anew; all can be looked at again."""
    last = registrations(enrollment, activity).order_by("-number").first()
    return Begun() if again or last is None else Begun(kept=last.version, may_review=True)


def after(launch: Launch, again: bool, at: datetime) -> None:
    """A course of one AU is launched at once; of several the learner chooses one."""
    registration = register(launch, again=again, at=at)
    aus = course_of(registration.version).aus
    if len(aus) == 1:
        begin_session(launch=launch, registration=registration, au=aus[0].id, at=at)


def play_url(launch: Launch) -> str:
    session = _session(launch)
    if session is None:
        return absolute(reverse("learning:cmi5_units", args=[launch.uuid]))
    (au,) = course_of(session.registration.version).aus
    return launch_address(session, au)


def notice(launch: Launch) -> str:
    session = _session(launch)
    if session is not None and session.mode == LaunchMode.REVIEW:
        return _("You look at it again. Your result stays as it is.")
    return ""


def _session(launch: Launch) -> Cmi5Session | None:
    related = (
        "registration__activity",
        "registration__enrollment__learner",
        "registration__version__package",
    )
    return Cmi5Session.objects.select_related(*related).filter(launch=launch).order_by("-pk").first()


def kept(mine: Mapping[str, Any]) -> QuerySet[Cmi5Registration]:
    return Cmi5Registration.objects.filter(**mine)


KIND = Kind(
    name="cmi5", refusal=refusal, before=before, after=after, play_url=play_url, notice=notice, kept=kept
)
