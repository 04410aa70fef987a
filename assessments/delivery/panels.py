"""In the editor of a quiz page: which versions of its questions learners get, and which wait for publishing."""

from typing import Any

from wagtail.admin.panels import Panel

from assessments.delivery.forms import KEPT, SEEN
from assessments.delivery.versions import version_lines


class QuestionVersionsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/admin/question_versions.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            keeps = self._is_revert()
            lines = version_lines(self.instance, keeps=keeps)
            return context | {
                "lines": lines,
                "page_id": self.instance.pk,
                "waiting": sum(line.waits for line in lines),
                "keeps": keeps,
                "field": KEPT if keeps else SEEN,
                "pairs": ",".join(line.pair for line in lines if line.coming),
            }

        def _is_revert(self) -> bool:
            match = self.request.resolver_match if self.request else None
            return match is not None and match.url_name == "revisions_revert"
