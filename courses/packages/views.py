"""Files of packages. Their frame has no cookies, so that each address is either public or opens by itself."""

import re

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.blobs.models import path_of
from courses.blobs.views import IMMUTABLE, file_response
from courses.packages.closures import closure_path
from courses.packages.enums import LibraryStatus, PackageKind
from courses.packages.h5p.names import is_safe
from courses.packages.models import LibraryFile, VersionFile
from courses.packages.tokens import version_behind

_CLOSURE = re.compile(r"[0-9a-f]{64}\.(js|css)")


@require_safe
def library_file(request: HttpRequest, tree: str, path: str) -> HttpResponseBase:
    """Code that anybody may read and nobody can change: the address holds the hash of the whole library."""
    # A name that no import takes is not asked for: PostgreSQL refuses a NUL by an error.
    if not is_safe(tree) or not is_safe(path):
        raise Http404
    row = (
        LibraryFile.objects.filter(library__tree_sha=tree, path=path)
        .exclude(library__status=LibraryStatus.BLOCKED)
        .values_list("blob_id", flat=True)
        .first()
    )
    if row is None:
        raise Http404
    return file_response(request, path_of(row), name=path, cache=IMMUTABLE)


@require_safe
def closure_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """All scripts or all styles that a package loads, as one file."""
    if not _CLOSURE.fullmatch(name):
        raise Http404
    return file_response(request, closure_path(name), name=name, cache=IMMUTABLE)


@require_safe
def content_file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """Pictures, sounds and films of a version, for whom a launch has given the address."""
    version = version_behind(token, timezone.localdate())
    if version is None or not is_safe(path):
        raise Http404
    # Scripts of SCORM and cmi5 packages must not come from the site's own host.
    rows = VersionFile.objects.filter(
        version__uuid=version, version__package__kind=PackageKind.H5P, path=path
    )
    found = rows.values_list("blob_id", flat=True).first()
    if found is None:
        raise Http404
    return file_response(request, path_of(found), name=path, cache="private, max-age=86400")
