"""Giving a key to another system, letting it in, taking the key back."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from learning.clients.enums import LrsScope
from learning.clients.models import LrsClient, LrsClientDay
from learning.clients.rules import SITE_KEY, SITE_UUID, new_key, new_secret
from office.audit.actions import record
from people.accounts.models import User

_SALT = "learning.clients.secret"
# How stale «last used» may be: a busy client must not cost a write for each request.
_USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class IssuedKey:
    """A client with its secret, which is known only now."""

    client: LrsClient
    secret: str = field(repr=False)


@transaction.atomic
def create_client(
    *,
    name: str,
    scopes: Collection[str],
    valid_to: datetime | None,
    by: User | None,
    at: datetime,
    uuid: UUID | None = None,
) -> IssuedKey:
    """A key for another system. The same ``uuid`` again is a second click.

    Raises ValidationError ``no_name``, ``no_scope``, ``scope``, ``valid_to``, ``made``.
    """
    uuid = uuid or uuid4()
    if LrsClient.objects.filter(uuid=uuid).exists():
        raise ValidationError(
            _(
                "This key was made already, and its secret was shown then. If you did not see it, revoke the key in the "
                "list and make a new one."
            ),
            code="made",
        )
    wanted = _checked_scopes(scopes)
    if not name.strip():
        raise ValidationError(_("Give the system a name."), code="no_name")
    if valid_to is not None and valid_to <= at:
        raise ValidationError(_("The last day must not be past."), code="valid_to")
    secret = new_secret()
    client = LrsClient.objects.create(
        uuid=uuid,
        name=name.strip()[:100],
        key=new_key(),
        secret_hash=_hash(secret),
        scopes=wanted,
        valid_from=at,
        valid_to=valid_to,
        created_by=by,
        created_at=at,
    )
    record(
        action="learning.lrs_client_created",
        instance=client,
        by=by,
        at=at,
        data={"client": client.name, "scopes": ", ".join(wanted)},
    )
    return IssuedKey(client, secret)


def site_client(*, at: datetime) -> LrsClient:
    """The row under which content that this site launches puts statements and documents in; made when first needed.

    It has no secret, so that nobody is admitted by it: each launch has credentials of its own.
    """
    scopes = [LrsScope.STATEMENTS_WRITE, LrsScope.STATEMENTS_READ_MINE, LrsScope.STATE, LrsScope.PROFILE]
    values = {"name": "cmi5", "uuid": SITE_UUID, "scopes": scopes, "valid_from": at, "created_at": at}
    return LrsClient.objects.get_or_create(key=SITE_KEY, defaults=values)[0]


@transaction.atomic
def revoke_client(*, client: LrsClient, reason: str, by: User | None, at: datetime) -> None:
    """The key opens nothing any more, from the next request on. What the system put in stays.

    Twice changes nothing. Raises ValidationError ``no_reason``.
    """
    if not reason.strip():
        raise ValidationError(_("Say why. Nothing was changed."), code="no_reason")
    open_ones = LrsClient.objects.filter(pk=client.pk, revoked_at__isnull=True)
    if open_ones.update(revoked_at=at, revoke_reason=reason.strip()[:300]):
        data = {"client": client.name, "reason": reason.strip()[:300]}
        record(action="learning.lrs_client_revoked", instance=client, by=by, at=at, data=data)


def admitted(*, key: str, secret: str, at: datetime) -> LrsClient | None:
    """The client whose key and secret these are, if they open anything now; one query.

    A secret stays good after a change of SECRET_KEY as long as the old one stands in SECRET_KEY_FALLBACKS.
    """
    client = LrsClient.objects.valid(at).filter(key=key[:40]).first()
    kept = client.secret_hash if client else _hash("nobody")
    keys = [None, *settings.SECRET_KEY_FALLBACKS]
    fits = [constant_time_compare(kept, _hash(secret, own_key)) for own_key in keys]
    if client is None or not any(fits):
        return None
    if client.last_used_at is None or at - client.last_used_at > _USE_NOTED_EVERY:
        LrsClient.objects.filter(pk=client.pk).update(last_used_at=at)
    return client


def note_reading(*, client: LrsClient, statements: int, own: int, at: datetime) -> None:
    """Adds to the day's count; ``own`` of the statements are about our own learners."""
    day = at.astimezone(UTC).date()
    added = {
        "reads": F("reads") + 1,
        "statements_read": F("statements_read") + statements,
        "own_read": F("own_read") + own,
    }
    days = LrsClientDay.objects.filter(client=client, day=day)
    if not days.update(**added):
        first = {"reads": 1, "statements_read": statements, "own_read": own}
        _row, is_new = LrsClientDay.objects.get_or_create(client=client, day=day, defaults=first)
        if not is_new:
            days.update(**added)


def _checked_scopes(scopes: Collection[str]) -> list[str]:
    unknown = [scope for scope in scopes if scope not in set(LrsScope)]
    if unknown:
        raise ValidationError(_("There is no scope %(scope)s.") % {"scope": ", ".join(unknown)}, code="scope")
    if not scopes:
        raise ValidationError(_("Choose what the system may do."), code="no_scope")
    return [scope.value for scope in LrsScope if scope in scopes]


def _hash(secret: str, secret_key: str | bytes | None = None) -> str:
    return salted_hmac(_SALT, secret, secret=secret_key, algorithm="sha256").hexdigest()
