"""``manage.py lrs_client``: keys of other systems from the command line."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from learning.clients.actions import create_client, revoke_client
from learning.clients.enums import LrsScope
from learning.clients.models import LrsClient
from learning.clients.queries import client_lines


class Command(BaseCommand):
    help = "Gives another system a key for /xapi/, lists the keys, revokes one."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        create = what.add_parser("create", help="make a key; its secret is printed this once")
        create.add_argument("name")
        create.add_argument("--scope", action="append", required=True, choices=[s.value for s in LrsScope])
        create.add_argument("--until", help="last day, YYYY-MM-DD")
        what.add_parser("list", help="all keys")
        revoke = what.add_parser("revoke", help="the key opens nothing any more")
        revoke.add_argument("key")
        revoke.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _create(self, options: dict[str, Any]) -> None:
        issued = create_client(
            name=options["name"],
            scopes=options["scope"],
            valid_to=_end_of(options["until"]),
            by=None,
            at=timezone.now(),
        )
        self.stdout.write(f"key\t{issued.client.key}\nsecret\t{issued.secret}")

    def _list(self, options: dict[str, Any]) -> None:
        for line in client_lines(timezone.now()):
            client = line.client
            self.stdout.write(f"{client.key}\t{line.state}\t{','.join(client.scopes)}\t{client.name}")

    def _revoke(self, options: dict[str, Any]) -> None:
        client = LrsClient.objects.filter(key=options["key"]).first()
        if client is None:
            raise CommandError(f"There is no key {options['key']}.")
        revoke_client(client=client, reason=options["reason"], by=None, at=timezone.now())


def _end_of(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text} is no day; write it like 2027-03-31.")
    return timezone.make_aware(datetime.combine(day, time.max))
