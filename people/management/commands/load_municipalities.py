"""Loads the prefecture and its municipalities."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from people.organizations.actions import MUNICIPALITIES_FILE, load_municipalities


class Command(BaseCommand):
    help = "Load the prefecture and its municipalities; running it again changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=MUNICIPALITIES_FILE, help="another prefecture's file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = load_municipalities(at=timezone.now(), path=options["file"])
        self.stdout.write(f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}")
