"""``manage.py build_demo``: fill an empty system with the example prefecture; again and again without doubling."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.competencies.actions import load_frameworks
from courses.curriculum.actions import load_curriculum
from courses.strategy.actions import load_strategy
from demo.learning import build_learning
from demo.packages import build_packages
from demo.people import build_people
from demo.units import build_units


class Command(BaseCommand):
    help = "Build the example prefecture (only where FUKUMANA_DEMO is on)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("見本は、FUKUMANA_DEMO=1 のときだけ作れます。本番のデータには手を触れません。")
        at = timezone.now()
        self._do("戦略と枠組み", lambda: (load_frameworks(at=at), load_strategy(at=at)))
        self._do("26の講座", lambda: load_curriculum(check=False, take_files=False, at=at))
        units = self._do("県と59市町村、見本の部署", lambda: build_units(at))
        people = self._do("見本の人とクラス", lambda: build_people(units, at))
        self._do("H5P の練習", lambda: build_packages(people, at))
        self._do("割り当てと学習の記録", lambda: build_learning(units, people, at))

    def _do(self, title: str, build: Callable[[], Any]) -> Any:
        since = monotonic()
        self.stdout.write(f"      {title} … ", ending="")
        self.stdout.flush()
        result = build()
        self.stdout.write(f"{monotonic() - since:.0f}秒")
        return result
