"""The form behind the editor of a quiz page: which versions of the questions a saved revision holds."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm

from assessments.delivery.versions import genuine, hold, newest_versions
from assessments.items.models import Item

# What the panel puts into the form: the newest versions as the author saw them, or those of an older revision
# that is to come back. Both as "item:version,item:version".
SEEN, KEPT = "versions_seen", "versions_kept"
_PAIR = re.compile(r"([0-9]{1,18}):([0-9]{1,18})")
_LEAVES = ("action-publish", "action-submit", "action-restart-workflow")


class QuizPageForm(WagtailAdminPageForm):
    """A draft takes the newest questions. What goes out of the author's hands is what the author saw."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if any(self.data.get(action) for action in _LEAVES):
            seen = _pairs(self.data.get(SEEN))
            newest = newest_versions(seen)
            changed = [item for item, version in seen.items() if newest.get(item, version) != version]
            if changed:
                self.add_error(None, _changed_text(changed))
        return data

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit=commit)
        hold(page, genuine(_pairs(self.data.get(KEPT))))
        return page


def _pairs(text: str | None) -> dict[int, int]:
    return {int(item): int(version) for item, version in _PAIR.findall(text or "")}


def _changed_text(items: list[int]) -> str:
    codes = Item.objects.filter(pk__in=items).order_by("code").values_list("code", flat=True)
    return _(
        "Somebody edited these questions after you opened this page: %(codes)s. Nothing was published, and everything "
        "that you entered is still here. Look at the new versions below, then publish once more."
    ) % {"codes": "、".join(codes)}
