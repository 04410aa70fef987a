"""The name that packages are played on is one that the operator can have meant, or the start stops."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from courses.packages.origins import BadOrigin, read_origin

ROOT = Path(__file__).resolve().parents[3]


def test_good_ones():
    origin = read_origin("https://packages.example.jp", site="https://learn.example.jp/manabi")
    assert origin is not None
    assert (origin.source, origin.allowed_host) == ("https://packages.example.jp", "packages.example.jp")
    split = read_origin("https://*.p.example.jp:8443", site="https://learn.example.jp")
    assert split is not None
    assert (split.source, split.allowed_host) == ("https://*.p.example.jp:8443", ".p.example.jp")
    assert read_origin("", site="http://localhost") is None


@pytest.mark.parametrize(
    "text",
    [
        "packages.example.jp",
        "ftp://packages.example.jp",
        "https://packages.example.jp/x",
        "https://packages.example.jp?x",
        "https://u:p@packages.example.jp",
        "https://packages.example.jp:abc",
        "https://a.*.example.jp",
        "https://*",
        "https://",
        "https://example_jp",
        "https://learn.example.jp:8443",
        "https://LEARN.example.jp",
        "https://*.learn.example.jp",
        "https://*.example.jp",
    ],
)
def test_bad_ones_stop_the_start(text):
    with pytest.raises(BadOrigin):
        read_origin(text, site="https://learn.example.jp")


def started(tmp_path: Path, line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """``line`` of Python after a start with the settings of a real installation."""
    told = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "FUKUMANA_VAR": str(tmp_path),
        "SECRET_KEY": "only-for-tests",
        "ALLOWED_HOSTS": "learn.example.jp",
        "SITE_BASE_URL": "https://learn.example.jp",
        "PACKAGES_ORIGIN": "https://packages.example.jp",
    }
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings\n{line}"],
        cwd=ROOT,
        env={**os.environ, **told, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_start_knows_the_name_and_keeps_neighbours_from_planting_cookies(tmp_path):
    line = "print(settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    done = started(tmp_path, line)
    assert done.stdout.split("\n")[0] == (
        "['learn.example.jp', 'packages.example.jp'] __Host-fukumana_session __Host-fukumana_csrf"
    ), done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"PACKAGES_ORIGIN": "https://learn.example.jp:8443"},
        {"CSRF_TRUSTED_ORIGINS": "https://packages.example.jp"},
    ],
)
def test_a_start_with_a_dangerous_name_stops(tmp_path, environment):
    done = started(tmp_path, "settings.DEBUG", **environment)
    assert done.returncode != 0
    assert "BadSetting" in done.stderr
