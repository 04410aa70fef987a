"""``python -m courses.packages.h5p FILE [--json]``: exit code 0 when the package can be taken, 1 when not."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from courses.packages.h5p.inspecting import inspect, libraries_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments, for whoever offers the same command elsewhere."""
    parser.add_argument("file", type=Path, help="the .h5p file")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--language", default="en", help="language of the sentences: en or ja")
    parser.add_argument(
        "--installed", type=Path, action="append", default=[], metavar="FILE",
        help="a .h5p file whose libraries count as installed (may be given several times)",
    )  # fmt: skip


def report(options: argparse.Namespace) -> tuple[str, bool]:
    """What to print, and whether the package can be taken. Raises ``OSError``."""
    found = inspect(options.file, installed=libraries_of(options.installed), language=options.language)
    if options.json:
        return json.dumps(found.as_json(options.language), ensure_ascii=False, indent=2), found.ok
    return "\n".join(found.lines(options.language)), found.ok


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="h5p", description="Look at an H5P package.")
    add_arguments(parser)
    options = parser.parse_args(arguments)
    try:
        text, ok = report(options)
    except OSError as error:
        sys.stderr.write(f"{options.file}: {error.strerror}\n")
        return 2
    sys.stdout.write(f"{text}\n")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
