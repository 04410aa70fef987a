"""A real installation: everything that matters is said by the operator, or the start stops."""

from config import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = env.required("SECRET_KEY")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", []) or [env.required("ALLOWED_HOSTS")]
DEMO = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.boolean("HTTPS", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 0)
