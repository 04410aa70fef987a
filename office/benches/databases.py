"""A scratch database beside the real one, so that a bench leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection


@contextmanager
def scratch_database(*, keep: bool) -> Iterator[str]:
    """Makes, migrates and switches to ``<name>_bench``; gives its DATABASE_URL.

    With ``keep`` it stays for the next run, which then starts from what it holds.
    """
    real = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"] = {
        **connection.settings_dict.get("TEST", {}),
        "NAME": _scratch_name(str(real)),
    }
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    try:
        yield database_url()
    finally:
        connection.creation.destroy_test_db(str(real), verbosity=0, keepdb=keep)


def database_url() -> str:
    """The address of the database in use, as ``config.env`` reads it."""
    parts = {
        key: str(value) for key, value in connection.settings_dict.items() if not isinstance(value, dict)
    }
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    secret = f":{quote(parts['PASSWORD'], safe='')}" if parts["PASSWORD"] else ""
    port = f":{parts['PORT']}" if parts["PORT"] else ""
    return f"postgres://{quote(parts['USER'], safe='')}{secret}@{parts['HOST']}{port}/{quote(parts['NAME'], safe='')}"


def _scratch_name(real: str) -> str:
    """SQLite's would be in memory, where a server cannot see it."""
    if connection.vendor == "sqlite":
        return str(Path(settings.VAR_DIR) / "bench.sqlite3")
    return f"{real}_bench"
