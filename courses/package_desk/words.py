"""Labels of what stands in rows of packages, libraries and imports."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.library_requests.enums import RequestState
from courses.packages.enums import CompletionRule, GradeMethod, LibraryStatus, PackageKind
from courses.packages.installing import Change

KINDS: dict[str, str] = {
    PackageKind.H5P: "H5P",
    PackageKind.SCORM_12: "SCORM 1.2",
    PackageKind.SCORM_2004: "SCORM 2004",
    PackageKind.CMI5: "cmi5",
}
COMPLETION_RULES: dict[str, Promise] = {
    CompletionRule.AUTO: _("As its content type does it"),
    CompletionRule.END: _("When it has been gone through to its end"),
    CompletionRule.VIEWED: _("When it has been looked at"),
    CompletionRule.PASSED: _("When it has been passed"),
}
GRADE_METHODS: dict[str, Promise] = {
    GradeMethod.BEST: _("The best attempt"),
    GradeMethod.LAST: _("The last attempt"),
    GradeMethod.FIRST: _("The first attempt"),
    GradeMethod.AVERAGE: _("The average of all attempts"),
}
LIBRARY_STATUS: dict[str, Promise] = {
    LibraryStatus.ACTIVE: pgettext_lazy("library", "In use"),
    LibraryStatus.SUPERSEDED: pgettext_lazy("library", "Kept for older versions"),
    LibraryStatus.BLOCKED: pgettext_lazy("library", "Blocked"),
}
CHANGES: dict[str, Promise] = {
    Change.NEW: pgettext_lazy("library", "New"),
    Change.PATCH: pgettext_lazy("library", "Newer than here"),
    Change.OLDER: pgettext_lazy("library", "Older than here; left out"),
    Change.SAME: pgettext_lazy("library", "Here already"),
    Change.CONFLICT: pgettext_lazy("library", "Same version, other content; refused"),
    Change.BLOCKED: pgettext_lazy("library", "Blocked here; refused"),
}
REFUSED = frozenset({Change.CONFLICT, Change.BLOCKED})
INSTALLED = frozenset({Change.NEW, Change.PATCH})
# Languages that a content can be put into, by their own names.
LANGUAGES: dict[str, str] = {
    "ja": "日本語",
    "en": "English",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
    "ko": "한국어",
    "vi": "Tiếng Việt",
    "tl": "Filipino",
    "pt-br": "Português (Brasil)",
    "es": "Español",
    "ne": "नेपाली",
    "id": "Bahasa Indonesia",
    "my": "မြန်မာဘာသာ",
    "th": "ไทย",
    "uk": "Українська",
}
REQUEST_STATES: dict[str, Promise] = {
    RequestState.OPEN: pgettext_lazy("request", "Waits for an answer"),
    RequestState.INSTALLED: pgettext_lazy("request", "Installed"),
    RequestState.DECLINED: pgettext_lazy("request", "Not installed"),
}
