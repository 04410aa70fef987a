"""What changed from version to version, going back to earlier texts, and the uploaded file again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from courses.blobs.models import path_of
from courses.package_desk.doors import ForAuthors, person, version_or_404
from courses.package_desk.rules import Piece, pieces
from courses.packages.editing import TextsMoved, save_texts
from courses.packages.models import PackageVersion
from courses.packages.permissions import changeable_by
from courses.packages.texts import NoTexts, TextChange, Texts, changes_between, same_build, texts_of

MOST_SHOWN = 300


@dataclass(frozen=True)
class ShownChange:
    """``kind``: changed, new or gone. ``pieces`` are the text with its marks."""

    label: str
    kind: str
    pieces: list[Piece]


def _shown(change: TextChange) -> ShownChange:
    kind = "new" if change.before is None else "gone" if change.after is None else "changed"
    return ShownChange(change.field.label, kind, pieces(change.before or "", change.after or ""))


class _OfVersion(ForAuthors):
    request: HttpRequest
    kwargs: dict[str, Any]
    to_change = False

    @cached_property
    def version(self) -> PackageVersion:
        return version_or_404(self.request, self.kwargs["uuid"], to_change=self.to_change)

    def read(self, version: PackageVersion) -> Texts:
        try:
            return texts_of(version, get_language() or "ja")
        except NoTexts:
            raise Http404 from None

    def above(self) -> list[dict[str, Any]]:
        package = self.version.package
        url = reverse("package_desk:package", args=[package.uuid])
        return [*super().above(), {"url": url, "label": package.title}]

    def compared(self, old: PackageVersion, new: PackageVersion) -> dict[str, Any]:
        changes = changes_between(self.read(old), self.read(new))
        return {
            "changes": [_shown(change) for change in changes[:MOST_SHOWN]],
            "count": len(changes),
            "more": max(0, len(changes) - MOST_SHOWN),
        }


class Changes(_OfVersion, TemplateView):
    """Which texts a version changed, against the one before it."""

    template_name = "courses/package_desk/changes.html"
    page_title = gettext_lazy("What changed in the texts")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        earlier = version.package.versions.filter(number__lt=version.number).select_related("package")
        before = earlier.order_by("-number").first() or version.based_on
        found = self.compared(before, version) if before else {"changes": [], "count": 0, "more": 0}
        user, today = person(self.request), timezone.localdate()
        return (
            super().get_context_data(**kwargs)
            | found
            | {
                "version": version,
                "before": before,
                "is_current": version.package.current_id == version.pk,
                "may_change": changeable_by(user, today).filter(pk=version.package_id).exists(),
            }
        )


class Restore(_OfVersion, TemplateView):
    """The texts of an earlier version again, as a new version; shown before it is done."""

    template_name = "courses/package_desk/restore.html"
    page_title = gettext_lazy("Go back to earlier texts")
    to_change = True

    @property
    def current(self) -> PackageVersion:
        current = self.version.package.current
        if current is None or current.pk == self.version.pk:
            raise Http404
        return current

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, current = self.version, self.current
        fits = same_build(version, self.read(version), current, self.read(current))
        found = self.compared(current, version) if fits else {}
        return (
            super().get_context_data(**kwargs)
            | found
            | {
                "version": version,
                "current": current,
                "fits": fits,
            }
        )

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        version, current = self.version, self.current
        old, now = self.read(version), self.read(current)
        found = changes_between(now, old)
        back = {change.field.path: change.after for change in found if change.after is not None}
        made = None
        try:
            if found and not (self._was_seen(current) and same_build(version, old, current, now)):
                raise TextsMoved(current)
            made = save_texts(base=current, texts=back, by=person(request), at=timezone.now())
        except TextsMoved:
            messages.error(
                request, _("Another version was saved meanwhile. Nothing was changed; look once more.")
            )
            return redirect("package_desk:restore", uuid=uuid)
        if made is None:
            messages.info(request, _("The texts are the same already. Nothing was changed."))
        else:
            text = _("The texts of version %(old)s are back, as version %(new)s.")
            messages.success(request, text % {"old": version.number, "new": made.number})
        return redirect("package_desk:package", uuid=version.package.uuid)

    def _was_seen(self, current: PackageVersion) -> bool:
        """Whether the person has looked at what would change against the version that is played now."""
        return self.request.POST.get("base") == str(current.uuid)


class SourceFile(ForAuthors, View):
    """The file as it was uploaded, for authors who may use the package."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponseBase:
        version = version_or_404(request, uuid)
        if version.source_id is None:
            raise Http404
        try:
            file = path_of(version.source_id).open("rb")
        except OSError:
            raise Http404 from None
        name = version.filename or f"{version.package.uuid}.h5p"
        response = FileResponse(
            file, as_attachment=True, filename=name, content_type="application/octet-stream"
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
