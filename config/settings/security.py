"""Sign-in, cookies and the content security policy."""

from csp.constants import NONE, SELF

from config import env

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.accounts.validators.NotLikeThePerson"},
    {"NAME": "people.accounts.validators.LongEnough"},
    {"NAME": "people.accounts.validators.NotWidelyUsed"},
    {"NAME": "people.accounts.validators.NotOnlyDigits"},
]

ACCOUNT_ADAPTER = "people.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "people.accounts.forms.SignInForm"}
# A whole town hall may stand behind one address: failures count per login id and address
# together, and the plain rate per address is wide.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "10/5m/key,100/5m/ip"}

# How long a one-time card for a forgotten password opens.
ONE_TIME_CARD_DAYS = env.integer("ONE_TIME_CARD_DAYS", 7)

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:home"
# Two installs may stand below one host: neither must read or replace the cookies of the other.
_SCRIPT_NAME = env.script_name("SCRIPT_NAME")
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = _SCRIPT_NAME or "/"
ACCOUNT_LOGOUT_REDIRECT_URL = f"{_SCRIPT_NAME}/"

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "fukumana_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "people.accounts.messages.MessageStorage"
CSRF_COOKIE_NAME = "fukumana_csrf"
CSRF_FAILURE_VIEW = "office.errors.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS", [])

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
