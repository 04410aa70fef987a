"""A package as a learner meets it, without leaving a record."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from courses.package_desk.doors import ForAuthors, version_or_404
from courses.package_desk.hosted import SCORM, hosted
from courses.packages.closures import is_blocked
from courses.packages.enums import PackageKind
from courses.packages.hosting import host_address, played_where
from courses.packages.models import PackageVersion
from courses.packages.player import package_page
from courses.packages.tokens import preview_token


@method_decorator(never_cache, name="dispatch")
class Preview(ForAuthors, TemplateView):
    template_name = "courses/package_desk/preview.html"

    @cached_property
    def version(self) -> PackageVersion:
        return version_or_404(self.request, self.kwargs["uuid"])

    def get_page_title(self) -> str:
        return _("As learners see it")

    def above(self) -> list[dict[str, Any]]:
        package = self.version.package
        url = reverse("package_desk:package", args=[package.uuid])
        return [*super().above(), {"url": url, "label": package.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        return super().get_context_data(**kwargs) | {
            "version": version,
            "package": version.package,
            "is_blocked": is_blocked(version),
            "hosted": hosted(version),
            "is_cmi5": version.package.kind == PackageKind.CMI5,
        }


class Launch(ForAuthors, View):
    """What the host script asks for; without an address for events, so that nothing is sent."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        version = version_or_404(request, uuid)
        if is_blocked(version):
            return JsonResponse({"message": _("A library of this package is blocked.")}, status=409)
        if version.package.kind in SCORM:
            return _look(version)
        play = reverse("package_desk:play", args=[version.uuid])
        return JsonResponse({"play_url": play, "events_url": "", "notice": _("Nothing is saved here.")})


def _look(version: PackageVersion) -> JsonResponse:
    played = played_where(version)
    if not played.is_playable:
        return JsonResponse({"message": played.reason}, status=409)
    play = host_address(version, "hosting:scorm_look", token=preview_token(version.uuid))
    return JsonResponse(
        {"kind": "scorm", "play_url": play, "events_url": "", "notice": _("Nothing is saved here.")}
    )


@method_decorator(never_cache, name="dispatch")
class Play(ForAuthors, View):
    """The page in the sandbox, with an activity that is nobody's."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        version = version_or_404(request, uuid)
        if is_blocked(version) or version.package.kind != PackageKind.H5P:
            raise Http404
        return package_page(request, version, iri=f"urn:uuid:{uuid4()}", state={})
