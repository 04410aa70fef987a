"""Brings Wagtail's groups in line with the roles of today."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from people.roles.actions import project_roles


class Command(BaseCommand):
    help = "Bring Wagtail's groups and the superuser flag in line with the roles of today (also runs daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{project_roles(at=timezone.now())} people looked at")
