"""The page before the download, and the download, for whoever may edit the quiz."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from assessments.delivery.pages import QuizPage
from assessments.exports.queries import QuizExport, export_of, file_of, libraries_for
from assessments.exports.rules import LEFT_OUT
from assessments.exports.words import LOSSES
from courses.packages import h5p


class ExportQuiz(WagtailAdminTemplateMixin, TemplateView):
    """GET says what the file will hold and what not; POST gives the file."""

    template_name = "assessments/admin/export.html"
    page_title = gettext_lazy("Save the quiz as an H5P file")
    header_icon = "download"

    @cached_property
    def page(self) -> QuizPage:
        """Pages that somebody may not even see in the editor are not there; those of others are refused."""
        page: QuizPage = get_object_or_404(QuizPage, pk=self.kwargs["pk"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    @cached_property
    def export(self) -> QuizExport:
        return export_of(self.page)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.page.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export = self.export
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "export": export,
            "lines": [
                (part.number, part.question is None, [LOSSES[loss] for loss in sorted(part.losses)])
                for part in export.parts
                if part.losses
            ],
            "left_out": sum(bool(part.losses & LEFT_OUT) for part in export.parts),
            "has_libraries": export.count > 0 and libraries_for(export) is not None,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        language = self.page.locale.language_code
        with_libraries = request.POST.get("libraries") == "1"
        try:
            data = file_of(self.export, language=language, with_libraries=with_libraries)
        except h5p.NotExportable:
            return self._refused(
                _("There is no question in this quiz that an H5P file can hold. No file was made.")
            )
        except OSError:
            return self._refused(
                _(
                    "A file of a library could not be read. No file was made; take the file with the content only."
                )
            )
        response = HttpResponse(data, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{self.page.slug[:60]}.h5p"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response

    def _refused(self, message: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(refused=message), status=422)
