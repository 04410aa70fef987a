"""The first administrator of an install."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from people.accounts.actions import create_user
from people.accounts.models import User
from people.accounts.rules import normalise_login_id
from people.roles.actions import grant_role
from people.roles.enums import Role


class Command(BaseCommand):
    help = "Make the first administrator. Prints a password that has to be changed at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login_id")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--first-name", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        login_id, at = normalise_login_id(options["login_id"]), timezone.now()
        if User.objects.filter(username=login_id).exists():
            raise CommandError(f"{login_id} exists already. Nothing was changed.")
        password = secrets.token_urlsafe(12)
        person = create_user(
            login_id=login_id,
            password=password,
            last_name=options["last_name"],
            first_name=options["first_name"],
            must_change_password=True,
            by=None,
            at=at,
        )
        grant_role(
            user=person,
            role=Role.INSTALL_ADMIN,
            everywhere=True,
            valid_from=timezone.localdate(at),
            by=None,
            at=at,
        )
        self.stdout.write(f"login ID: {person.username}\npassword: {password}")
