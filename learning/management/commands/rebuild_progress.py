"""``manage.py rebuild_progress [--check] [--course CODE]``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.catalog.models import Course
from learning.progress.corrections import orphans, rebuild

SHOWN = 50


class Command(BaseCommand):
    help = "Replays all statements into fresh progress and replaces what differs; with --check only compares (exit 1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where something differs"
        )
        parser.add_argument("--course", metavar="CODE", help="only this course")

    def handle(self, *args: Any, check: bool, course: str | None, **options: Any) -> None:
        only = self._course(course) if course else None
        count = 0
        for difference in rebuild(course=only, check=check):
            count += 1
            self._tell(count, str(difference))
        lost = 0
        for uuid in orphans(course=only):
            lost += 1
            self._tell(count + lost, f"statement {uuid}: no enrollment has its registration")
        if lost or (check and count):
            raise CommandError(
                f"{count} projections differ from the statements, {lost} statements without enrollment."
            )
        self.stdout.write(f"{count} replaced." if count else "Progress is what the statements say.")

    def _tell(self, number: int, line: str) -> None:
        """The first ones by name: a broken install must not write gigabytes."""
        if number <= SHOWN:
            self.stdout.write(line)
        elif number == SHOWN + 1:
            self.stdout.write("…")

    def _course(self, code: str) -> Course:
        try:
            return Course.objects.get(code=code)
        except Course.DoesNotExist as error:
            raise CommandError(f"No course has the code {code!r}.") from error
