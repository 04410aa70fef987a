"""A real installation: everything that matters is said by the operator, or the start stops."""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import PACKAGES_HOSTS, SCRIPT_NAME

SECRET_KEY = env.required("SECRET_KEY")
ALLOWED_HOSTS = [*(env.listing("ALLOWED_HOSTS", []) or [env.required("ALLOWED_HOSTS")]), *PACKAGES_HOSTS]
DEMO = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.boolean("HTTPS", default=True)
if SESSION_COOKIE_SECURE and not SCRIPT_NAME:
    # A browser takes such a name from this host alone: a page on a neighbouring name (packages.…) cannot plant one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-fukumana_session", "__Host-fukumana_csrf"
BEHIND_PROXY = env.boolean("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Else everybody would share the proxy's address, and one person's wrong passwords would close the door for all.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 0)
