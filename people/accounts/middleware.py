"""Who is signed in, on every page."""

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from office.prepared.queries import Prepared, columns, loaded
from people.accounts.models import User

# What has more digits is no key of a row.
_LONGEST_KEY = 19
_COLUMNS = columns(User, *(field.attname for field in User._meta.concrete_fields))


class PersonMiddleware(AuthenticationMiddleware):
    """Django's own, with the person read by a query that is built once: the building costs more than all the rest.

    Only a session in which everything is in order is answered here. Whatever is not (no such person, a changed password,
    an old key, another backend) is left to Django, which knows what to do then.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: Any) -> User | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        # The name under which Django keeps it, too: a sign-in in this request replaces it there.
        request._cached_user = _signed_in(request) or auth.get_user(request)
    found: User | AnonymousUser = request._cached_user
    return found


def _signed_in(request: HttpRequest) -> User | None:
    key, told = request.session.get(auth.SESSION_KEY), request.session.get(auth.HASH_SESSION_KEY)
    if not (isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < _LONGEST_KEY and told):
        return None
    if request.session.get(auth.BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    row = _PERSON.row(person=int(key))
    person = loaded(User, _COLUMNS, iter(row)) if row else None
    if person is None or not person.is_active:
        return None
    return person if constant_time_compare(told, person.get_session_auth_hash()) else None


def _by_id(*, person: int) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=person).values_list(*_COLUMNS)


_PERSON = Prepared(_by_id, ints=("person",))
