"""``manage.py load_curriculum``: the shipped courses as pages."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.curriculum.actions import CONTENT, load_curriculum
from courses.curriculum.enums import Change
from courses.curriculum.files import CurriculumErrors
from courses.curriculum.report import Entry


class Command(BaseCommand):
    help = "Loads the courses that the product ships; running it again changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="say what would change, change nothing; exit 1 if anything"
        )
        parser.add_argument(
            "--take-files", action="store_true", help="let the files win over what a person changed"
        )
        parser.add_argument("--content", type=Path, default=CONTENT, help="another folder of courses")

    def handle(self, *args: Any, **options: Any) -> None:
        check = options["check"]
        try:
            report = load_curriculum(
                check=check,
                take_files=options["take_files"],
                at=timezone.now(),
                root=options["content"],
                tell=lambda entry: self._tell(entry, options["verbosity"]),
            )
        except CurriculumErrors as errors:
            lines = "\n".join(map(str, errors.errors))
            raise CommandError(
                f"教材のファイルに直すところがあります。何も変えていません。\n{lines}"
            ) from errors
        self.stdout.write(
            ("確認だけで、何も変えていません。" if check else "読み込みが終わりました。") + report.summary()
        )
        if report.conflicts and not options["take_files"]:
            self.stdout.write("競合したページをファイルの内容に戻すには --take-files を付けて実行します。")
        if check and report.changed:
            raise CommandError(f"ファイルと違うところが {len(report.changed)}件あります。", returncode=1)

    def _tell(self, entry: Entry, verbosity: int) -> None:
        if entry.change != Change.UNCHANGED or verbosity > 1:
            self.stdout.write(f"  {entry.number:>3}/{entry.total}  {entry}")
            self.stdout.flush()
