"""``manage.py compile_catalogs``: makes the Japanese catalogues usable, without gettext programs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.catalogs.actions import compile_catalogs
from office.catalogs.files import CatalogError


class Command(BaseCommand):
    help = "Compiles every package's message catalogues (only those that changed)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="compile also what has not changed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = compile_catalogs(force=options["force"])
        except CatalogError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            for path in written:
                self.stdout.write(f"compiled {path.parents[3].name}")
