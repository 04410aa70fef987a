"""How often one launch may send. Generous: no learner comes near it, a package that runs wild does."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage


def too_many(request: HttpRequest, launch: UUID) -> JsonResponse | None:
    """429 with the seconds to wait, or None. The script of the page waits and sends the same again: nothing is lost."""
    rate = f"{settings.PACKAGE_SENDINGS_A_MINUTE}/m"
    usage = get_usage(
        request, group="learning.launches", key=lambda _group, _request: launch.hex, rate=rate, increment=True
    )
    if not usage or not usage["should_limit"]:
        return None
    text = _("The exercise is sending very often. It is saved in a moment; please leave the page open.")
    answer = JsonResponse({"saved": False, "message": text}, status=429)
    answer["Retry-After"] = str(max(1, int(usage["time_left"])))
    return answer
