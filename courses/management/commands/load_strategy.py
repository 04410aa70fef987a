"""``manage.py load_strategy``: the strategy's sentences and the competency frameworks."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from courses.competencies.actions import load_frameworks
from courses.strategy.actions import STRATEGY_FILE, load_strategy


class Command(BaseCommand):
    help = "Loads the strategy and the frameworks; running it again changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=STRATEGY_FILE, help="the data file of another strategy"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        strategy = load_strategy(at=now, path=options["file"])
        self.stdout.write(
            f"戦略：新規 {strategy.created}、変更 {strategy.updated}、廃止 {strategy.retired}、変更なし {strategy.unchanged}"
        )
        for code in strategy.unlinked:
            self.stdout.write(f"  対応先の項目がありません：{code}")
        frameworks = load_frameworks(at=now)
        self.stdout.write(
            f"スキルの枠組み：新規 {frameworks.created}、変更 {frameworks.updated}、変更なし {frameworks.unchanged}"
        )
