"""The player and the address that takes what SCOs commit, on the host of packages: the signed address is the only key."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from courses.packages.h5p import script_json
from courses.packages.hosting import require_here, site_origin
from learning.launches.actions import LaunchOver
from learning.launches.models import Launch
from learning.launches.throttling import too_many
from learning.launches.tokens import played_launch
from learning.scorm.actions import BadCommit, Closed, Taken, check_open, take_commit
from learning.scorm.commits import TooLarge, read_commit
from learning.scorm.player import player_of
from learning.scorm.queries import standing_of
from people.preferences.enums import Contrast, Face, TextSize

_READING: dict[str, set[str]] = {
    "face": {*Face},
    "size": {*TextSize},
    "contrast": {*Contrast},
}


@require_GET
@never_cache
def play(request: HttpRequest, token: str) -> HttpResponse:
    """The page around the SCO: outline, what is saved, and the frame."""
    launch = _launch(token)
    if launch is None:
        return _closed(_gone(), HTTPStatus.NOT_FOUND)
    require_here(request, launch.version)
    try:
        check_open(launch, timezone.now())
    except LaunchOver:
        return _closed(_over(), HTTPStatus.GONE)
    except Closed:
        return _closed(_no_longer(), HTTPStatus.FORBIDDEN)
    reading = {
        name: value for name, known in _READING.items() if (value := request.GET.get(name, "")) in known
    }
    suffix = f"&{urlencode(reading)}" if reading else ""
    player = player_of(launch, token=token, wanted=request.GET.get("sco", ""), suffix=suffix)
    context = {"player": player, "config": script_json(player.config), "how": reading}
    response = render(request, "learning/scorm_play.html", context)
    response["Content-Security-Policy"] = policy()
    return response


@csrf_exempt
@require_POST
def commit(request: HttpRequest, token: str) -> HttpResponse:
    """One commit, from the player or from a beacon. The same again changes nothing."""
    launch = _launch(token)
    if launch is None or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _no(_gone(), HTTPStatus.NOT_FOUND)
    require_here(request, launch.version)
    if (waiting := too_many(request, launch.uuid)) is not None:
        return waiting
    try:
        taken = take_commit(launch=launch, sent=read_commit(request.body), at=timezone.now())
    except TooLarge:
        text = _("The exercise wanted to save more than fits here. What was saved before is kept.")
        return _no(text, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except BadCommit:
        text = _("The package sent something that cannot be read. What was saved before is kept.")
        return _no(text, HTTPStatus.BAD_REQUEST)
    except LaunchOver:
        return _no(_over(), HTTPStatus.CONFLICT)
    except Closed:
        return _no(_no_longer(), HTTPStatus.CONFLICT)
    return _answer(launch, taken)


def _answer(launch: Launch, taken: Taken) -> HttpResponse:
    if taken.superseded:
        text = _("You opened this exercise in another window. Please go on there; your results are kept.")
        return _no(text, HTTPStatus.CONFLICT)
    if taken.completed:
        text = _("You have completed the course. Well done.")
    else:
        text = _("Saved. Your result counts.") if taken.attempt else _("Saved.")
    done, waiting = standing_of(launch)
    return JsonResponse(
        {"saved": True, "finished": taken.attempt, "message": text, "done": done, "waiting": waiting}
    )


def _launch(token: str) -> Launch | None:
    """None for a key that opens nothing (any more), and where the record was erased."""
    uuid: UUID | None = played_launch(token)
    if uuid is None:
        return None
    rows = Launch.objects.select_related(
        "scorm", "activity", "version__package", "enrollment__course", "enrollment__learner__user"
    )
    return rows.filter(uuid=uuid, scorm__isnull=False).first()


def policy() -> str:
    """What the page around the SCO may do; the SCO's own pages have a policy of their own."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors 'self' {site_origin()}",
        ]
    )


def _closed(text: str, status: HTTPStatus) -> HttpResponse:
    response = render(None, "learning/scorm_closed.html", {"text": text}, status=status)
    response["Content-Security-Policy"] = policy()
    return response


def _no(text: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"saved": False, "message": text}, status=status)


def _gone() -> str:
    return _("This address opens nothing any more. Open the exercise again from the page of the course.")


def _over() -> str:
    return _(
        "This page has been open for too long. Open the exercise again to go on; what was saved is kept."
    )


def _no_longer() -> str:
    return _(
        "This exercise is closed at the moment, so nothing more is saved. What was saved before is kept."
    )
