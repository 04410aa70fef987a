"""The page that plays a version, alone in a sandbox without an origin. It keeps nothing by itself."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from courses.packages import h5p
from courses.packages.closures import Closure, closure_of
from courses.packages.models import PackageVersion
from courses.packages.strings import core_strings
from courses.packages.tokens import token_for

SAVE_SECONDS = 10
SHOWN_AS = "package"  # the core's name for the one content of the page


def package_page(
    request: HttpRequest, version: PackageVersion, *, iri: str, state: h5p.integration.State
) -> HttpResponse:
    """For a learner's launch, and for an author's look, whose ``iri`` and ``state`` belong to nobody."""
    closure = closure_of(version)
    context = {
        "title": version.package.title,
        "integration": h5p.script_json(_integration(request, version, closure, iri, state)),
        "scripts": [reverse("courses:closure_file", args=[closure.scripts])],
        "styles": [reverse("courses:closure_file", args=[closure.styles])],
    }
    response = render(request, "courses/package_play.html", context)
    response["Content-Security-Policy"] = policy(request)
    return response


def _integration(
    request: HttpRequest, version: PackageVersion, closure: Closure, iri: str, state: h5p.integration.State
) -> dict[str, Any]:
    libraries = closure.libraries
    main = next(one for one in libraries if str(one.name) == version.main_library)
    trees = {one.core.name: one.row.tree_sha for one in closure.pinned}
    content = h5p.PlayedContent(
        id=SHOWN_AS,
        iri=iri,
        main=main,
        libraries=libraries,
        params=version.params,
        title=version.package.title,
        content_url=_base(request, "courses:content_file", token_for(version.uuid, timezone.localdate())),
        license=str(version.meta.get("license", "U")),
        language=version.language or "ja",
        state=state,
    )
    player = h5p.Player(
        libraries_url=_base(request, "courses:library_file", "").rstrip("/"),
        library_directory=lambda library: trees[library.name],
        core_scripts=[static("vendor/h5p/frame.bundle.js")],
        core_styles=[static("vendor/h5p/styles/h5p.css")],
        strings=core_strings(),
        save_seconds=SAVE_SECONDS,
    )
    return h5p.build_integration(content, player)


def _base(request: HttpRequest, name: str, key: str) -> str:
    """The absolute address that files are below; the frame has no origin that a relative one could lean on."""
    path = reverse(name, args=[key or "-", "x"]).removesuffix("/x")
    return request.build_absolute_uri(path if key else path.removesuffix("-"))


def policy(request: HttpRequest) -> str:
    """What the frame may do. «self» means nothing without an origin, so that ours is written out."""
    here = "{0.scheme}://{0.netloc}".format(urlsplit(request.build_absolute_uri("/")))
    files = request.build_absolute_uri(reverse("courses:closure_file", args=["x"])).removesuffix("closures/x")
    return "; ".join(
        [
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src {here}",
            f"style-src {here} 'unsafe-inline'",
            f"img-src {here} data: blob:",
            f"font-src {here} data:",
            f"media-src {here} blob: data:",
            f"connect-src {files}",
            "form-action 'none'",
            f"base-uri {here}",
            f"frame-ancestors {here}",
        ]
    )
