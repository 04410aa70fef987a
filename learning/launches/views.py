"""Opening a package, its page in the sandbox, and the addresses that take what it says."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity
from courses.lessons.access import may_open, refuse
from courses.packages.h5p import strict_json
from courses.packages.h5p.limits import DEFAULT_LIMITS
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import owner_of
from learning.launches.actions import AttemptsUsedUp, LaunchOver, NotPlayable, open_launch, take
from learning.launches.attempts import DWELL, counts_when_viewed
from learning.launches.kinds import Kind, kind_of
from learning.launches.models import Launch, PackageState
from learning.launches.player import player_page
from learning.launches.rules import BadBatch, Batch, read_batch
from learning.launches.throttling import too_many
from learning.launches.tokens import launch_of, token_of
from learning.runtime.participants import participant
from learning.runtime.views import RuntimeView

BATCH_BYTES = 4 * 1024 * 1024


@method_decorator(never_cache, name="dispatch")
class OpenView(RuntimeView):
    """POST ``{again}``: begins a launch; the answer tells a script where everything is."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, activity: UUID) -> HttpResponse:
        row = get_object_or_404(Activity, uuid=activity, kind=ActivityKind.PACKAGE, is_offered=True)
        if row.course is None:
            raise Http404
        at = timezone.now()
        learner = participant(request, row.course, at)
        enrollment = Enrollment.objects.open().get(learner=learner, course=row.course)
        try:
            launch = open_launch(enrollment=enrollment, activity=row, again=_wants_again(request), at=at)
        except NotPlayable as error:
            text = _(
                "This part cannot be opened at the moment. The person in charge of the course knows more."
            )
            return self.problem(request, error.reason or text)
        except AttemptsUsedUp:
            return self.problem(
                request, _("You have used all attempts. Your results are kept under My learning.")
            )
        kind = kind_of(launch.version.package)
        return JsonResponse(_addresses(launch) if kind is None else _player(request, launch, kind))


def _wants_again(request: HttpRequest) -> bool:
    try:
        value = strict_json.loads(request.body, most_bytes=1000, limits=DEFAULT_LIMITS)
    except strict_json.BadJSON:
        return False
    return isinstance(value, dict) and value.get("again") is True


def _addresses(launch: Launch) -> dict[str, Any]:
    names = {"launch": launch.uuid}
    resumes = PackageState.objects.filter(enrollment=launch.enrollment, activity=launch.activity).exists()
    return {
        "kind": "h5p",
        "launch": str(launch.uuid),
        "play_url": reverse("learning:launch_play", kwargs=names),
        "events_url": reverse("learning:launch_events", kwargs=names),
        "beacon_url": reverse("learning:launch_beacon", kwargs={"token": token_of(launch.uuid)}),
        "view_seconds": DWELL.total_seconds() + 1 if counts_when_viewed(launch.version) else 0,
        "notice": _("You go on where you were.") if resumes else "",
    }


def _player(request: HttpRequest, launch: Launch, kind: Kind) -> dict[str, Any]:
    """Where a package is played that has a player of its own, which sends what it says by itself."""
    return {
        "kind": kind.name,
        "launch": str(launch.uuid),
        "play_url": kind.play_url(launch) + (_reading(request) if kind.takes_reading else ""),
        "notice": kind.notice(launch),
    }


def _reading(request: HttpRequest) -> str:
    how = request.reading  # type: ignore[attr-defined]
    return "?" + urlencode({"face": how.face, "size": how.text_size, "contrast": how.contrast})


@require_GET
@never_cache
def play(request: HttpRequest, launch: UUID) -> HttpResponseBase:
    """The page in the sandbox. It opens for whom the launch belongs to, and as long as the course is open to them."""
    row = _own(request, launch)
    if kind_of(row.version.package) is not None:
        raise Http404
    decision = may_open(request, row.enrollment.course)
    if not decision.allowed:
        return refuse(request, decision)
    return player_page(request, row)


def _own(request: HttpRequest, launch: UUID) -> Launch:
    owner = owner_of(request)
    if owner is None:
        raise Http404
    rows = Launch.objects.select_related("enrollment__course", "activity", "version__package")
    return get_object_or_404(rows.filter(owner.q("enrollment__")), uuid=launch)


@require_POST
def events(request: HttpRequest, launch: UUID) -> HttpResponse:
    """Takes a batch of events and states; sent again, it changes nothing."""
    return _taken(_own(request, launch), request)


@csrf_exempt
@require_POST
def beacon(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a page that is being left; the address is the key, and only this site's pages have it."""
    uuid = launch_of(token)
    if uuid is None or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Http404
    rows = Launch.objects.select_related("enrollment", "activity", "version__package")
    return _taken(get_object_or_404(rows, uuid=uuid), request)


def _taken(launch: Launch, request: HttpRequest) -> HttpResponse:
    """Of H5P alone: other kinds have rules of their own of what counts."""
    if kind_of(launch.version.package) is not None:
        raise Http404
    if (waiting := too_many(request, launch.uuid)) is not None:
        return waiting
    try:
        batch = _batch(request)
        taken = take(launch=launch, batch=batch, at=timezone.now())
    except BadBatch:
        return _no(400, _("The package sent something that cannot be read. What was saved before is kept."))
    except LaunchOver:
        return _no(
            409, _("This page has been open for too long. Reload it to go on; what was saved is kept.")
        )
    if taken.superseded:
        return _no(
            409, _("You opened this exercise in another window. Please go on there; your results are kept.")
        )
    if taken.completed:
        message = _("You have completed the course. Well done.")
    else:
        message = _("Saved. Your result counts.") if taken.attempts else _("Saved.")
    return JsonResponse({"saved": True, "finished": bool(taken.attempts), "message": message})


def _batch(request: HttpRequest) -> Batch:
    """Raises BadBatch. The body is read strictly: no NaN, no double keys, no endless depth."""
    if int(request.headers.get("Content-Length") or 0) > BATCH_BYTES:
        raise BadBatch("too large")
    try:
        return read_batch(strict_json.loads(request.body, most_bytes=BATCH_BYTES, limits=DEFAULT_LIMITS))
    except strict_json.BadJSON as error:
        raise BadBatch(str(error)) from error


def _no(status: int, message: str) -> JsonResponse:
    return JsonResponse({"saved": False, "message": message}, status=status)
