"""The views that others are compared with; they exist only under the bench's own server."""

import json
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse

from office.benches.rules import LIMIT_PATH

_LOCKING = "SELECT count FROM bench_floor_period WHERE person = %s"
_WRITING = "INSERT INTO bench_floor_statement (uuid, person, body) VALUES (%s, %s, %s)"
_COUNTING = "UPDATE bench_floor_period SET count = %s WHERE person = %s"


@login_required
def limit(request: HttpRequest) -> JsonResponse:
    """The session, the user and one indexed SELECT."""
    people = get_user_model().objects
    return JsonResponse(
        {"login": people.values_list("username", flat=True).get(username=request.user.get_username())}
    )


@login_required
def floor(request: HttpRequest) -> HttpResponseRedirect:
    """The session, the user and the least that a durable event needs, by hand: the body is a statement's in size."""
    person, statement = request.user.pk, UUID(request.POST["statement"]).hex
    body = json.dumps({"id": statement, "actor": person, "words": "学" * 200})
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCKING + lock, [person])
        (count,) = cursor.fetchone()
        cursor.execute(_WRITING, [statement, person, body])
        cursor.execute(_COUNTING, [count + 1, person])
    return HttpResponseRedirect(LIMIT_PATH)
