"""The platform's own words about cmi5 in the record: one system of ours puts in what AUs and the platform say."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from learning.clients.actions import site_client
from learning.clients.models import LrsClient
from learning.cmi5.models import Cmi5Registration
from learning.cmi5.statements import Ids, Speaker
from learning.lrs.actions import store_statements
from learning.records.rules import account


def client_of_site(at: datetime) -> LrsClient:
    return site_client(at=at)


def ids_of(registration: Cmi5Registration) -> Ids:
    return Ids(settings.SITE_BASE_URL, registration.activity.uuid)


def speaker(registration: Cmi5Registration, session: UUID) -> Speaker:
    actor = account(settings.SITE_BASE_URL, registration.enrollment.learner.uuid)
    return Speaker(actor, registration.uuid, session)


def say(statements: list[dict[str, Any]], at: datetime) -> None:
    if statements:
        store_statements(client=client_of_site(at), statements=statements, parts=[], at=at)
