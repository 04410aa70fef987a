"""The whole site below a path of its host, as gunicorn starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Django completes relative addresses only after a start of this kind, so that the test needs a process of its own.
SCRIPT = """
import json
from config.wsgi import application
from django.conf import settings
from django.test import RequestFactory

def status(path):
    environ = RequestFactory().get(path, headers={"host": "localhost"}).environ | {"SCRIPT_NAME": settings.SCRIPT_NAME}
    said = []
    b"".join(application(environ, lambda line, headers: said.append(line)))
    return said[0][:3]

print(json.dumps({
    "static_url": settings.STATIC_URL,
    "style": status("/static/css/base.css"),
    "leave": settings.ACCOUNT_LOGOUT_REDIRECT_URL,
    "cookies": [settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH],
}))
"""


def facts(tmp_path: Path, **environment: str) -> Any:
    wanted = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "FUKUMANA_VAR": str(tmp_path), **environment}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, **wanted},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("script_name", "top", "cookies"),
    [("", "/", "/"), ("/manabi", "/manabi/", "/manabi"), ("/a/b/", "/a/b/", "/a/b")],
)
def test_styles_cookies_and_the_way_out_stay_below_the_path(tmp_path, script_name, top, cookies):
    assert facts(tmp_path, SCRIPT_NAME=script_name) == {
        "static_url": f"{top}static/",
        "style": "200",
        "leave": top,
        "cookies": [cookies, cookies],
    }


def test_a_path_without_its_slash_stops_the_start(tmp_path):
    with pytest.raises(AssertionError, match="SCRIPT_NAME must begin with one /"):
        facts(tmp_path, SCRIPT_NAME="manabi")
