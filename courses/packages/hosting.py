"""The host name of their own that packages with code of strangers are played on: what is asked there, and what is not.

Nothing that knows people answers on that host. Its requests lose their cookies before anything reads them, its answers
set none, and its addresses (``config.package_urls``) are others than the site's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.request import split_domain_port
from django.urls import reverse, set_urlconf
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.packages.enums import PackageKind
from courses.packages.models import PackageVersion
from courses.packages.origins import PackagesOrigin, read_origin
from courses.packages.permissions import can_install
from courses.packages.tokens import token_for

URLS = "config.package_urls"
_DENIED = (
    "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), midi=()"
)


class Place(StrEnum):
    SANDBOX = "sandbox"  # H5P: on the site's host, in a frame without an origin
    OWN_HOST = "own_host"
    SAME_ORIGIN_TRUSTED = "same_origin_trusted"
    ELSEWHERE = "elsewhere"  # cmi5 whose parts are all at addresses of others
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Played:
    """Where a version is played; ``reason`` says in words what people should know of it, "" where that is nothing."""

    place: Place
    reason: str = ""

    @property
    def is_playable(self) -> bool:
        return self.place != Place.NOT_HERE


def packages_origin() -> PackagesOrigin | None:
    """None where the operator has set up no host for packages."""
    return read_origin(settings.PACKAGES_ORIGIN, site=settings.SITE_BASE_URL)


def played_where(version: PackageVersion) -> Played:
    """Asks the database only for cmi5, and where there is no host for packages and uploaders are trusted."""
    if version.package.kind == PackageKind.H5P:
        return Played(Place.SANDBOX)
    if version.package.kind == PackageKind.CMI5 and not version.files.exists():
        return Played(Place.ELSEWHERE)
    if packages_origin() is not None:
        return Played(Place.OWN_HOST)
    if not settings.PACKAGES_TRUST_UPLOADERS:
        return Played(
            Place.NOT_HERE,
            _(
                "This site has no host name of its own for packages of this kind, so that they are not played here. "
                "Please ask the people who run the site."
            ),
        )
    by = version.created_by
    if by is None or not can_install(by, timezone.localdate()):
        return Played(
            Place.NOT_HERE,
            _(
                "This site has no host name of its own for packages of this kind. It only plays those that a system "
                "administrator has brought."
            ),
        )
    return Played(
        Place.SAME_ORIGIN_TRUSTED,
        _(
            "This package runs on the same host name as the site and could do what you may do here. A system "
            "administrator has brought it and answers for it."
        ),
    )


def host_address(version: PackageVersion, name: str, **names: object) -> str:
    """The absolute address of ``hosting:…`` that belongs to a version: on its own host, else on the site's."""
    origin = packages_origin()
    if origin is None:
        return reverse(name, kwargs=names, urlconf=settings.ROOT_URLCONF)
    return origin.of(version.package.uuid) + reverse(name, kwargs=names, urlconf=URLS)


def file_address(version: PackageVersion, path: str) -> str:
    """Where a file of the version opens until tomorrow; ``path`` as the package spells it, without a query."""
    token = token_for(version.uuid, timezone.localdate())
    return host_address(version, "hosting:file", token=token, path=path)


def site_origin() -> str:
    """``scheme://host[:port]`` of the site, which alone may show packages in a frame."""
    scheme, rest = settings.SITE_BASE_URL.split("://", 1)
    return f"{scheme}://{rest.split('/', 1)[0]}"


def content_policy(kind: str = "") -> str:
    """What pages of packages may do: all that vendors' scripts do of old, with nothing but their own host.

    Those of a cmi5 course (``kind``) speak to the record store of the site, too.
    """
    store = reverse("learning:xapi_about", urlconf=settings.ROOT_URLCONF).removesuffix("about")
    speaks_to = f" {site_origin()}{store}" if kind == PackageKind.CMI5 else ""
    return "; ".join(
        [
            "default-src 'self' data: blob:",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            f"connect-src 'self' data: blob:{speaks_to}",
            "form-action 'self'",
            "base-uri 'self'",
            f"frame-ancestors 'self' {site_origin()}",
        ]
    )


def host_of(request: HttpRequest) -> str:
    """The name alone, since the port may be lost behind a proxy; "" for one that this install does not know."""
    try:
        return split_domain_port(request.get_host())[0]
    except DisallowedHost:
        return ""


def require_here(request: HttpRequest, version: PackageVersion) -> None:
    """Every view of ``hosting:…`` asks this. Raises Http404 when the version is played elsewhere, or nowhere."""
    origin = packages_origin()
    played = played_where(version)
    if origin is None:
        is_here = played.place == Place.SAME_ORIGIN_TRUSTED
    else:
        is_here = played.place == Place.OWN_HOST and origin.plays(host_of(request), version.package.uuid)
    if not is_here:
        raise Http404


def bare(response: HttpResponseBase) -> HttpResponseBase:
    """The answer as it leaves the host of packages: without a cookie, closed to other origins, telling nobody."""
    response.cookies.clear()
    for header in ("X-Frame-Options", "Access-Control-Allow-Origin"):
        del response[header]
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Origin-Agent-Cluster"] = "?1"
    response["Permissions-Policy"] = _DENIED
    response["X-Content-Type-Options"] = "nosniff"
    return response


class PackageHostMiddleware:
    """Turns requests for the host of packages away from the site before anything else sees them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = packages_origin()
        if origin is None or not origin.owns(host_of(request)):
            return self.get_response(request)
        for header in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            request.META.pop(header, None)
        request.urlconf = URLS
        # Such a script would stay in the browser and answer for pages of the host long after the package is gone.
        if request.headers.get("Service-Worker") or request.headers.get("Sec-Fetch-Dest") == "serviceworker":
            request.path_info = "/"
        try:
            return bare(self.get_response(request))
        finally:
            # Django would leave these addresses on the thread until its next request.
            set_urlconf(None)
