"""``manage.py h5p inspect FILE [--json]``: look at an H5P package without taking it in."""

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.packages.h5p.__main__ import add_arguments, report


class Command(BaseCommand):
    help = "Looks at an H5P package. Exit code 0: it can be taken; 1: it cannot."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        inspect = parser.add_subparsers(dest="what", required=True).add_parser("inspect")
        add_arguments(inspect)
        inspect.set_defaults(language="ja")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text, ok = report(Namespace(**options))
        except OSError as error:
            raise CommandError(f"ファイルを開けません: {options['file']}") from error
        self.stdout.write(text)
        if not ok:
            raise SystemExit(1)
