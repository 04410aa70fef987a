"""``manage.py catalogs``: which messages each package's catalogue lacks or no longer needs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.catalogs.actions import add_missing
from office.catalogs.files import CatalogError, own_packages
from office.catalogs.queries import Review, review


class Command(BaseCommand):
    help = "Lists missing, untranslated, obsolete and broken messages of each package."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", nargs="*", help="only these packages")
        parser.add_argument("--check", action="store_true", help="exit 1 unless every catalogue is complete")
        parser.add_argument(
            "--update", action="store_true", help="add missing messages to django.po, untranslated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        complete = True
        for package in own_packages():
            if options["package"] and package.name not in options["package"]:
                continue
            try:
                report = review(package)
                if options["update"]:
                    added = add_missing(package, report.missing)
                    self.stdout.write(f"{package.name}: {added} added")
            except CatalogError as error:
                raise CommandError(str(error)) from error
            self._show(report)
            complete = complete and report.complete
        if options["check"] and not complete:
            raise CommandError("The catalogues are not complete.")

    def _show(self, report: Review) -> None:
        self.stdout.write(
            f"{report.package}: {report.total} messages{', complete' if report.complete else ''}"
        )
        for found in report.missing:
            self.stdout.write(f"  missing       {found.msgid!r}  {found.place}")
        for kind in ("untranslated", "obsolete", "broken", "conflicting"):
            for msgid in getattr(report, kind):
                self.stdout.write(f"  {kind:13} {msgid!r}")
