"""``manage.py bench NAME``: measures and writes a table, or JSON."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.benches.actions import (
    CaseFailedError,
    Options,
    UnknownBenchError,
    bench_names,
    run_bench,
)
from office.benches.servers import ServerError


class Command(BaseCommand):
    help = "Measures what requests cost, on a scratch database under gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="which bench; without it the names are listed")
        parser.add_argument("--json", action="store_true", help="raw figures instead of a table")
        parser.add_argument("--output", type=Path, help="write to this file")
        parser.add_argument("--rounds", type=int, default=Options.rounds)
        parser.add_argument(
            "--seconds", type=float, default=Options.seconds, help="of load for a case in a round"
        )
        parser.add_argument("--quick", action="store_true", help="small data, one short round: does it work?")
        parser.add_argument("--keep", action="store_true", help="keep the scratch database for the next run")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["name"]:
            self.stdout.write("\n".join(bench_names()))
            return
        chosen = Options(
            rounds=1 if options["quick"] else options["rounds"],
            seconds=0.5 if options["quick"] else options["seconds"],
            quick=options["quick"],
            keep=options["keep"],
        )
        try:
            report = run_bench(options["name"], options=chosen, say=self.stderr.write)
        except UnknownBenchError as error:
            raise CommandError(
                f"There is no bench {error}. Known: {', '.join(bench_names()) or 'none'}"
            ) from error
        except (CaseFailedError, ServerError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        else:
            text = report.as_markdown()
        if options["output"]:
            options["output"].write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
