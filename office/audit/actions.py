"""Writes the audit trail; each package registers the codes of its own actions.

Call ``record`` inside the transaction of the change itself, so that neither exists without the
other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.log_actions import LogFormatter, get_active_log_context, log, registry
from wagtail.models import ModelLogEntry, Page

Text = str | Promise


class UnregisteredActionError(LookupError):
    """An action code that no package has registered: its entry could not be read by anybody."""


_codes: dict[str, tuple[Text, Text]] = {}


def register(code: str, label: Text, message: Text) -> None:
    """Names an action: ``label`` as a choice ("Revoke"), ``message`` as what happened ("Revoked: %(reason)s").

    The message may name keys of the entry's data. Call it when the app is ready; twice is no harm.
    """
    if _codes.get(code, (label, message)) != (label, message):
        raise ValueError(f"{code} is registered with another wording")
    _codes[code] = (label, message)
    if registry.has_scanned_for_actions and code not in registry.formatters:
        registry.register_action(code)(_formatter(label, message))


def register_all(actions: Any) -> None:
    """Hands every code to Wagtail, which asks once (hook ``register_log_actions``)."""
    for code, (label, message) in _codes.items():
        actions.register_action(code)(_formatter(label, message))


def record(
    *,
    action: str,
    instance: Model,
    by: AbstractBaseUser | None,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """One entry, one query. ``by`` None: the system. ``data``: JSON, dates and UUIDs included.

    Raises UnregisteredActionError.
    """
    record_many(action=action, instances=[instance], by=by, data=data, at=at)


def record_many(
    *,
    action: str,
    instances: Iterable[Model],
    by: AbstractBaseUser | None,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """The same action on many rows: one INSERT however many they are (but one each for pages)."""
    if not registry.action_exists(action):
        raise UnregisteredActionError(action)
    details = {"data": dict(data or {}), "user": by, "timestamp": at or timezone.now()}
    entries = []
    for instance in instances:
        if isinstance(instance, Page):
            log(instance, action, **details)
        else:
            entries.append(_entry(instance, action, details))
    ModelLogEntry.objects.bulk_create(entries)


def _entry(instance: Model, action: str, details: dict[str, Any]) -> ModelLogEntry:
    """Wagtail's own way checks each foreign key of an entry again, with a query for each."""
    return ModelLogEntry(
        content_type=ContentType.objects.get_for_model(instance, for_concrete_model=False),
        object_id=str(instance.pk),
        label=str(instance),
        action=action,
        uuid=get_active_log_context().uuid,
        **details,
    )


def _formatter(label: Text, message: Text) -> type[LogFormatter]:
    def format_message(self: LogFormatter, log_entry: Any) -> str:
        return str(message) % defaultdict(lambda: "…", log_entry.data)

    return type(
        "_Formatter", (LogFormatter,), {"label": label, "message": message, "format_message": format_message}
    )
