"""Readers of environment variables that fail loudly on a bad value.

Every reader names the variable in its error, so that a typing mistake in an operator's file
stops the start instead of changing behaviour quietly.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSetting(ValueError):
    """An environment variable holds a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def boolean(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off."""
    raw = text(name).strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be true or false, not {raw!r}")


def integer(name: str, default: int) -> int:
    """A whole number."""
    raw = text(name).strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise BadSetting(f"{name} must be a whole number, not {raw!r}") from error


def listing(name: str, default: list[str]) -> list[str]:
    """Comma-separated values, empty ones left out."""
    raw = text(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def script_name(name: str) -> str:
    """The path below which the site stands, without a slash at the end; empty at the top of its host."""
    raw = text(name).strip().rstrip("/")
    if raw and (not raw.startswith("/") or raw.startswith("//")):
        raise BadSetting(f"{name} must begin with one /, not {raw!r}")
    return raw


def required(name: str) -> str:
    """A value that the start cannot do without."""
    value = text(name)
    if not value:
        raise BadSetting(f"{name} must be set")
    return value


# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start of a
# transaction, so that two writers wait for each other instead of failing half-way.
SQLITE_OPTIONS: Mapping[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
}


def database(name: str, default: Path) -> dict[str, Any]:
    """A Django database entry from a URL (``postgres://user:pw@host:port/name`` or ``sqlite:///path``)."""
    url = text(name)
    if not url:
        default.parent.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(default))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) if not parts.netloc else url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{name} must begin with postgres:// or sqlite:///, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": dict(SQLITE_OPTIONS)}
