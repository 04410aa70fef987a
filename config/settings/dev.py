"""A developer's or demo machine: embedded SQLite, static files straight from their folders."""

import secrets

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import PACKAGES_HOSTS, VAR_DIR

DEBUG = env.boolean("DEBUG")
ALLOWED_HOSTS = [*env.listing("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]), *PACKAGES_HOSTS]


def _kept_secret() -> str:
    """One secret a checkout, made at the first start and kept outside git."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = env.text("SECRET_KEY") or _kept_secret()
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
