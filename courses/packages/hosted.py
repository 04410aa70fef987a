"""Files of SCORM and cmi5 packages, as the host of packages gives them out."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.blobs.models import path_of
from courses.blobs.views import stored_response
from courses.packages.h5p.names import extension, is_safe
from courses.packages.hosting import content_policy, require_here, site_origin
from courses.packages.models import PackageVersion, VersionFile
from courses.packages.tokens import version_behind
from courses.packages.web.kinds import is_shown, served_as


@require_safe
def file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """One file of a version; the address is the key, because there are no cookies here."""
    uuid = version_behind(token, timezone.localdate())
    # A name that no import takes is not asked for: PostgreSQL refuses a NUL by an error.
    if uuid is None or not is_safe(path):
        raise Http404
    version = (
        PackageVersion.objects.select_related("package", "created_by")
        .defer("params", "warnings", "external_urls")
        .filter(uuid=uuid)
        .first()
    )
    if version is None:
        raise Http404
    require_here(request, version)
    blob = _blob(version, path)
    charset = version.meta.get("charsets", {}).get(path, "utf-8")
    headers = {
        "Content-Type": served_as(extension(path), charset),
        "Cache-Control": "private, max-age=86400",
        "Content-Security-Policy": content_policy(version.package.kind),
    }
    if not is_shown(extension(path)):
        headers["Content-Disposition"] = "attachment"
    return stored_response(request, path_of(blob), headers=headers)


def _blob(version: PackageVersion, path: str) -> str:
    """As authors on Windows write names, too: no two of a package differ by their case alone. Raises Http404."""
    files = VersionFile.objects.filter(version=version).values_list("blob_id", flat=True)
    found = files.filter(path=path).first() or files.filter(path__iexact=path).first()
    if found is None:
        raise Http404
    return str(found)


def nothing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the host of packages says where there is nothing: no page of the site, whose menus would lead nowhere."""
    return _plain("Not found", 404)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("Bad request", 400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("Not allowed", 403)


def broken(request: HttpRequest) -> HttpResponse:
    return _plain("Error", 500)


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors 'self' {site_origin()}"
    return response
