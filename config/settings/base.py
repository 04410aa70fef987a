"""Settings that every profile shares. Integrations have files of their own beside this one."""

from pathlib import Path

from config import env
from config.settings.celery import *  # noqa: F403
from config.settings.packages import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.wagtail import *  # noqa: F403
from config.settings.xapi import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("FUKUMANA_VAR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", [])

# Two installs of one code base: 庁内 (staff network) and 公開 (schools and seniors).
INSTALL_PROFILE = env.text("INSTALL_PROFILE", "public")
# The demo profile shows example accounts on the sign-in page and lets the builders run.
DEMO = env.boolean("FUKUMANA_DEMO")
SELF_REGISTRATION = env.boolean("SELF_REGISTRATION")
SITE_BASE_URL = env.text("SITE_BASE_URL", "http://localhost:8000").rstrip("/")
SCRIPT_NAME = env.script_name("SCRIPT_NAME")
FORCE_SCRIPT_NAME = SCRIPT_NAME or None

INSTALLED_APPS = [
    # ours, highest first, so that our templates and commands win over those of a library
    "demo",
    "reporting",
    "learning",
    "assessments",
    "courses",
    "people",
    "office",
    "allauth",
    "allauth.account",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First: what is meant for the host of packages passes nothing that knows people.
    "courses.packages.hosting.PackageHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.learners.middleware.PersonalPagesMiddleware",
    "people.preferences.middleware.ReadingPreferencesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "people.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.preferences.context.reading",
                "people.roles.context.navigation",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "fukumana.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db" if REDIS_URL else "django.contrib.sessions.backends.db"
)

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# Written out: under WSGI Django would complete a relative one before it knows the script name.
STATIC_URL = f"{SCRIPT_NAME}/static/"
WHITENOISE_STATIC_PREFIX = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/design-tokens", BASE_DIR / "node_modules/@digital-go-jp/design-tokens/dist"),
    # Only the core script, its styles and fonts are used: the player page is built on the server.
    ("vendor/h5p", BASE_DIR / "node_modules/h5p-standalone/dist"),
    # Only the two run-times, 1.2 and 2004, are used; nothing of it is changed.
    ("vendor/scorm", BASE_DIR / "node_modules/scorm-again/dist"),
]
MEDIA_URL = f"{SCRIPT_NAME}/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Files of H5P and SCORM packages, by the hash of what is in them; served by views that ask the gate.
PACKAGE_ROOT = Path(env.text("PACKAGE_ROOT", str(VAR_DIR / "packages")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

PRINT_FONT_DIRS = [
    BASE_DIR / "node_modules/@expo-google-fonts/biz-udpgothic",
    BASE_DIR / "node_modules/@expo-google-fonts/noto-sans-jp/400Regular",
    BASE_DIR / "node_modules/@expo-google-fonts/noto-sans-jp/700Bold",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "fukumana@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # The folder that stands in for a broker has no host name, and the library warns of that at every message.
    "loggers": {"kombu.connection": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
