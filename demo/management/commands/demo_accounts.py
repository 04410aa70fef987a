"""``manage.py demo_accounts [--table]``: the example accounts, as JSON or to read."""

import json
import unicodedata
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from demo.accounts import ExampleAccount, example_accounts


class Command(BaseCommand):
    help = "Print the example accounts of a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", action="store_true", help="as a table for people")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("There are no example accounts outside a demo."))
        with override("ja"):
            accounts = example_accounts()
            if options["table"]:
                self.stdout.write(table(accounts))
            else:
                self.stdout.write(json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=2))


def display_width(text: str) -> int:
    """Columns of a terminal: a full-width character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "FW" else 1 for character in text)


def table(accounts: list[ExampleAccount]) -> str:
    lines = [[_("Login id"), _("Password"), _("Role"), _("Name"), _("Unit")]]
    lines += [[one.login, one.password, one.role, one.name, one.unit] for one in accounts]
    widths = [max(display_width(line[column]) for line in lines) for column in range(5)]
    return "\n".join(
        "  "
        + "  ".join(
            cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        for line in lines
    )
