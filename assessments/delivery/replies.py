"""The answer to a script or form that saves a single question."""

import json
from datetime import datetime

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from assessments.attempts.models import Attempt
from assessments.attempts.queries import Place
from assessments.delivery.actions import Taken, take_answer
from assessments.delivery.wording import fault_text
from assessments.marking.enums import AnswerFault
from assessments.marking.rules import AnswerError

# Far more than 2,000 characters of four bytes, each written as an escape, with room for everything around them.
_BODY_LIMIT = 64 * 1024


def taken_from(request: HttpRequest, attempt: Attempt, place: Place, *, at: datetime) -> Taken:
    """Saves the one question that the request is about. Raises ``AttemptClosed``."""
    try:
        data = _data(request)
    except AnswerError as error:
        return Taken(0, {}, {place.number: error.fault})
    return take_answer(attempt=attempt, place=place, data=data, at=at)


def json_reply(taken: Taken, place: Place) -> JsonResponse:
    """What the script shows beside the question; ``was`` replaces the form's own ``q3-was``."""
    if taken.faults:
        text = fault_text(taken.faults[place.number])
        return JsonResponse({"saved": False, "message": text}, status=422)
    return JsonResponse(
        {"saved": True, "message": _("The answer is saved"), "was": taken.filled[place.number].digest}
    )


def sent_fields(request: HttpRequest) -> QueryDict:
    """The fields of a form. Django reads a body that is no UTF-8 as Latin-1; here broken characters stay recognisable."""
    if request.content_type == "application/x-www-form-urlencoded":
        try:
            request.body.decode()
        except UnicodeDecodeError:
            return QueryDict(request.body.decode(errors="replace"))
    return request.POST


def _data(request: HttpRequest) -> object:
    if request.content_type != "application/json":
        return sent_fields(request)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > _BODY_LIMIT:
            raise AnswerError(AnswerFault.TOO_LONG)
        return json.loads(request.body)
    except UnicodeDecodeError as error:
        raise AnswerError(AnswerFault.BROKEN_TEXT) from error
    except AnswerError:
        raise
    except (ValueError, RecursionError) as error:
        raise AnswerError(AnswerFault.WRONG_TYPE) from error
