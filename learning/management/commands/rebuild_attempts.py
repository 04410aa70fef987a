"""``manage.py rebuild_attempts [--check] [--package UUID]``."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from courses.packages.models import Package
from learning.launches.rebuilding import rebuild_attempts

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Replays the stored logs of packages into fresh attempts and replaces what differs; with --check only compares "
        "(exit 1). Statements are never changed: what was recorded for an attempt that differs is reported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where something differs"
        )
        parser.add_argument("--package", metavar="UUID", help="only where this package was played")

    def handle(self, *args: Any, check: bool, package: str | None, **options: Any) -> None:
        count = lost = 0
        for difference in rebuild_attempts(check=check, package=self._package(package) if package else None):
            count, lost = count + (not difference.lost), lost + difference.lost
            self._tell(count + lost, str(difference))
        if lost or (check and count):
            raise CommandError(
                f"{count} attempts differ from the logs, {lost} attempts have no statement in the record."
            )
        self.stdout.write(f"{count} replaced." if count else "Attempts are what the logs say.")

    def _tell(self, number: int, line: str) -> None:
        """The first ones by name: a broken install must not write gigabytes."""
        if number <= SHOWN:
            self.stdout.write(line)
        elif number == SHOWN + 1:
            self.stdout.write("…")

    def _package(self, uuid: str) -> Package:
        try:
            return Package.objects.get(uuid=UUID(uuid))
        except (ValueError, Package.DoesNotExist) as error:
            raise CommandError(f"No package has the UUID {uuid!r}.") from error
