"""Files of packages. Their frame has no cookies, so that each address is either public or opens by itself."""

import re

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.blobs.models import path_of
from courses.blobs.views import IMMUTABLE, file_response
from courses.packages.closures import closure_path
from courses.packages.enums import LibraryStatus
from courses.packages.models import LibraryFile, VersionFile
from courses.packages.tokens import version_behind

_CLOSURE = re.compile(r"[0-9a-f]{64}\.(js|css)")


@require_safe
def library_file(request: HttpRequest, tree: str, path: str) -> HttpResponseBase:
    """Code that anybody may read and nobody can change: the address holds the hash of the whole library."""
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
    if version is None:
        raise Http404
    row = VersionFile.objects.filter(version__uuid=version, path=path).values_list("blob_id", flat=True)
    found = row.first()
    if found is None:
        raise Http404
    return file_response(request, path_of(found), name=path, cache="private, max-age=86400")
