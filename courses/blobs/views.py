"""Sending a stored file: ranges, conditional requests and headers that keep it from doing anything by itself."""

import mimetypes
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.responders import MissingFileError, StaticFile

# Whatever somebody uploaded: shown or played inside a package, it runs nothing and fetches nothing of its own.
SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
IMMUTABLE = "public, max-age=31536000, immutable"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webvtt": "text/vtt; charset=utf-8",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_SHOWN = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "text/vtt",
    "application/json",
)


def file_response(
    request: HttpRequest, stored: Path, *, name: str, cache: str, headers: Mapping[str, str] | None = None
) -> HttpResponseBase:
    """The file under the kind that the ending of ``name`` says; kinds that a package does not show are downloads.

    Any origin may read it (the frame of a package has none), which is why its address must be public or a
    capability. Raises Http404 when the file is not there.
    """
    kind = (
        _KINDS.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    )
    sent = {
        "Content-Type": kind,
        "Cache-Control": cache,
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": SEALED,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
        **(headers or {}),
    }
    if not kind.startswith(_SHOWN):
        sent["Content-Disposition"] = "attachment"
    answer = stored_response(request, stored, headers=sent)
    if answer.status_code == HTTPStatus.NOT_MODIFIED:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def stored_response(request: HttpRequest, stored: Path, *, headers: Mapping[str, str]) -> HttpResponseBase:
    """The file, or the part of it that is asked for, with just these headers and its hash as ETag.

    Raises Http404 when the file is not there.
    """
    try:
        file = StaticFile(str(stored), list({"ETag": f'"{stored.name}"', **headers}.items()))
    except MissingFileError as error:
        raise Http404 from error
    found = file.get_response(request.method, request.META)
    status = int(found.status)
    answer: HttpResponseBase = (
        HttpResponse(status=status) if found.file is None else FileResponse(found.file, status=status)
    )
    del answer["Content-Type"]
    for name, value in found.headers:
        answer[name] = value
    # A browser puts these headers over those that it has: without this, the site's policy over the file's own.
    if "Content-Security-Policy" in headers:
        answer["Content-Security-Policy"] = headers["Content-Security-Policy"]
    return answer
