"""The editor's form of a lesson."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.lessons.chosen import package_problem


class LessonPageForm(WagtailAdminPageForm):
    """Packages in blocks must be the author's to use, and playable when the lesson is published.

    A draft with a package that was removed or stopped since can still be saved: nothing written is lost.
    """

    is_draft = False

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.is_draft = True

    def clean_body(self) -> Any:
        body = self.cleaned_data["body"]
        before = {package.pk for _index, package in _packages(self.instance.body)}
        errors = {}
        for index, package in _packages(body):
            is_new = package.pk not in before
            if self.is_draft and not is_new:
                continue
            if problem := package_problem(package, self.for_user, is_new=is_new):
                errors[index] = StructBlockValidationError({"package": ValidationError(problem)})
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return body


def _packages(body: Any) -> list[tuple[int, Any]]:
    """Place in the body and chosen package of each block that plays one."""
    blocks = enumerate(body or ())
    return [
        (index, block.value["package"])
        for index, block in blocks
        if block.block_type == "package" and block.value["package"] is not None
    ]
