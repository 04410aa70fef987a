"""The host name of their own that packages with code of strangers (SCORM, cmi5) are played on."""

from csp.constants import SELF

from config import env
from config.settings.security import CONTENT_SECURITY_POLICY, CSRF_TRUSTED_ORIGINS
from courses.packages.origins import BadOrigin, read_origin

# http(s)://name[:port]; empty: there is none. With https://*.name each package has a name of its own below it.
PACKAGES_ORIGIN = env.text("PACKAGES_ORIGIN").strip().rstrip("/")
# Without such a host: SCORM of system administrators is played on the site's own host, with a notice.
PACKAGES_TRUST_UPLOADERS = env.boolean("PACKAGES_TRUST_UPLOADERS")

try:
    _origin = read_origin(PACKAGES_ORIGIN, site=env.text("SITE_BASE_URL", "http://localhost:8000"))
except BadOrigin as error:
    raise env.BadSetting(f"PACKAGES_ORIGIN: {error}") from error
PACKAGES_HOSTS = [_origin.allowed_host] if _origin else []
if _origin:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"] = [SELF, _origin.source]  # type: ignore[index]
    if _origin.source in CSRF_TRUSTED_ORIGINS:
        raise env.BadSetting("CSRF_TRUSTED_ORIGINS must not name the host of packages")
# How often the page of one launch may send what its package says (events, states, commits); a package that runs wild waits.
PACKAGE_SENDINGS_A_MINUTE = env.integer("PACKAGE_SENDINGS_A_MINUTE", 300)
